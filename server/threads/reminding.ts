import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { communities, handles, posts, threads } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { roomProduct, threadProduct, vendorConcerned } from './facts'
import { daysBefore, LAST_REMINDER_UNTIL_DAYS, REMINDER_DAYS, REMINDERS, remindersDue } from './rules'

const AT_ONCE = 200

/** After 3, 7 and 30 days without a word an asker is asked whether an answer solved it; then never again. */
export async function remindAskers(): Promise<void> {
  const viewer = systemViewer('remind-askers')
  for (;;) {
    const waiting = await askersToRemind()
    for (const thread of waiting)
      await transaction(viewer, async (tx) => {
        const due = remindersDue(thread.answeredAt, now())
        const [taken] = await tx
          .update(threads)
          .set({ reminders: due })
          .where(
            and(
              eq(threads.id, thread.threadId),
              eq(threads.answeredAt, thread.answeredAt),
              isNull(threads.acceptedPostId),
              lt(threads.reminders, due),
            ),
          )
          .returning({ id: threads.id })
        const reminderKind = REMINDERS[due - 1]
        if (!taken || !reminderKind) return
        const { threadId, postId, communityId, vendorId } = thread
        await record(tx, viewer, 'asker.reminded', { threadId, postId, communityId, vendorId, reminderKind })
      })
    if (waiting.length < AT_ONCE) return
  }
}

// Each with the answer that is most likely the one. Those of a closed account, of an import or of a thread that was hidden or locked wait for nobody.
async function askersToRemind() {
  const before = (days: number) => sql`${daysBefore(now(), days).toISOString()}::timestamptz`
  const [first, second, third] = REMINDER_DAYS
  const found = await db
    .select({
      threadId: threads.id,
      communityId: threads.communityId,
      answeredAt: sql<Date>`${threads.answeredAt}`.mapWith(threads.answeredAt),
      vendorId: vendorConcerned,
      postId: posts.id,
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .innerJoin(handles, and(eq(handles.id, threads.handleId), eq(handles.kind, 'member')))
    .innerJoin(
      posts,
      sql`${posts.id} = (select best.id from posts best where best.thread_id = ${threads.id} and best.kind = 'answer'
        and best.hidden_by_decision_id is null and best.handle_id <> ${threads.handleId} order by best.score desc, best.created_at, best.id limit 1)`,
    )
    .leftJoin(threadProduct, eq(threadProduct.id, threads.productId))
    .leftJoin(roomProduct, eq(roomProduct.id, communities.productId))
    .where(
      and(
        sql`${threads.answeredAt} is not null and ${threads.acceptedPostId} is null and ${threads.reminders} < 3`,
        sql`${threads.answeredAt} > ${before(LAST_REMINDER_UNTIL_DAYS)}
          and ${threads.answeredAt} <= case ${threads.reminders} when 0 then ${before(first)} when 1 then ${before(second)} else ${before(third)} end`,
        eq(threads.kind, 'question'),
        isNull(threads.hiddenByDecisionId),
        isNull(threads.lockedByDecisionId),
        isNull(threads.standsInId),
      ),
    )
    .orderBy(asc(threads.answeredAt))
    .limit(AT_ONCE)
  return found
}
