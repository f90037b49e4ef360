import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { recommendations } from '~/db/schema'
import { Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { sayPlaceOfWork } from '~/server/vault'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import type { Conflict } from './types'

/** What the policy knows by itself: who serves a vendor, or ever served this one. */
export function mayRecommend(viewer: Viewer, vendor: { vendorId: string }): void {
  const served = viewer.kind === 'person' && viewer.everStaffOf.includes(vendor.vendorId)
  authorize(viewer, 'recommendation.write', vendor, served ? 'recommendation.ownVendor' : 'recommendation.tie.competitor')
}

/** Who has a tie writes nothing, and is told which tie it is. The database refuses the same (`recommendations_are_computed`). */
export async function refuseTies(tx: Tx, author: PersonViewer, vendorId: string): Promise<void> {
  await sayPlaceOfWork(tx, author)
  const [found] = await tx.execute<{ tie: Conflict | null }>(sql`select conflict_with(${author.personId}::uuid, ${vendorId}::uuid) as tie`)
  if (found?.tie) throw new Forbidden(`recommendation.tie.${found.tie}`)
}

const AT_ONCE = 500
const job = systemViewer('find-conflicts')

/** By night: ties that became known since, and who has become a partner. What is found is marked and counts no more, and its author is told; what is gone is left marked. */
export async function findConflicts(): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await transaction(job, (tx) =>
      tx.execute<{ id: string; tie: Conflict | null; partner: boolean }>(sql`
        select r.id, conflict_with(h.person_id, r.vendor_id) as tie,
          not r.is_partner and confirmed_state_id(r.handle_id, r.vendor_id, 'partner') is not null as partner from (
          select id, handle_id, vendor_id, is_partner from recommendations where id > ${after}::uuid and withdrawn_at is null and conflict is null order by id limit ${AT_ONCE}) r
        join handles h on h.id = r.handle_id order by r.id`),
    )
    for (const { id, tie, partner } of page)
      if (tie) await mark(id, tie)
      else if (partner) await markPartner(id)
    if (page.length < AT_ONCE) return
    after = page.at(-1)?.id ?? after
  }
}

const marked = { recommendationId: recommendations.id, vendorId: recommendations.vendorId, productId: recommendations.productId }

async function mark(id: string, conflict: Conflict): Promise<void> {
  await transaction(job, async (tx) => {
    const [found] = await tx
      .update(recommendations)
      .set({ conflict, conflictFoundAt: now() })
      .where(and(eq(recommendations.id, id), isNull(recommendations.conflict), isNull(recommendations.withdrawnAt)))
      .returning(marked)
    if (found) await record(tx, job, 'recommendation.tie-found', { ...found, tieKind: conflict })
  })
}

async function markPartner(id: string): Promise<void> {
  await transaction(job, async (tx) => {
    const [found] = await tx
      .update(recommendations)
      .set({ isPartner: true })
      .where(and(eq(recommendations.id, id), eq(recommendations.isPartner, false), isNull(recommendations.withdrawnAt)))
      .returning(marked)
    if (found) await record(tx, job, 'recommendation.tie-found', { ...found, tieKind: 'partner' })
  })
}
