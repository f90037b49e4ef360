import { sql } from 'drizzle-orm'
import { posts, threads } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { daysBefore, GOOD_SCORE, SILENT_AFTER_DAYS } from './rules'

/** The asker has been silent for days after an answer that others found good or the vendor confirmed. */
export function awaitingConfirmation() {
  const since = daysBefore(now(), SILENT_AFTER_DAYS).toISOString()
  return sql<boolean>`(${threads.acceptedPostId} is null and ${threads.answeredAt} <= ${since}::timestamptz and exists (select 1 from ${posts} good
    where good.thread_id = ${threads.id} and good.kind = 'answer' and good.hidden_by_decision_id is null and good.handle_id <> ${threads.handleId}
      and good.created_at <= ${since}::timestamptz and good.created_at >= coalesce(${threads.askerSaidAt}, ${threads.createdAt})
      and (good.score >= ${GOOD_SCORE} or exists (select 1 from answer_confirmations v where v.answer_id = good.id))))`
}
