import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { posts, threadMerges, threads } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { questionNamed } from './duplicates'
import { foundThread, writer, type KnownThread } from './facts'
import { countThread } from './hiding'
import type { MergeInput } from './input'
import { settleGroup } from './merged-threads'
import { daysBefore, MERGE_REVERSIBLE_DAYS, MOST_MERGED_AT_ONCE } from './rules'

/** A question becomes part of another question, an idea of another idea. */
const MERGEABLE: KnownThread['kind'][] = ['question', 'idea']

/** Other questions of the room, or ideas, become part of this one: at once by a moderator, else proposed to the moderators. */
export async function mergeThreads(viewer: Viewer, intoThreadId: string, { questions, note = '' }: MergeInput) {
  const into = await foundThread(viewer, intoThreadId)
  authorize(viewer, 'thread.propose-merge', into, 'thread.notYoursToMerge')
  const named = await questionsNamed(viewer, questions, into)
  const { personId, handleId } = writer(viewer)
  await countAgainst('merge', personId)
  const atOnce = can(viewer, 'thread.merge', into)
  return transaction(viewer, async (tx) => {
    const { target, sources } = await heldTogether(tx, viewer, into.threadId, named)
    for (const source of sources) {
      const [live] = await tx.select().from(threadMerges).where(proposalFor(source.threadId)).for('update')
      const same = live?.intoThreadId === target.threadId ? live : null
      if (live && !same) {
        if (!atOnce) throw new Conflict('thread.proposedAlready')
        await decline(tx, viewer, live, source)
      }
      if (same && !atOnce) continue
      const mergeId = same?.id ?? newId()
      const { communityId, threadId } = source
      const proposed = { state: 'proposed' as const, note, proposedBy: handleId, createdAt: now() }
      if (!same) await tx.insert(threadMerges).values({ id: mergeId, threadId, intoThreadId: target.threadId, communityId, ...proposed })
      else if (note) await tx.update(threadMerges).set({ note }).where(eq(threadMerges.id, mergeId))
      if (atOnce) await carryOut(tx, viewer, mergeId, source, target)
      else await record(tx, viewer, 'thread.merge-proposed', idsOf(source, target.threadId, mergeId))
    }
    if (atOnce) await settleGroup(tx, target.threadId)
    return { ...target, merged: atOnce }
  })
}

/** A moderator makes what members proposed for a thread. */
export async function confirmMerges(viewer: Viewer, intoThreadId: string) {
  const into = await foundThread(viewer, intoThreadId)
  authorize(viewer, 'thread.merge', into, 'thread.onlyModeratorsMerge')
  return transaction(viewer, async (tx) => {
    const proposed = await proposedInto(tx, intoThreadId)
    const { target, sources } = await heldTogether(
      tx,
      viewer,
      intoThreadId,
      proposed.map(({ threadId }) => threadId),
    )
    for (const source of sources) {
      const [live] = await tx.select().from(threadMerges).where(proposalFor(source.threadId)).for('update')
      if (live?.intoThreadId === target.threadId) await carryOut(tx, viewer, live.id, source, target)
    }
    await settleGroup(tx, target.threadId)
    return target
  })
}

export async function declineMerges(viewer: Viewer, intoThreadId: string) {
  return transaction(viewer, async (tx) => {
    const into = await foundThread(viewer, intoThreadId, tx)
    authorize(viewer, 'thread.merge', into, 'thread.onlyModeratorsMerge')
    for (const merge of await proposedInto(tx, intoThreadId)) await decline(tx, viewer, merge, { ...into, threadId: merge.threadId })
    return into
  })
}

/** Within 30 days everything goes back to where it was; what people did meanwhile stays theirs. */
export async function undoMerge(viewer: Viewer, mergeId: string) {
  if (!isId(mergeId)) throw new NotFound()
  return transaction(viewer, async (tx) => {
    const [merge] = await tx.select().from(threadMerges).where(eq(threadMerges.id, mergeId))
    if (!merge) throw new NotFound()
    const rootId = await heldWithRoot(tx, merge.threadId)
    const before = await foundThread(viewer, merge.threadId, tx)
    authorize(viewer, 'thread.merge', before, 'thread.onlyModeratorsMerge')
    const undone = { state: 'undone' as const, undoneBy: writer(viewer).handleId, undoneAt: now() }
    const [live] = await tx
      .update(threadMerges)
      .set(undone)
      .where(and(eq(threadMerges.id, mergeId), eq(threadMerges.state, 'merged')))
      .returning({ mergedAt: threadMerges.mergedAt })
    if (!live && merge.state === 'undone') return before
    if (!live?.mergedAt) throw new Conflict('thread.mergeDecided')
    if (live.mergedAt < daysBefore(now(), MERGE_REVERSIBLE_DAYS)) throw new Conflict('thread.mergedLongAgo')
    await tx.update(threads).set({ mergedIntoId: null }).where(eq(threads.id, merge.threadId))
    await settleGroup(tx, merge.threadId)
    await settleGroup(tx, rootId)
    const thread = await foundThread(viewer, merge.threadId, tx)
    if (!thread.hidden) await countThread(tx, thread.threadId, thread.communityId, 1)
    await record(tx, viewer, 'thread.unmerged', {
      ...idsOf(thread, merge.intoThreadId, mergeId),
      postId: await openingOf(tx, thread.threadId),
    })
    return thread
  })
}

