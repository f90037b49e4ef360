import { and, eq } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { answerAcceptances, threads } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { foundPost, foundThread, writer, type KnownPost } from './facts'

/** One answer at a time: accepting another takes the first back. */
export async function acceptAnswer(viewer: Viewer, answerId: string) {
  return transaction(viewer, async (tx) => {
    const answer = await answerToSettle(tx, viewer, answerId)
    const [before] = await tx
      .select({ answerId: answerAcceptances.answerId })
      .from(answerAcceptances)
      .where(eq(answerAcceptances.threadId, answer.threadId))
    if (before?.answerId === answerId) return answer
    const accepted = { answerId, acceptedBy: writer(viewer).handleId, acceptedAt: now() }
    await tx
      .insert(answerAcceptances)
      .values({ threadId: answer.threadId, ...accepted })
      .onConflictDoUpdate({ target: answerAcceptances.threadId, set: accepted })
    await tx.update(threads).set({ acceptedPostId: answerId }).where(eq(threads.id, answer.threadId))
    if (before) await record(tx, viewer, 'answer.unaccepted', { ...idsOf(answer), postId: before.answerId })
    await record(tx, viewer, 'answer.accepted', idsOf(answer))
    return answer
  })
}

export async function unacceptAnswer(viewer: Viewer, answerId: string) {
  return transaction(viewer, async (tx) => {
    const answer = await answerToSettle(tx, viewer, answerId)
    const gone = await tx
      .delete(answerAcceptances)
      .where(and(eq(answerAcceptances.threadId, answer.threadId), eq(answerAcceptances.answerId, answerId)))
      .returning({ answerId: answerAcceptances.answerId })
    if (gone.length === 0) return answer
    await tx.update(threads).set({ acceptedPostId: null }).where(eq(threads.id, answer.threadId))
    await record(tx, viewer, 'answer.unaccepted', idsOf(answer))
    return answer
  })
}

// The thread is held, so that two acceptances at once come one after the other.
async function answerToSettle(tx: Tx, viewer: Viewer, answerId: string): Promise<KnownPost> {
  const seen = await foundPost(viewer, answerId)
  await foundThread(viewer, seen.threadId, tx)
  const answer = await foundPost(viewer, answerId, tx)
  authorize(viewer, 'answer.accept', answer, answer.hidden ? 'thread.removed' : 'thread.onlyAsker')
  if (answer.kind !== 'answer' || answer.threadKind !== 'question') throw new Invalid({ form: 'thread.notAnAnswer' })
  return answer
}

const idsOf = ({ communityId, threadId, postId, vendorId }: KnownPost) => ({ communityId, threadId, postId, vendorId })
