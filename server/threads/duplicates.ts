import { and, asc, eq, or, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { communities, posts, threadDuplicates, threads } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { foundThread, threadIdOf, writer, type KnownThread } from './facts'
import { visibleTo } from './visibility'

const MOST_SHOWN = 20

/** Asked before: the question points to where it is answered. Both stay where they are. */
export async function markDuplicate(viewer: Viewer, threadId: string, of: string) {
  const seen = await foundThread(viewer, threadId)
  authorize(viewer, 'thread.mark-duplicate', seen, 'thread.notYoursToPoint')
  const named = await questionNamed(viewer, of)
  const original = await originalOf(viewer, named.threadId)
  return transaction(viewer, async (tx) => {
    const thread = await foundThread(viewer, threadId, tx)
    authorize(viewer, 'thread.mark-duplicate', thread, 'thread.notYoursToPoint')
    if (thread.kind !== 'question' || original.kind !== 'question') throw new Invalid({ of: 'thread.noSuchQuestion' })
    if (original.threadId === threadId) throw new Invalid({ of: named.threadId === threadId ? 'thread.ofItself' : 'thread.pointsHere' })
    const [before] = await tx.select().from(threadDuplicates).where(eq(threadDuplicates.threadId, threadId))
    if (before?.ofThreadId === original.threadId) return thread
    if (before) throw new Conflict('thread.duplicateAlready')
    await tx
      .insert(threadDuplicates)
      .values({ threadId, ofThreadId: original.threadId, markedBy: writer(viewer).handleId, markedAt: now() })
    await record(tx, viewer, 'thread.marked-duplicate', { ...(await idsOf(tx, thread)), ofThreadId: original.threadId })
    return thread
  })
}

export async function unmarkDuplicate(viewer: Viewer, threadId: string) {
  return transaction(viewer, async (tx) => {
    const thread = await foundThread(viewer, threadId, tx)
    authorize(viewer, 'thread.mark-duplicate', thread, 'thread.notYoursToPoint')
    const [gone] = await tx.delete(threadDuplicates).where(eq(threadDuplicates.threadId, threadId)).returning()
    if (gone) await record(tx, viewer, 'thread.unmarked-duplicate', { ...(await idsOf(tx, thread)), ofThreadId: gone.ofThreadId })
    return thread
  })
}

/** What the form needs to know of the question. */
export async function duplicatePage(viewer: Viewer, number: string) {
  const thread = await foundThread(viewer, await threadIdOf(number))
  authorize(viewer, 'thread.mark-duplicate', thread, 'thread.notYoursToPoint')
  return { number: thread.number, slug: thread.slug, title: thread.title }
}

/** What a question is a duplicate of, and its own duplicates, as far as the viewer may read them. */
export async function duplicatesAround(viewer: Viewer, threadId: string) {
  const found = await db
    .select({
      threadId: threads.id,
      number: threads.number,
      slug: communities.slug,
      title: threads.title,
      solved: sql<boolean>`${threads.acceptedPostId} is not null`,
      original: sql<boolean>`${threadDuplicates.threadId} = ${threadId}`,
    })
    .from(threadDuplicates)
    .innerJoin(
      threads,
      or(
        and(eq(threadDuplicates.threadId, threadId), eq(threads.id, threadDuplicates.ofThreadId)),
        and(eq(threadDuplicates.ofThreadId, threadId), eq(threads.id, threadDuplicates.threadId)),
      ),
    )
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(or(eq(threadDuplicates.threadId, threadId), eq(threadDuplicates.ofThreadId, threadId)), visibleTo(viewer)))
    .orderBy(asc(threads.createdAt))
    .limit(MOST_SHOWN + 1)
  return {
    duplicateOf: found.find(({ original }) => original) ?? null,
    duplicates: found.filter(({ original }) => !original).slice(0, MOST_SHOWN),
  }
}

/** By its address or its number; whoever may not read it learns nothing of it. */
export async function questionNamed(viewer: Viewer, named: string, field: 'of' | 'questions' = 'of'): Promise<KnownThread> {
  const [, number] = /(?:^|\/c\/[^/]+\/|^#)(\d{1,15})(?:[/?#]|$)/.exec(named.trim()) ?? []
  try {
    return await foundThread(viewer, await threadIdOf(number ?? ''))
  } catch (error) {
    if (error instanceof NotFound) throw new Invalid({ [field]: 'thread.noSuchQuestion' })
    throw error
  }
}

// A duplicate of a duplicate points to the same question.
async function originalOf(viewer: Viewer, threadId: string): Promise<KnownThread> {
  const [pointer] = await db
    .select({ of: threadDuplicates.ofThreadId })
    .from(threadDuplicates)
    .where(eq(threadDuplicates.threadId, threadId))
  return foundThread(viewer, pointer?.of ?? threadId)
}

async function idsOf(tx: Tx, { communityId, threadId, vendorId }: KnownThread) {
  const [opening] = await tx
    .select({ postId: posts.id })
    .from(posts)
    .where(and(eq(posts.threadId, threadId), eq(posts.kind, 'opening')))
  if (!opening) throw new NotFound()
  return { communityId, threadId, vendorId, postId: opening.postId }
}
