import { eq } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { posts } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { postFacts } from './facts'
import { keepMentions, peopleMentioned } from './mentioning'
import { stirThread, turnAfter } from './turns'

/**
 * What was held back and is let out stands where it was written, at its own time; those who would have been told of it are told now. By name of
 * its author: whoever let it out wrote nothing.
 */
export async function tellOfReleased(tx: Tx, postId: string): Promise<void> {
  const found = await postFacts(postId, tx)
  const [written] = await tx.select({ markdown: posts.markdown }).from(posts).where(eq(posts.id, postId))
  if (!found || !written) return
  const { threadId, communityId, vendorId, kind, parentId, handleId, askerHandleId } = found
  const author = { kind: 'person' as const, handleId }
  const ids = { communityId, threadId, postId, vendorId }
  const said = { threadId, askerHandleId, vendorId }
  // An author who serves a vendor is not held.
  const by = { handleId, staffOf: [] }
  if (kind === 'answer') {
    await stirThread(tx, threadId, now())
    await turnAfter(tx, said, by, 'answer')
    await record(tx, author, found.threadKind === 'idea' ? 'idea.replied' : 'question.answered', ids)
  } else if (kind === 'comment') {
    await turnAfter(tx, said, by, 'comment')
    await record(tx, author, 'post.commented', { ...ids, parentId: parentId ?? postId })
  } else {
    await record(tx, author, found.threadKind === 'idea' ? 'idea.proposed' : 'question.asked', ids)
  }
  await keepMentions(tx, author, ids, await peopleMentioned(tx, communityId, written.markdown))
}
