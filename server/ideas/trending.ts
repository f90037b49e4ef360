import { eq, or, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { ideas, threads } from '~/db/schema'
import type { Happened } from '~/server/events'
import { now } from '~/server/platform/clock'
import { TREND_DAYS, trendOf } from './rules'

const AT_ONCE = 500

type Ids = { threadId?: string | null; intoThreadId?: string }

/** After a vote or a comment: how much the idea is wanted of late. Nothing where the thread is no idea. */
export const weighIdea = (event: Happened) => weigh([(event.payload as Ids).threadId])
export const weighMergedIdeas = (event: Happened) => weigh([(event.payload as Ids).threadId, (event.payload as Ids).intoThreadId])

/** Every hour: what was wanted yesterday fades. */
export async function weighTrends(): Promise<void> {
  let last: string | null = null
  for (;;) {
    const batch: { id: string }[] = await db
      .select({ id: ideas.threadId })
      .from(ideas)
      .where(sql`${ideas.trend} > 0 ${last ? sql`and ${ideas.threadId} > ${last}::uuid` : sql``}`)
      .orderBy(ideas.threadId)
      .limit(AT_ONCE)
    last = batch.at(-1)?.id ?? null
    if (last === null) return
    await weigh(batch.map(({ id }) => id))
  }
}

/** Counted anew from the votes and the posts, so that it may run twice. Imported tallies have no day, and count for nothing here. */
async function weigh(threadIds: (string | null | undefined)[]) {
  const wanted = threadIds.filter((id) => typeof id === 'string')
  if (wanted.length === 0) return
  const moment = now()
  const since = sql`${new Date(moment.getTime() - TREND_DAYS * 86_400_000).toISOString()}::timestamptz`
  const rows = await db
    .select({
      threadId: ideas.threadId,
      trend: ideas.trend,
      createdAt: threads.createdAt,
      votes: sql<number>`(select count(*)::int from votes v join posts o on o.id = v.post_id where o.thread_id = ${ideas.threadId} and o.kind = 'opening' and v.value > 0 and v.created_at >= ${since})`,
      comments: sql<number>`(select count(*)::int from posts p where p.thread_id = ${ideas.threadId} and p.kind in ('answer', 'comment') and p.hidden_by_decision_id is null and p.created_at >= ${since})`,
    })
    .from(ideas)
    .innerJoin(threads, eq(threads.id, ideas.threadId))
    .where(or(...wanted.map((id) => eq(ideas.threadId, id))))
  for (const { threadId, trend, createdAt, votes, comments } of rows) {
    const fresh = trendOf({ votes, comments, hours: (moment.getTime() - createdAt.getTime()) / 3_600_000 })
    if (fresh !== trend) await db.update(ideas).set({ trend: fresh }).where(eq(ideas.threadId, threadId))
  }
}
