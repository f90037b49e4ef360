import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { answerAcceptances, posts, threads, votes } from '~/db/schema'
import type { Viewer } from '~/server/viewer'
import { takeBackAcceptance } from './accepting'

// The authorship domain decides who an imported author is; here what they wrote changes hands.

type Hands = { from: string; to: string }

/**
 * All that stands under one handle goes over to another: its threads, its posts, and the answers it accepted. What it came with stays:
 * source, licence and tally. Votes of the new author on their own posts count no more. Returns the posts.
 */
export async function creditPosts(tx: Tx, { from, to }: Hands): Promise<string[]> {
  await holdThreads(tx, sql`t.handle_id = ${from} or t.id in (select thread_id from posts where handle_id = ${from})`)
  await tx.update(threads).set({ handleId: to }).where(eq(threads.handleId, from))
  const credited = await tx.update(posts).set({ handleId: to }).where(eq(posts.handleId, from)).returning({ id: posts.id })
  await tx.update(answerAcceptances).set({ acceptedBy: to }).where(eq(answerAcceptances.acceptedBy, from))
  const ids = credited.map(({ id }) => id)
  await dropOwnVotes(tx, ids, to)
  return ids
}

/** These posts go back, with the threads they open. What was accepted in those before that day goes along; what was accepted since is taken back. */
export async function takeBackPosts(tx: Tx, viewer: Viewer, ids: string[], { from, to }: Hands, creditedAt: Date): Promise<void> {
  if (ids.length === 0) return
  const opened = sql`(select coalesce(p.home_thread_id, p.thread_id) from posts p where ${inArray(sql`p.id`, ids)} and p.kind in ('opening', 'asked'))`
  await holdThreads(tx, sql`t.id in ${opened} or t.id in (select p.thread_id from posts p where ${inArray(sql`p.id`, ids)})`)
  await tx
    .update(threads)
    .set({ handleId: to })
    .where(and(eq(threads.handleId, from), sql`${threads.id} in ${opened}`))
  await tx
    .update(answerAcceptances)
    .set({ acceptedBy: to })
    .where(
      and(
        eq(answerAcceptances.acceptedBy, from),
        lte(answerAcceptances.acceptedAt, creditedAt),
        sql`${answerAcceptances.threadId} in ${opened}`,
      ),
    )
  const since = await tx
    .select({ answerId: answerAcceptances.answerId })
    .from(answerAcceptances)
    .where(
      and(
        eq(answerAcceptances.acceptedBy, from),
        eq(answerAcceptances.acceptedAs, 'asker'),
        sql`${answerAcceptances.threadId} in ${opened}`,
      ),
    )
  for (const { answerId } of since) await takeBackAcceptance(tx, viewer, answerId)
  await tx
    .update(posts)
    .set({ handleId: to })
    .where(and(eq(posts.handleId, from), inArray(posts.id, ids)))
}

/** In one order, and before their posts, as whoever writes into them does. */
async function holdThreads(tx: Tx, which: ReturnType<typeof sql>) {
  await tx.execute(sql`select t.id from threads t where ${which} order by t.id for no key update`)
}

async function dropOwnVotes(tx: Tx, ids: string[], handleId: string) {
  if (ids.length === 0) return
  const dropped = await tx
    .delete(votes)
    .where(and(eq(votes.handleId, handleId), inArray(votes.postId, ids)))
    .returning({ postId: votes.postId, value: votes.value, counts: votes.counts })
  for (const { postId, value } of dropped.filter(({ counts }) => counts)) {
    const [post] = await tx
      .update(posts)
      .set({ score: sql`${posts.score} - ${value}` })
      .where(eq(posts.id, postId))
      .returning({ threadId: posts.threadId, kind: posts.kind })
    if (post?.kind === 'opening')
      await tx
        .update(threads)
        .set({ score: sql`${threads.score} - ${value}` })
        .where(eq(threads.id, post.threadId))
  }
}
