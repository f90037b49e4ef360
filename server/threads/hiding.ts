import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { answerAcceptances, posts, threads } from '~/db/schema'
import { countThreads } from '~/server/communities'
import { holdThreadOf } from './facts'
import { countTags } from './tagging'

// The moderation domain decides and writes the statement of reasons; here its decision takes effect, once, with the
// counters. Each returns whether anything changed.

export async function hidePost(tx: Tx, postId: string, decisionId: string): Promise<boolean> {
  await holdThreadOf(tx, postId)
  const [post] = await tx
    .update(posts)
    .set({ hiddenByDecisionId: decisionId })
    .where(and(eq(posts.id, postId), isNull(posts.hiddenByDecisionId)))
    .returning({ threadId: posts.threadId, homeThreadId: posts.homeThreadId, kind: posts.kind })
  if (!post) return false
  // What was merged is hidden as the thread it was: its title stands in lists of its own.
  if (post.kind === 'asked' && post.homeThreadId) await hideThread(tx, post.homeThreadId, decisionId)
  if (post.kind === 'answer') {
    const shown = sql`case when ${threads.acceptedPostId} = ${postId}::uuid then null else ${threads.acceptedPostId} end`
    await tx
      .update(threads)
      .set({ answerCount: sql`${threads.answerCount} - 1`, acceptedPostId: shown })
      .where(eq(threads.id, post.threadId))
  }
  return true
}

/** An answer that was accepted before it was hidden is the accepted one again. */
export async function restorePost(tx: Tx, postId: string): Promise<boolean> {
  await holdThreadOf(tx, postId)
  const [post] = await tx
    .update(posts)
    .set({ hiddenByDecisionId: null })
    .where(and(eq(posts.id, postId), isNotNull(posts.hiddenByDecisionId)))
    .returning({ threadId: posts.threadId, homeThreadId: posts.homeThreadId, kind: posts.kind })
  if (!post) return false
  if (post.kind === 'asked' && post.homeThreadId) await restoreThread(tx, post.homeThreadId)
  if (post.kind === 'answer') {
    const accepted = sql`coalesce((select ${answerAcceptances.answerId} from ${answerAcceptances} where ${answerAcceptances.threadId} = ${post.threadId} and ${answerAcceptances.answerId} = ${postId}), ${threads.acceptedPostId})`
    await tx
      .update(threads)
      .set({ answerCount: sql`${threads.answerCount} + 1`, acceptedPostId: accepted })
      .where(eq(threads.id, post.threadId))
  }
  return true
}

/** A person has looked at what a check hid, and it stays hidden by their decision. */
export async function keepHidden(tx: Tx, kind: 'post' | 'thread', id: string, decisionId: string): Promise<boolean> {
  const change = { hiddenByDecisionId: decisionId }
  if (kind === 'thread')
    return (
      (
        await tx
          .update(threads)
          .set(change)
          .where(and(eq(threads.id, id), isNotNull(threads.hiddenByDecisionId)))
          .returning({ id: threads.id })
      ).length > 0
    )
  const [post] = await tx
    .update(posts)
    .set(change)
    .where(and(eq(posts.id, id), isNotNull(posts.hiddenByDecisionId)))
    .returning({ kind: posts.kind, homeThreadId: posts.homeThreadId })
  if (post?.kind === 'asked' && post.homeThreadId) await tx.update(threads).set(change).where(eq(threads.id, post.homeThreadId))
  return Boolean(post)
}

export async function hideThread(tx: Tx, threadId: string, decisionId: string): Promise<boolean> {
  const [thread] = await tx
    .update(threads)
    .set({ hiddenByDecisionId: decisionId })
    .where(and(eq(threads.id, threadId), isNull(threads.hiddenByDecisionId)))
    .returning({ communityId: threads.communityId, standsInId: threads.standsInId })
  if (thread && !thread.standsInId) await countThread(tx, threadId, thread.communityId, -1)
  return Boolean(thread)
}

export async function restoreThread(tx: Tx, threadId: string): Promise<boolean> {
  const [thread] = await tx
    .update(threads)
    .set({ hiddenByDecisionId: null })
    .where(and(eq(threads.id, threadId), isNotNull(threads.hiddenByDecisionId)))
    .returning({ communityId: threads.communityId, standsInId: threads.standsInId })
  if (thread && !thread.standsInId) await countThread(tx, threadId, thread.communityId, 1)
  return Boolean(thread)
}

export async function lockThread(tx: Tx, threadId: string, decisionId: string): Promise<boolean> {
  const locked = await tx
    .update(threads)
    .set({ lockedByDecisionId: decisionId })
    .where(and(eq(threads.id, threadId), isNull(threads.lockedByDecisionId)))
    .returning({ id: threads.id })
  return locked.length > 0
}

/** Opens what was locked where it came from as well. */
export async function unlockThread(tx: Tx, threadId: string): Promise<boolean> {
  const unlocked = await tx
    .update(threads)
    .set({ lockedByDecisionId: null, importedLocked: false })
    .where(and(eq(threads.id, threadId), sql`(${threads.lockedByDecisionId} is not null or ${threads.importedLocked})`))
    .returning({ id: threads.id })
  return unlocked.length > 0
}

export async function countThread(tx: Tx, threadId: string, communityId: string, by: 1 | -1) {
  await countTags(tx, threadId, by)
  await countThreads(tx, communityId, by)
}
