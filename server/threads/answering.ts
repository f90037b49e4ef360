import { eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { posts, threads } from '~/db/schema'
import { attachFiles, filesAlong } from '~/server/attachments'
import { endDraft } from '~/server/drafts'
import { Conflict } from '~/server/errors'
import { record } from '~/server/events'
import { caughtBy, hold } from '~/server/holding'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { withinTheDay, type Entitled } from '~/server/rights'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { letGo } from './claiming'
import { foundThread, inTurn, reasonFor, writer, type KnownThread } from './facts'
import { keepFollowing } from './following'
import { hidePost } from './hiding'
import type { AnswerInput } from './input'
import { drawPost, keepMentions } from './mentioning'
import { turnAfter } from './turns'

/** `alongside` writes what belongs to the answer in another domain. */
export async function answerQuestion(
  viewer: Viewer,
  threadId: string,
  input: AnswerInput,
  alongside?: (tx: Tx, answered: { postId: string; communityId: string }) => Promise<unknown>,
) {
  const asked = await foundThread(viewer, threadId)
  authorize(viewer, 'post.answer', asked, reasonFor(asked))
  const answerer = writer(viewer)
  await countAgainst('answer', answerer.personId)

  return transaction(viewer, async (tx) => {
    // Sent together; the second is read once the first has its turn.
    const [, thread] = await Promise.all([inTurn(tx, threadId), foundThread(viewer, threadId, tx)])
    authorize(viewer, 'post.answer', thread, reasonFor(thread))
    if (thread.standsInId) throw new Conflict('thread.mergedMeanwhile')
    const entitled = await withinTheDay(tx, answerer, threadId)
    const files = await filesAlong(tx, viewer, { kind: 'answer', subjectId: threadId }, input)
    const answer = await postAnswer(tx, answerer, thread, input.body, { files, entitled, opened: input.opened })
    await alongside?.(tx, { postId: answer.postId, communityId: thread.communityId })
    await endDraft(tx, viewer, 'answer', threadId, input)
    return answer
  })
}

type Along = { files?: Awaited<ReturnType<typeof filesAlong>>; publisherId?: string; entitled?: Entitled; opened?: string }

/** An answer by somebody who may give it, in a transaction that holds the thread; `publisherId` the asker whose private case it comes from. */
export async function postAnswer(
  tx: Tx,
  answerer: PersonViewer,
  thread: KnownThread,
  markdown: string,
  { files, publisherId, entitled, opened }: Along,
) {
  const { threadId, communityId, vendorId, number, slug } = thread
  const { handleId } = answerer
  const { html, mentioned } = await drawPost(tx, answerer, communityId, markdown, files?.pictures)
  const caught = await caughtBy(tx, answerer, { communityId, threadId, markdown, html, opened }, entitled)
  const postId = newId()
  const createdAt = now()
  await tx
    .insert(posts)
    .values({ id: postId, threadId, kind: 'answer', handleId, markdown, html, fromCase: publisherId !== undefined, createdAt })
  if (files) await attachFiles(tx, files, postId)
  await tx
    .update(threads)
    .set({ answerCount: sql`${threads.answerCount} + 1`, ...(caught ? {} : { activeAt: createdAt }) })
    .where(eq(threads.id, threadId))
  await keepFollowing(tx, threadId, handleId)
  const ids = { communityId, threadId, postId, vendorId }
  if (caught) {
    await hold(tx, { ...ids, handleId, opens: false }, caught, (decisionId) => hidePost(tx, postId, decisionId))
    return { postId, threadId, number, slug }
  }
  await turnAfter(tx, { threadId, askerHandleId: thread.handleId, vendorId }, answerer, 'answer')
  await letGo(tx, threadId, handleId)
  if (thread.kind === 'idea') await record(tx, answerer, 'idea.replied', ids)
  else await record(tx, answerer, 'question.answered', { ...ids, ...(publisherId ? { publisherId } : {}) })
  await keepMentions(tx, answerer, ids, mentioned)
  return { postId, threadId, number, slug }
}
