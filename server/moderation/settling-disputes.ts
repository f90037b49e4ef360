import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { disputes } from '~/db/schema'
import { Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import type { PersonViewer } from '~/server/viewer'
import type { Act } from './types'

/** Who once worked for the vendor, competes with it or has themselves a verdict on it leaves its disputes to others. */
export async function refuseTied(tx: Tx, viewer: PersonViewer, recommendationId: string, vendorId: string | null): Promise<void> {
  const [tied] = await tx.execute<{ tied: boolean }>(sql`
    select conflict_with(${viewer.personId}::uuid, ${vendorId}::uuid) is not null or exists (select 1 from recommendations r
      where r.vendor_id = ${vendorId}::uuid and r.handle_id = ${viewer.handleId}::uuid and r.withdrawn_at is null) as tied
    from disputes s where s.recommendation_id = ${recommendationId}::uuid and s.outcome is null`)
  if (tied?.tied) throw new Forbidden('dispute.tied')
}

/** Hidden, the dispute is upheld; left as it is, declined. */
export async function settleDispute(tx: Tx, viewer: PersonViewer, recommendationId: string, act: Act, decisionId: string): Promise<void> {
  if (act !== 'hide' && act !== 'keep') return
  const outcome = act === 'hide' ? 'upheld' : 'declined'
  const [ended] = await tx
    .update(disputes)
    .set({ outcome, decisionId, endedAt: now() })
    .where(and(eq(disputes.recommendationId, recommendationId), isNull(disputes.outcome)))
    .returning({ disputeId: disputes.id, vendorId: disputes.vendorId })
  if (!ended) return
  const [of] = await tx.execute<{ productId: string }>(
    sql`select product_id as "productId" from recommendations where id = ${recommendationId}::uuid`,
  )
  await record(tx, viewer, 'dispute.ended', {
    ...ended,
    recommendationId,
    productId: of?.productId ?? '',
    outcomeKind: outcome,
    decisionId,
  })
}
