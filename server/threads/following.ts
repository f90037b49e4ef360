import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { threadFollows, threads } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { foundThread, idsOf, writer } from './facts'

export async function followThread(viewer: Viewer, threadId: string) {
  return transaction(viewer, async (tx) => {
    const thread = await foundThread(viewer, threadId, tx)
    authorize(viewer, 'thread.follow', thread)
    if (await keepFollowing(tx, threadId, writer(viewer).handleId)) await record(tx, viewer, 'thread.followed', idsOf(thread))
    return thread
  })
}

export async function unfollowThread(viewer: Viewer, threadId: string) {
  return transaction(viewer, async (tx) => {
    const thread = await foundThread(viewer, threadId, tx)
    authorize(viewer, 'thread.follow', thread)
    const { handleId } = writer(viewer)
    const gone = await tx
      .delete(threadFollows)
      .where(and(eq(threadFollows.threadId, threadId), eq(threadFollows.handleId, handleId)))
      .returning({ threadId: threadFollows.threadId })
    if (gone.length === 0) return thread
    await tx
      .update(threads)
      .set({ followerCount: sql`${threads.followerCount} - 1` })
      .where(eq(threads.id, threadId))
    await leaveMerged(tx, threadId, handleId)
    await record(tx, viewer, 'thread.unfollowed', idsOf(thread))
    return thread
  })
}

// Who leaves a thread has left what was merged into it as well.
async function leaveMerged(tx: Tx, threadId: string, handleId: string) {
  const merged = tx.select({ id: threads.id }).from(threads).where(eq(threads.standsInId, threadId))
  await tx.delete(threadFollows).where(and(inArray(threadFollows.threadId, merged), eq(threadFollows.handleId, handleId)))
}

/** Who asks or answers hears what comes of it. True when that is new. */
export async function keepFollowing(tx: Tx, threadId: string, handleId: string): Promise<boolean> {
  const added = await tx
    .insert(threadFollows)
    .values({ threadId, handleId, createdAt: now() })
    .onConflictDoNothing()
    .returning({ threadId: threadFollows.threadId })
  if (added.length > 0)
    await tx
      .update(threads)
      .set({ followerCount: sql`${threads.followerCount} + 1` })
      .where(eq(threads.id, threadId))
  else
    await tx
      .update(threadFollows)
      .set({ byMerge: false })
      .where(and(eq(threadFollows.threadId, threadId), eq(threadFollows.handleId, handleId), eq(threadFollows.byMerge, true)))
  return added.length > 0
}
