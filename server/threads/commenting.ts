import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { posts } from '~/db/schema'
import { endDraft } from '~/server/drafts'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { withinTheDay } from '~/server/rights'
import type { Viewer } from '~/server/viewer'
import { foundPost, holdThreadOf, reasonFor, writer } from './facts'
import type { CommentInput } from './input'
import { drawPost, keepMentions } from './mentioning'
import { turnAfter } from './turns'

/** A remark on a question or an answer; remarks on remarks stand under the same post. */
export async function commentOn(viewer: Viewer, parentId: string, input: CommentInput) {
  const read = await foundPost(viewer, parentId)
  authorize(viewer, 'post.comment', read, reasonFor(read))
  if (read.kind === 'comment') throw new Invalid({ body: 'thread.commentOnComment' })
  const author = writer(viewer)
  await countAgainst('comment', author.personId)

  return transaction(viewer, async (tx) => {
    await holdThreadOf(tx, parentId)
    const parent = await foundPost(viewer, parentId, tx)
    authorize(viewer, 'post.comment', parent, reasonFor(parent))
    const postId = newId()
    const { threadId, communityId, vendorId } = parent
    await withinTheDay(tx, author, threadId)
    const { html, mentioned } = await drawPost(tx, viewer, communityId, input.body)
    await tx.insert(posts).values({
      id: postId,
      threadId,
      homeThreadId: parent.homeThreadId,
      kind: 'comment',
      parentId,
      handleId: author.handleId,
      markdown: input.body,
      html,
      createdAt: now(),
    })
    await turnAfter(tx, parent, author, 'comment')
    await endDraft(tx, viewer, 'comment', parentId, input)
    await record(tx, viewer, 'post.commented', { communityId, threadId, postId, parentId, vendorId })
    await keepMentions(tx, viewer, { communityId, threadId, postId, vendorId }, mentioned)
    return { postId, threadId, number: parent.number, slug: parent.slug }
  })
}
