import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { disputes } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { recommendationFacts } from '~/server/recommendations'
import { sayPlaceOfWork } from '~/server/vault'
import type { PersonViewer, Viewer } from '~/server/viewer'
import type { Act } from './types'

/** Who once worked for the vendor, competes with it or has themselves a verdict on it leaves its disputes to others. */
export async function refuseTied(tx: Tx, viewer: Viewer, recommendationId: string, vendorId: string | null): Promise<void> {
  await sayPlaceOfWork(tx, viewer)
  const [open] = await tx.execute<{ tied: boolean }>(
    sql`select viewer_is_tied_to(${vendorId}::uuid) as tied from disputes s where s.recommendation_id = ${recommendationId}::uuid and s.outcome is null`,
  )
  if (open?.tied) throw new Forbidden('dispute.tied')
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
  const found = await recommendationFacts(tx, recommendationId)
  if (!found) throw new NotFound()
  await record(tx, viewer, 'dispute.ended', {
    ...ended,
    recommendationId,
    productId: found.productId,
    outcomeKind: outcome,
    decisionId,
  })
}
