import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { decodeJwt } from 'jose'
import { transaction } from '~/db/client'
import { erasureNotices, erasures } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { vendorBySlug } from '~/server/vendors'
import type { PersonViewer } from '~/server/viewer'
import { waiting } from './asking'
import { hashOf, job } from './carrying-out'
import type { Statement } from './stating'

const MOST_SHOWN = 100

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

/** Of whom the vendor has still to delete its copies, what is due first in front. */
export async function erasuresOwed(viewer: PersonViewer, vendorSlug: string) {
  const { vendorId } = await vendorBySlug(viewer, vendorSlug)
  authorize(viewer, 'deletion.see', { vendorId })
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ id: erasureNotices.id, relationshipId: erasureNotices.relationshipId, dueAt: erasureNotices.dueAt })
      .from(erasureNotices)
      .where(and(eq(erasureNotices.vendorId, vendorId), isNull(erasureNotices.acknowledgedAt)))
      .orderBy(asc(erasureNotices.dueAt), asc(erasureNotices.id))
      .limit(MOST_SHOWN),
  )
  return rows.map((row) => ({ ...row, late: row.dueAt < now() }))
}