type Merge = typeof threadMerges.$inferSelect

async function carryOut(tx: Tx, viewer: Viewer, mergeId: string, source: KnownThread, target: KnownThread) {
  await tx.update(threads).set({ mergedIntoId: target.threadId }).where(eq(threads.id, source.threadId))
  if (!source.hidden) await countThread(tx, source.threadId, source.communityId, -1)
  const made = { state: 'merged' as const, decidedBy: writer(viewer).handleId, mergedAt: now() }
  await tx.update(threadMerges).set(made).where(eq(threadMerges.id, mergeId))
  await record(tx, viewer, 'thread.merged', {
    ...idsOf(source, target.threadId, mergeId),
    postId: await openingOf(tx, source.threadId),
  })
}

async function decline(tx: Tx, viewer: Viewer, merge: Merge, source: KnownThread) {
  await tx
    .update(threadMerges)
    .set({ state: 'declined', decidedBy: writer(viewer).handleId })
    .where(eq(threadMerges.id, merge.id))
  await record(tx, viewer, 'thread.merge-declined', idsOf(source, merge.intoThreadId, merge.id))
}

/** Addresses or numbers, apart by spaces or lines; every one of them of the same room and kind, and none the thread itself. */
async function questionsNamed(viewer: Viewer, typed: string, into: KnownThread): Promise<string[]> {
  const words = [...new Set(typed.split(/[\s,]+/).filter(Boolean))]
  if (words.length > MOST_MERGED_AT_ONCE) throw new Invalid({ questions: `tooMany:${MOST_MERGED_AT_ONCE}` })
  const found: KnownThread[] = []
  for (const word of words) found.push(await questionNamed(viewer, word, 'questions'))
  if (found.some(({ threadId }) => threadId === into.threadId)) throw new Invalid({ questions: 'thread.ofItself' })
  const fitting = found.filter(({ communityId, kind, hidden }) => communityId === into.communityId && kind === into.kind && !hidden)
  if (fitting.length === 0 || fitting.length < found.length || !MERGEABLE.includes(into.kind))
    throw new Invalid({ questions: 'thread.otherRoom' })
  return [...new Set(found.map(({ threadId }) => threadId))]
}

/** All of them held, in one order for everybody, and none of them part of another by now. */
async function heldTogether(tx: Tx, viewer: Viewer, intoThreadId: string, sourceIds: string[]) {
  await hold(tx, [intoThreadId, ...sourceIds])
  const target = await foundThread(viewer, intoThreadId, tx)
  const sources: KnownThread[] = []
  for (const id of sourceIds) sources.push(await foundThread(viewer, id, tx))
  const moved = target.standsInId || sources.some(({ standsInId }) => standsInId)
  if (moved || target.hidden || sources.some(({ kind }) => kind !== target.kind)) throw new Conflict('thread.mergedMeanwhile')
  return { target, sources }
}

async function heldWithRoot(tx: Tx, threadId: string): Promise<string> {
  const rootOf = async () =>
    (await tx.select({ rootId: threads.standsInId }).from(threads).where(eq(threads.id, threadId)))[0]?.rootId ?? threadId
  for (;;) {
    const rootId = await rootOf()
    await hold(tx, [threadId, rootId])
    if ((await rootOf()) === rootId) return rootId
  }
}

async function hold(tx: Tx, ids: string[]) {
  await tx.select({ id: threads.id }).from(threads).where(inArray(threads.id, ids)).orderBy(threads.id).for('no key update')
}

async function proposedInto(tx: Tx, intoThreadId: string): Promise<Merge[]> {
  const rows = await tx
    .select()
    .from(threadMerges)
    .innerJoin(threads, and(eq(threads.id, threadMerges.threadId), sql`${threads.standsInId} is null`))
    .where(and(eq(threadMerges.intoThreadId, intoThreadId), eq(threadMerges.state, 'proposed')))
    .orderBy(threadMerges.createdAt)
    .limit(MOST_MERGED_AT_ONCE)
  return rows.map((row) => row.thread_merges)
}
const proposalFor = (threadId: string) => and(eq(threadMerges.threadId, threadId), eq(threadMerges.state, 'proposed'))

/** Wherever it stands. */
async function openingOf(tx: Tx, threadId: string): Promise<string> {
  const [opening] = await tx
    .select({ postId: posts.id })
    .from(posts)
    .where(
      sql`(${posts.threadId} = ${threadId} and ${posts.kind} = 'opening') or (${posts.homeThreadId} = ${threadId} and ${posts.kind} = 'asked')`,
    )
  if (!opening) throw new NotFound()
  return opening.postId
}

const idsOf = ({ communityId, threadId, vendorId }: KnownThread, intoThreadId: string, mergeId: string) => ({
  ...{ communityId, threadId, vendorId, intoThreadId, mergeId },
})
