import { and, eq, isNull } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { disputes, disputeWords } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { foundRecommendation, writer } from '~/server/recommendations'
import type { Viewer } from '~/server/viewer'
import { flagIn } from './flagging'
import type { DisputeInput, DisputeRule, ProofInput } from './input'
import { DISPUTE_WORKING_DAYS, workingDaysAfter } from './rules'
import type { FlagReason } from './types'

/** In the queue a dispute is a flag with a day by which it is decided. */
const AS_FLAG: Record<DisputeRule, FlagReason> = {
  ...{ disclosure: 'other', false: 'false', private: 'private', civil: 'abuse', advertising: 'spam', law: 'illegal' },
}

/** The vendor says which rule it breaks, and on what ground: once for each rule, and one at a time. Nothing is hidden by it, and it counts as before. */
export async function dispute(viewer: Viewer, recommendationId: string, { rule, body }: DisputeInput) {
  const staff = writer(viewer)
  await countAgainst('dispute', staff.personId)
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, recommendationId)
    authorize(viewer, 'recommendation.dispute', found, found.hidden ? 'recommendation.hidden' : 'dispute.staffOnly')
    const { vendorId, productId, handleId } = found
    const disputeId = newId()
    const written = await tx
      .insert(disputes)
      .values({
        ...{ id: disputeId, recommendationId, vendorId, handleId: staff.handleId, rule },
        ...{ dueAt: workingDaysAfter(now(), DISPUTE_WORKING_DAYS), createdAt: now() },
      })
      .onConflictDoNothing()
      .returning({ id: disputes.id })
    if (written.length === 0)
      throw (await openDispute(tx, recommendationId)) ? new Conflict('dispute.already') : new Invalid({ rule: 'dispute.once' })
    await tx.insert(disputeWords).values({ disputeId, side: 'vendor', words: body, createdAt: now() })
    await flagIn(
      tx,
      staff,
      { kind: 'recommendation', id: recommendationId, communityId: null, vendorId, handleId },
      { reason: AS_FLAG[rule], note: body },
    )
    await record(tx, viewer, 'recommendation.disputed', { disputeId, recommendationId, vendorId, productId })
    return found
  })
}

/** Taken back by the vendor, whoever of its staff said it. */
export async function dropDispute(viewer: Viewer, recommendationId: string) {
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, recommendationId)
    authorize(viewer, 'dispute.drop', found, 'dispute.staffOnly')
    const [dropped] = await tx
      .update(disputes)
      .set({ outcome: 'dropped', endedAt: now() })
      .where(and(eq(disputes.recommendationId, recommendationId), isNull(disputes.outcome)))
      .returning({ disputeId: disputes.id })
    if (!dropped) throw new Conflict('dispute.over')
    const { vendorId, productId } = found
    await record(tx, viewer, 'dispute.ended', {
      ...dropped,
      recommendationId,
      vendorId,
      productId,
      outcomeKind: 'dropped',
      decisionId: null,
    })
    return found
  })
}

/** The author shows that they used it, to those who decide and to nobody else; put better as long as it waits. */
export async function proveUse(viewer: Viewer, recommendationId: string, { body }: ProofInput) {
  const author = writer(viewer)
  await countAgainst('comment', author.personId)
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, recommendationId)
    authorize(viewer, 'dispute.prove', found, 'dispute.authorOnly')
    const open = await openDispute(tx, recommendationId)
    if (!open) throw new Conflict('dispute.over')
    await tx
      .insert(disputeWords)
      .values({ disputeId: open.id, side: 'author', words: body, createdAt: now() })
      .onConflictDoUpdate({ target: [disputeWords.disputeId, disputeWords.side], set: { words: body, createdAt: now() } })
    const { vendorId, productId } = found
    await record(tx, viewer, 'dispute.answered', { disputeId: open.id, recommendationId, vendorId, productId })
    return found
  })
}

async function openDispute(tx: Tx, recommendationId: string) {
  const [open] = await tx
    .select({ id: disputes.id })
    .from(disputes)
    .where(and(eq(disputes.recommendationId, recommendationId), isNull(disputes.outcome)))
  return open ?? null
}
