import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { posts, threads, votes } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { settleGroup } from './merged-threads'
import { foundPost, holdThreadOf, reasonFor, writer, type KnownPost } from './facts'

/** One vote a handle: 1 this helps, -1 it does not, 0 takes it back. The same again changes nothing. */
export async function voteOn(viewer: Viewer, postId: string, value: -1 | 0 | 1) {
  const seen = await foundPost(viewer, postId)
  mayVote(viewer, seen, value)
  await countAgainst('vote', writer(viewer).personId)
  return transaction(viewer, (tx) => castVote(tx, viewer, seen, value))
}

/** The same within a change that does more than vote. */
export async function castVote(tx: Tx, viewer: Viewer, { postId, kind }: Pick<KnownPost, 'postId' | 'kind'>, value: -1 | 0 | 1) {
  if (kind === 'opening') await holdThreadOf(tx, postId)
  const post = await foundPost(viewer, postId, tx)
  mayVote(viewer, post, value)
  const change = await placeVote(tx, post, writer(viewer).handleId, value)
  const { communityId, threadId, vendorId } = post
  if (change !== 0) await record(tx, viewer, 'post.voted', { communityId, threadId, postId, value, vendorId })
  return post
}

/** Whoever votes, the counters move with the vote, unless it does not count; by how much the vote changed, is returned. The post is held. */
export async function placeVote(tx: Tx, post: KnownPost, handleId: string, value: -1 | 0 | 1): Promise<number> {
  const { postId } = post
  const mine = and(eq(votes.postId, postId), eq(votes.handleId, handleId))
  const [before] = await tx.select({ value: votes.value, counts: votes.counts }).from(votes).where(mine)
  const change = value - (before?.value ?? 0)
  if (change === 0) return 0
  if (value === 0) await takeBack(tx, post, handleId)
  const counted = value === 0 ? 0 : await giveVote(tx, postId, handleId, value)
  const more = counted - (before?.counts ? before.value : 0)
  if (more === 0) return change
  await tx
    .update(posts)
    .set({ score: sql`${posts.score} + ${more}` })
    .where(eq(posts.id, postId))
  if (post.kind === 'opening')
    await tx
      .update(threads)
      .set({ score: sql`${threads.score} + ${more}` })
      .where(eq(threads.id, post.threadId))
  return change
}

/** What the vote counts for. */
async function giveVote(tx: Tx, postId: string, handleId: string, value: -1 | 1): Promise<number> {
  const [given] = await tx
    .insert(votes)
    .values({ postId, handleId, value, createdAt: now() })
    .onConflictDoUpdate({ target: [votes.postId, votes.handleId], set: { value, byMerge: false, counts: sql`excluded.counts` } })
    .returning({ counts: votes.counts })
  return given?.counts ? value : 0
}

/** The vote that somebody has on what a thread opened with is gone, wherever that stands now; what they gave elsewhere stays. */
export async function removeVote(tx: Tx, threadId: string, rootId: string, handleId: string) {
  await tx.execute(sql`delete from votes v using posts p where p.id = v.post_id and v.handle_id = ${handleId}::uuid
    and coalesce(p.home_thread_id, p.thread_id) = ${threadId}::uuid and p.kind in ('opening', 'asked') and not v.by_merge`)
  await settleGroup(tx, rootId)
}

// Taken back from a question, a vote is taken back from those that were merged into it as well.
async function takeBack(tx: Tx, { postId, threadId, kind }: KnownPost, handleId: string) {
  await tx.delete(votes).where(and(eq(votes.postId, postId), eq(votes.handleId, handleId)))
  if (kind !== 'opening') return
  const merged = tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.threadId, threadId), eq(posts.kind, 'asked')))
  const gone = await tx
    .delete(votes)
    .where(and(inArray(votes.postId, merged), eq(votes.handleId, handleId)))
    .returning()
  for (const vote of gone.filter(({ counts }) => counts))
    await tx
      .update(posts)
      .set({ score: sql`${posts.score} - ${vote.value}` })
      .where(eq(posts.id, vote.postId))
}

function mayVote(viewer: Viewer, post: KnownPost, value: -1 | 0 | 1) {
  const own = viewer.kind === 'person' && viewer.handleId === post.handleId
  authorize(viewer, 'post.vote', post, own ? 'thread.ownVote' : reasonFor(post))
  if (value < 0 && post.kind === 'opening' && post.threadKind === 'idea') throw new Invalid({ form: 'thread.ideasAreVotedFor' })
  if (post.kind === 'asked') throw new Invalid({ form: 'thread.voteOnMerged' })
  if (post.kind === 'comment') throw new Invalid({ form: 'thread.voteOnComment' })
}
