import { eq, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { posts, threads } from '~/db/schema'
import { attachFiles, filesAlong } from '~/server/attachments'
import { endDraft } from '~/server/drafts'
import { Conflict } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { letGo } from './claiming'
import { foundThread, inTurn, reasonFor, writer } from './facts'
import { keepFollowing } from './following'
import type { AnswerInput } from './input'
import { drawPost, keepMentions } from './mentioning'
import { turnAfter } from './turns'

export async function answerQuestion(viewer: Viewer, threadId: string, input: AnswerInput) {
  const asked = await foundThread(viewer, threadId)
  authorize(viewer, 'post.answer', asked, reasonFor(asked))
  const answerer = writer(viewer)
  await countAgainst('answer', answerer.personId)

  return transaction(viewer, async (tx) => {
    // Sent together; the second is read once the first has its turn.
    const [, thread] = await Promise.all([inTurn(tx, threadId), foundThread(viewer, threadId, tx)])
    authorize(viewer, 'post.answer', thread, reasonFor(thread))
    if (thread.standsInId) throw new Conflict('thread.mergedMeanwhile')
    const files = await filesAlong(tx, viewer, { kind: 'answer', subjectId: threadId }, input)
    const { html, mentioned } = await drawPost(tx, viewer, thread.communityId, input.body, files.pictures)
    const postId = newId()
    const createdAt = now()
    const { handleId } = answerer
    await tx.insert(posts).values({ id: postId, threadId, kind: 'answer', handleId, markdown: input.body, html, createdAt })
    await attachFiles(tx, files, postId)
    await tx
      .update(threads)
      .set({ answerCount: sql`${threads.answerCount} + 1`, activeAt: createdAt })
      .where(eq(threads.id, threadId))
    await turnAfter(tx, { threadId, askerHandleId: thread.handleId, vendorId: thread.vendorId }, answerer, 'answer')
    await keepFollowing(tx, threadId, handleId)
    await letGo(tx, threadId, handleId)
    await endDraft(tx, viewer, 'answer', threadId, input)
    const happened = thread.kind === 'idea' ? 'idea.replied' : 'question.answered'
    const ids = { communityId: thread.communityId, threadId, postId, vendorId: thread.vendorId }
    await record(tx, viewer, happened, ids)
    await keepMentions(tx, viewer, ids, mentioned)
    return { postId, threadId, number: thread.number, slug: thread.slug }
  })
}
