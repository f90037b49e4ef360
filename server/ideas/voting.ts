import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { ideaVotesOnBehalf, ideaWhys, threads, votes } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { can } from '~/server/policy'
import { castVote, writer } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { foundIdea, ideaNumbered, idsOf, type KnownIdea } from './facts'
import { ideaPage } from './idea-page'
import type { VoteForIdeaInput } from './input'

const opening = (idea: KnownIdea) => ({ postId: idea.postId, kind: 'opening' as const })

/** One vote a person, however often they press; with it, if they like, why. */
export async function voteForIdea(viewer: Viewer, threadId: string, { why, asked, shown }: Partial<VoteForIdeaInput> = {}) {
  await foundIdea(viewer, threadId)
  const { personId, handleId } = writer(viewer)
  await countAgainst('vote', personId)
  return transaction(viewer, async (tx) => {
    const idea = await foundIdea(viewer, threadId, tx)
    await castVote(tx, viewer, opening(idea), 1)
    await ownVoteStands(tx, threadId, handleId)
    if (why) await giveWhy(tx, viewer, idea, handleId, why, shown ?? false)
    else if (asked) await forgetWhys(tx, threadId, handleId)
    return idea
  })
}

/** One's own vote, on a page of its own. */
export async function ideaVotePage(viewer: Viewer, number: string) {
  const idea = await ideaNumbered(viewer, number)
  const me = viewer.kind === 'person' ? viewer.handleId : null
  const [page, voted] = await Promise.all([
    ideaPage(viewer, idea.threadId),
    me ? db.$count(votes, and(eq(votes.postId, idea.postId), eq(votes.handleId, me))) : 0,
  ])
  return {
    ...{ slug: idea.slug, number: idea.number, title: idea.title },
    ...{ vendor: page.vendor, myWhy: page.myWhy, onBehalf: page.onBehalf },
    voted: voted > 0,
    shipped: idea.status === 'shipped',
    own: idea.handleId === me,
    may: can(viewer, 'post.vote', { ...idea, askerHandleId: idea.handleId }) || (!me && !idea.locked && !idea.hidden),
  }
}

/** With the vote goes what was said for it, here and on what was merged into it. */
export async function takeIdeaVoteBack(viewer: Viewer, threadId: string) {
  const { handleId } = writer(viewer)
  return transaction(viewer, async (tx) => {
    const idea = await foundIdea(viewer, threadId, tx)
    await castVote(tx, viewer, opening(idea), 0)
    await forgetWhys(tx, threadId, handleId)
    await ownVoteStands(tx, threadId, handleId, now())
    return idea
  })
}

async function giveWhy(tx: Tx, viewer: Viewer, idea: KnownIdea, handleId: string, why: string, shown: boolean) {
  const [before] = await tx
    .select({ why: ideaWhys.why, shown: ideaWhys.shown })
    .from(ideaWhys)
    .where(and(eq(ideaWhys.threadId, idea.threadId), eq(ideaWhys.handleId, handleId)))
  if (before?.why === why && before.shown === shown) return
  await tx
    .insert(ideaWhys)
    .values({ threadId: idea.threadId, handleId, why, shown, createdAt: now() })
    .onConflictDoUpdate({ target: [ideaWhys.threadId, ideaWhys.handleId], set: { why, shown } })
  await record(tx, viewer, 'idea.why-given', idsOf(idea))
}

/** An idea and all that was merged into it. */
export const groupOf = (tx: Tx, threadId: string) =>
  tx
    .select({ id: threads.id })
    .from(threads)
    .where(or(eq(threads.id, threadId), eq(threads.standsInId, threadId)))

async function forgetWhys(tx: Tx, threadId: string, handleId: string) {
  await tx.delete(ideaWhys).where(and(inArray(ideaWhys.threadId, groupOf(tx, threadId)), eq(ideaWhys.handleId, handleId)))
}

// What staff entered counts only as long as the person has said nothing themselves.
async function ownVoteStands(tx: Tx, threadId: string, handleId: string, withdrawnAt: Date | null = null) {
  await tx
    .update(ideaVotesOnBehalf)
    .set({ counts: false, withdrawnAt })
    .where(
      and(
        inArray(ideaVotesOnBehalf.threadId, groupOf(tx, threadId)),
        eq(ideaVotesOnBehalf.handleId, handleId),
        sql`${ideaVotesOnBehalf.counts}`,
      ),
    )
}
