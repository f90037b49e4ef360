import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { corrections, relationships, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { LIVE } from './granted'

/** A vendor that copied something has so long to put its copies right. */
const DAYS_TO_CORRECT = 14
const DAY_MS = 86_400_000
const MOST_SHOWN = 100

type Kind = 'changed' | 'removed'

/** Tells each vendor that may read the field now that it says something else, or nothing. What stands already gets a new day, and is not told twice. */
export async function tellCorrected(tx: Tx, viewer: PersonViewer, key: string, kind: Kind): Promise<void> {
  const readers = await tx.execute<{ vendor_id: string; handle_id: string }>(sql`
    select distinct on (g.vendor_id) g.vendor_id, g.handle_id from grants g join grant_attributes a on a.grant_id = g.id and a.key = ${key}
    where g.person_id = ${viewer.personId}::uuid and ${LIVE} order by g.vendor_id, g.created_at desc`)
  for (const { vendor_id: vendorId, handle_id: handleId } of readers) {
    const dueAt = new Date(now().getTime() + DAYS_TO_CORRECT * DAY_MS)
    const told = await tx
      .insert(corrections)
      .values({ id: newId(), personId: viewer.personId, handleId, vendorId, key, kind, createdAt: now(), dueAt })
      .onConflictDoUpdate({
        target: [corrections.vendorId, corrections.personId, corrections.key],
        targetWhere: isNull(corrections.doneAt),
        set: { kind, createdAt: now(), dueAt },
      })
      .returning({ id: corrections.id, first: sql<boolean>`xmax = 0` })
    if (told[0]?.first)
      await record(tx, viewer, 'field.corrected', { correctionId: told[0].id, personId: viewer.personId, handleId, vendorId })
  }
}

export type CorrectionShown = {
  id: string
  key: string
  kind: Kind
  at: Date
  dueAt: Date
  doneAt: Date | null
  late: boolean
}

const columns = {
  id: corrections.id,
  key: corrections.key,
  kind: corrections.kind,
  at: corrections.createdAt,
  dueAt: corrections.dueAt,
  doneAt: corrections.doneAt,
}
const withLate = <Row extends { dueAt: Date; doneAt: Date | null }>(row: Row) => ({
  ...row,
  late: row.doneAt === null && row.dueAt < now(),
})

/** What one vendor was told to put right, and whether it did: for the person. */
export async function correctionsTold(viewer: PersonViewer, vendorSlug: string): Promise<CorrectionShown[]> {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const rows = await transaction(viewer, (tx) =>
    tx
      .select(columns)
      .from(corrections)
      .innerJoin(vendors, eq(vendors.id, corrections.vendorId))
      .where(and(eq(corrections.personId, viewer.personId), eq(vendors.slug, vendorSlug)))
      .orderBy(desc(corrections.createdAt))
      .limit(MOST_SHOWN),
  )
  return rows.map(withLate)
}

/** What a vendor has still to put right in its copies, what is due first in front. */
export async function correctionsOwed(
  viewer: PersonViewer,
  vendorSlug: string,
): Promise<(CorrectionShown & { member: HandleInfo | null; relationshipId: string | null })[]> {
  const [vendor] = await db.select({ vendorId: vendors.id }).from(vendors).where(eq(vendors.slug, vendorSlug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'deletion.see', vendor)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ ...columns, handleId: corrections.handleId, relationshipId: relationships.id })
      .from(corrections)
      .leftJoin(relationships, and(eq(relationships.vendorId, corrections.vendorId), eq(relationships.handleId, corrections.handleId)))
      .where(and(eq(corrections.vendorId, vendor.vendorId), isNull(corrections.doneAt)))
      .orderBy(asc(corrections.dueAt), asc(corrections.id))
      .limit(MOST_SHOWN),
  )
  const names = await handlesShown(
    rows.map(({ handleId }) => handleId),
    { vendorId: vendor.vendorId },
  )
  return rows.map(({ handleId, ...row }) => ({ ...withLate(row), member: names.get(handleId) ?? null }))
}

/** Staff say that the vendor's copies are put right. Returns the vendor's slug. */
export async function recordCorrected(viewer: PersonViewer, correctionId: string): Promise<string> {
  if (!isId(correctionId)) throw new NotFound()
  return transaction(viewer, async (tx) => {
    const [it] = await tx
      .select({ vendorId: corrections.vendorId, personId: corrections.personId, handleId: corrections.handleId, slug: vendors.slug })
      .from(corrections)
      .innerJoin(vendors, eq(vendors.id, corrections.vendorId))
      .where(eq(corrections.id, correctionId))
    if (!it) throw new NotFound()
    mustBeFound(viewer, 'deletion.record', it)
    const done = await tx
      .update(corrections)
      .set({ doneAt: now(), doneBy: viewer.personId })
      .where(and(eq(corrections.id, correctionId), isNull(corrections.doneAt)))
      .returning({ id: corrections.id })
    const { slug, ...ids } = it
    if (done.length > 0) await record(tx, viewer, 'correction.recorded', { correctionId, ...ids })
    return slug
  })
}
