import { and, asc, desc, eq, gte, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client'
import { communities, posts, threadMerges, threads } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { communityBySlug } from '~/server/communities'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { foundThread, threadFacts, threadIdOf } from './facts'
import { postColumns } from './posts-read'
import { daysAfter, daysBefore, MERGE_REVERSIBLE_DAYS, MOST_MERGED_AT_ONCE } from './rules'
import { nobody } from './thread-list'

/** Where a thread stands that was merged into another, for whoever may read that one. */
export async function movedTo(viewer: Viewer, slug: string, number: string) {
  if (!/^[1-9]\d{0,14}$/.test(number)) return null
  const [merged] = await db
    .select({ standsInId: threads.standsInId })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(eq(threads.number, Number(number)), eq(communities.slug, slug)))
  const thread = merged?.standsInId ? await threadFacts(merged.standsInId) : null
  if (!thread) return null
  mustBeFound(viewer, 'thread.view', thread)
  return { slug: thread.slug, number: thread.number, title: thread.title }
}

/** The questions that were merged into a thread, the first asked first. */
export async function mergedInto(viewer: Viewer, threadId: string) {
  return db
    .select({
      post: postColumns(viewer),
      title: threads.title,
      number: threads.number,
      note: threadMerges.note,
      mergedAt: threadMerges.mergedAt,
      mergeId: threadMerges.id,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.homeThreadId))
    .innerJoin(threadMerges, and(eq(threadMerges.threadId, threads.id), sql`${threadMerges.state} = 'merged'`))
    .where(and(eq(posts.threadId, threadId), eq(posts.kind, 'asked')))
    .orderBy(asc(posts.createdAt), asc(posts.id))
    .limit(MOST_MERGED_AT_ONCE * 4)
}

/** What the form needs to know of the thread into which others are to be merged. */
export async function mergePage(viewer: Viewer, number: string) {
  const thread = await foundThread(viewer, await threadIdOf(number))
  authorize(viewer, 'thread.propose-merge', thread, 'thread.notYoursToMerge')
  return { slug: thread.slug, number: thread.number, title: thread.title, may: { merge: can(viewer, 'thread.merge', thread) } }
}

const target = alias(threads, 'target')
type Proposed = { number: number; title: string; from: { number: number; title: string; note: string; by: HandleInfo; at: Date }[] }

/** For moderators: what members propose to put together, and what was, as long as that can be taken back. */
export async function mergesPage(viewer: Viewer, slug: string) {
  const community = await communityBySlug(viewer, slug)
  if (!can(viewer, 'queue.view', community)) throw new NotFound()
  const { communityId } = community
  const those = (state: 'proposed' | 'merged') =>
    db
      .select({
        mergeId: threadMerges.id,
        note: threadMerges.note,
        at: threadMerges.createdAt,
        mergedAt: threadMerges.mergedAt,
        proposedBy: threadMerges.proposedBy,
        decidedBy: threadMerges.decidedBy,
        number: threads.number,
        title: threads.title,
        intoNumber: target.number,
        intoTitle: target.title,
      })
      .from(threadMerges)
      .innerJoin(threads, eq(threads.id, threadMerges.threadId))
      .innerJoin(target, eq(target.id, threadMerges.intoThreadId))
      .where(
        and(
          eq(threadMerges.communityId, communityId),
          sql`${threadMerges.state} = ${sql.raw(`'${state}'`)}`,
          state === 'merged' ? gte(threadMerges.mergedAt, daysBefore(now(), MERGE_REVERSIBLE_DAYS)) : sql`${threads.standsInId} is null`,
        ),
      )
  const [proposed, merged] = await Promise.all([
    those('proposed').orderBy(asc(threadMerges.createdAt)).limit(200),
    those('merged').orderBy(desc(threadMerges.mergedAt)).limit(200),
  ])
  const names = await handlesShown([...proposed.map((row) => row.proposedBy), ...merged.map((row) => row.decidedBy)], { communityId })
  const groups = new Map<number, Proposed>()
  for (const { intoNumber, intoTitle, number, title, note, proposedBy, at } of proposed) {
    const group = groups.get(intoNumber) ?? { number: intoNumber, title: intoTitle, from: [] }
    groups.set(intoNumber, { ...group, from: [...group.from, { number, title, note, at, by: names.get(proposedBy) ?? nobody }] })
  }
  return {
    slug,
    name: community.name,
    communityId,
    proposed: [...groups.values()],
    merged: merged.map(({ mergeId, number, title, intoNumber, intoTitle, decidedBy, mergedAt }) => ({
      ...{ mergeId, number, title, intoNumber, intoTitle, mergedAt },
      by: names.get(decidedBy ?? '') ?? nobody,
      until: mergedAt ? daysAfter(mergedAt, MERGE_REVERSIBLE_DAYS) : null,
    })),
  }
}
