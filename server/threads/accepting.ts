import { and, eq } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { answerAcceptances, threads } from '~/db/schema'
import { Forbidden, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { foundPost, holdThreadOf, writer, type KnownPost } from './facts'
import { askerIsSilent, daysBefore, MARKING_REVERSIBLE_DAYS } from './rules'
import { askerSpoke } from './turns'

/** One answer at a time: accepting another takes the first back. The asker's word replaces what somebody marked for them. */
export async function acceptAnswer(viewer: Viewer, answerId: string) {
  return transaction(viewer, async (tx) => {
    const answer = await answerToSettle(tx, viewer, answerId, 'answer.accept')
    const before = await settledBy(tx, answer.threadId)
    if (before?.answerId === answerId && before.acceptedAs === 'asker') return answer
    if (before && before.answerId !== answerId) stillReversible(before)
    await settle(tx, answer, writer(viewer).handleId, 'asker')
    await askerSpoke(tx, answer.threadId)
    if (before && before.answerId !== answerId) await record(tx, viewer, 'answer.unaccepted', { ...idsOf(answer), postId: before.answerId })
    await record(tx, viewer, 'answer.accepted', idsOf(answer))
    return answer
  })
}

/** The asker takes back what they accepted, or what was marked for them within the last 30 days; after that nobody marks again. */
export async function unacceptAnswer(viewer: Viewer, answerId: string) {
  return transaction(viewer, async (tx) => {
    const answer = await answerToSettle(tx, viewer, answerId, 'answer.accept')
    const before = await settledBy(tx, answer.threadId)
    if (before?.answerId !== answerId) return answer
    stillReversible(before)
    await unsettle(tx, answer)
    if (before.acceptedAs !== 'asker') await tx.update(threads).set({ markingReversedAt: now() }).where(eq(threads.id, answer.threadId))
    await askerSpoke(tx, answer.threadId)
    await record(tx, viewer, 'answer.unaccepted', idsOf(answer))
    return answer
  })
}

/** For an asker who stays silent a moderator or the vendor's staff say what solved it; it is shown as theirs. */
export async function markAnswer(viewer: Viewer, answerId: string) {
  return transaction(viewer, async (tx) => {
    const answer = await answerToSettle(tx, viewer, answerId, 'answer.mark')
    const before = await settledBy(tx, answer.threadId)
    if (before?.answerId === answerId) return answer
    if (before) throw new Forbidden('thread.solvedAlready')
    if (answer.markingReversed) throw new Forbidden('thread.askerReversed')
    if (!askerIsSilent({ askerSaidAt: answer.askerSaidAt, answeredAt: answer.createdAt }, now()))
      throw new Forbidden('thread.askerNotSilent')
    const { handleId } = writer(viewer)
    await settle(tx, answer, handleId, can(viewer, 'content.hide', answer) ? 'moderator' : 'staff')
    await record(tx, viewer, 'answer.marked', idsOf(answer))
    return answer
  })
}

/** What was marked for the asker is taken back; what the asker accepted is the asker's. */
export async function unmarkAnswer(viewer: Viewer, answerId: string) {
  return transaction(viewer, async (tx) => {
    const answer = await answerToSettle(tx, viewer, answerId, 'answer.mark')
    const before = await settledBy(tx, answer.threadId)
    if (before?.answerId !== answerId) return answer
    if (before.acceptedAs === 'asker') throw new Forbidden('thread.onlyAsker')
    await unsettle(tx, answer)
    await record(tx, viewer, 'answer.unmarked', idsOf(answer))
    return answer
  })
}

/** Whoever accepted it was not the asker. */
export async function takeBackAcceptance(tx: Tx, viewer: Viewer, answerId: string): Promise<void> {
  const answer = await foundPost(viewer, answerId, tx)
  await unsettle(tx, answer)
  await record(tx, viewer, 'answer.unaccepted', idsOf(answer))
}

type Settled = { answerId: string; acceptedAs: 'asker' | 'moderator' | 'staff'; acceptedAt: Date }

async function settledBy(tx: Tx, threadId: string): Promise<Settled | undefined> {
  const { answerId, acceptedAs, acceptedAt } = answerAcceptances
  const [before] = await tx
    .select({ answerId, acceptedAs, acceptedAt })
    .from(answerAcceptances)
    .where(eq(answerAcceptances.threadId, threadId))
  return before
}

function stillReversible({ acceptedAs, acceptedAt }: Settled) {
  if (acceptedAs !== 'asker' && acceptedAt < daysBefore(now(), MARKING_REVERSIBLE_DAYS)) throw new Forbidden('thread.markedLongAgo')
}

async function settle(tx: Tx, { threadId, postId }: KnownPost, acceptedBy: string, acceptedAs: Settled['acceptedAs']) {
  const settled = { answerId: postId, acceptedBy, acceptedAt: now(), acceptedAs }
  await tx
    .insert(answerAcceptances)
    .values({ threadId, ...settled })
    .onConflictDoUpdate({ target: answerAcceptances.threadId, set: settled })
  await tx.update(threads).set({ acceptedPostId: postId }).where(eq(threads.id, threadId))
}

async function unsettle(tx: Tx, { threadId, postId }: KnownPost) {
  await tx.delete(answerAcceptances).where(and(eq(answerAcceptances.threadId, threadId), eq(answerAcceptances.answerId, postId)))
  await tx.update(threads).set({ acceptedPostId: null }).where(eq(threads.id, threadId))
}

// The thread is held, so that two acceptances at once come one after the other.
async function answerToSettle(tx: Tx, viewer: Viewer, answerId: string, action: 'answer.accept' | 'answer.mark'): Promise<KnownPost> {
  await holdThreadOf(tx, answerId)
  const answer = await foundPost(viewer, answerId, tx)
  authorize(
    viewer,
    action,
    answer,
    answer.hidden ? 'thread.removed' : action === 'answer.accept' ? 'thread.onlyAsker' : 'thread.notYoursToMark',
  )
  if (answer.kind !== 'answer' || answer.threadKind !== 'question') throw new Invalid({ form: 'thread.notAnAnswer' })
  return answer
}

const idsOf = ({ communityId, threadId, postId, vendorId }: KnownPost) => ({ communityId, threadId, postId, vendorId })
