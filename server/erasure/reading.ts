import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { decodeJwt } from 'jose'
import { transaction } from '~/db/client'
import { erasureNotices, erasures, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { vendorBySlug } from '~/server/vendors'
import type { PersonViewer } from '~/server/viewer'
import { waiting } from './asking'
import { hashOf, job } from './carrying-out'
import type { Statement } from './stating'

/** /me/erasure: what waits, if anything; and how much there is of what somebody has to decide about. */
export async function erasurePage(viewer: PersonViewer) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  return transaction(viewer, async (tx) => {
    const [[asked], [counted]] = await Promise.all([
      tx
        .select({ posts: erasures.posts, shownAs: erasures.shownAs, createdAt: erasures.createdAt, dueAt: erasures.dueAt })
        .from(erasures)
        .where(and(eq(erasures.personId, viewer.personId), waiting)),
      tx.execute<{ posts: number; fields: number; vendors: number }>(sql`
        select (select count(*)::int from posts where handle_id = ${viewer.handleId}::uuid) as posts,
          (select count(*)::int from vault_attributes where person_id = ${viewer.personId}::uuid) as fields,
          (select count(distinct vendor_id)::int from grants where person_id = ${viewer.personId}::uuid) as vendors`),
    ])
    const serves = [...new Set(viewer.staffOf.map((seat) => seat.vendorName))]
    return {
      asked: asked ?? null,
      posts: counted?.posts ?? 0,
      fields: counted?.fields ?? 0,
      vendors: counted?.vendors ?? 0,
      serves,
      handle: viewer.handle,
    }
  })
}

/** The statement of what remains, for whoever holds the link: nobody is signed in here any more. NotFound for every other link. */
export async function statementBy(token: string): Promise<{ signed: string; says: Statement }> {
  const [found] = await transaction(job, (tx) =>
    tx
      .select({ signed: erasures.statement })
      .from(erasures)
      .where(eq(erasures.tokenHash, hashOf(token.slice(0, 100)))),
  )
  if (!found?.signed) throw new NotFound()
  return { signed: found.signed, says: decodeJwt(found.signed) as unknown as Statement }
}

/** /vendors/:slug/erasures: of whom the vendor has to delete its copies, what is due first. */
export async function noticesPage(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorBySlug(viewer, vendorSlug)
  authorize(viewer, 'erasure.acknowledge', { vendorId: vendor.vendorId })
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({
        id: erasureNotices.id,
        relationshipId: erasureNotices.relationshipId,
        createdAt: erasureNotices.createdAt,
        dueAt: erasureNotices.dueAt,
        acknowledgedAt: erasureNotices.acknowledgedAt,
      })
      .from(erasureNotices)
      .where(eq(erasureNotices.vendorId, vendor.vendorId))
      .orderBy(sql`${erasureNotices.acknowledgedAt} is not null`, asc(erasureNotices.dueAt))
      .limit(100),
  )
  return {
    vendor: { slug: vendor.slug, name: vendor.name },
    notices: rows.map((row) => ({ ...row, late: row.acknowledgedAt === null && row.dueAt < now() })),
  }
}

/** For operators: which vendors have not said in time that their copies are gone. */
export async function lateNotices(viewer: PersonViewer) {
  authorize(viewer, 'operate.view', null)
  return transaction(viewer, (tx) =>
    tx
      .select({ id: erasureNotices.id, dueAt: erasureNotices.dueAt, vendor: { slug: vendors.slug, name: vendors.name } })
      .from(erasureNotices)
      .innerJoin(vendors, eq(vendors.id, erasureNotices.vendorId))
      .where(and(isNull(erasureNotices.acknowledgedAt), sql`${erasureNotices.dueAt} < ${now().toISOString()}::timestamptz`))
      .orderBy(desc(erasureNotices.dueAt))
      .limit(100),
  )
}
