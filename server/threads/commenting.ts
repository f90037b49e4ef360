import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { posts } from '~/db/schema'
import { endDraft } from '~/server/drafts'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { caughtBy, hold } from '~/server/holding'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { withinTheDay } from '~/server/rights'
import type { Viewer } from '~/server/viewer'
import { foundPost, holdThreadOf, reasonFor, writer } from './facts'
import { hidePost } from './hiding'
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
    const entitled = await withinTheDay(tx, author, threadId)
    const { html, mentioned } = await drawPost(tx, viewer, communityId, input.body)
    const caught = await caughtBy(tx, author, { communityId, threadId, markdown: input.body, html, opened: input.opened }, entitled)
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
    await endDraft(tx, viewer, 'comment', parentId, input)
    const ids = { communityId, threadId, postId, vendorId }
    if (caught) {
      const { handleId } = author
      await hold(tx, { ...ids, handleId, opens: false }, caught, (decisionId) => hidePost(tx, postId, decisionId))
    } else {
      await turnAfter(tx, parent, author, 'comment')
      await record(tx, viewer, 'post.commented', { ...ids, parentId })
      await keepMentions(tx, viewer, ids, mentioned)
    }
    return { postId, threadId, number: parent.number, slug: parent.slug }
  })
}
