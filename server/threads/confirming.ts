import { eq } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { answerConfirmations } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { foundPost, writer, type KnownPost } from './facts'

/** Staff of the vendor concerned say that somebody's answer is right. Whether it helped, the asker says. */
export async function confirmAnswer(viewer: Viewer, answerId: string) {
  return transaction(viewer, async (tx) => {
    const answer = await answerToConfirm(tx, viewer, answerId)
    const added = await tx
      .insert(answerConfirmations)
      .values({ answerId, vendorId: answer.vendorId, confirmedBy: writer(viewer).handleId, confirmedAt: now() })
      .onConflictDoNothing()
      .returning({ answerId: answerConfirmations.answerId })
    if (added.length > 0) await record(tx, viewer, 'answer.confirmed', idsOf(answer))
    return answer
  })
}

export async function unconfirmAnswer(viewer: Viewer, answerId: string) {
  return transaction(viewer, async (tx) => {
    const answer = await answerToConfirm(tx, viewer, answerId)
    const gone = await tx
      .delete(answerConfirmations)
      .where(eq(answerConfirmations.answerId, answerId))
      .returning({ answerId: answerConfirmations.answerId })
    if (gone.length > 0) await record(tx, viewer, 'answer.unconfirmed', idsOf(answer))
    return answer
  })
}

async function answerToConfirm(tx: Tx, viewer: Viewer, answerId: string): Promise<KnownPost & { vendorId: string }> {
  const answer = await foundPost(viewer, answerId, tx)
  authorize(viewer, 'answer.confirm', answer, answer.hidden ? 'thread.removed' : 'thread.onlyVendor')
  const { vendorId } = answer
  if (answer.kind !== 'answer' || answer.threadKind === 'idea' || !vendorId) throw new Invalid({ form: 'thread.notAnAnswer' })
  return { ...answer, vendorId }
}

const idsOf = ({ communityId, threadId, postId, vendorId }: KnownPost) => ({ communityId, threadId, postId, vendorId })
