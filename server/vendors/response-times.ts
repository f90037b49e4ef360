import { sql } from 'drizzle-orm'
import { communities, vendors } from '~/db/schema'
import { FEWEST_ANSWERED, hoursInOrder } from './rules'

export type Question = { hours: number | null; accepted: boolean }

/** What was asked in the open rooms of a vendor over the last half year. Closed rooms are left out, so that the figures say nothing of them and are the same for everybody. */
export const questionsOfLate = sql<Question[]>`(select coalesce(json_agg(late), '[]') from (
    select extract(epoch from (select min(p.created_at) from posts p where p.thread_id = t.id and p.kind = 'answer' and p.hidden_by_decision_id is null) - t.created_at) / 3600 as hours,
      t.accepted_post_id is not null as accepted
    from ${communities} c cross join lateral (
      select * from threads q where q.community_id = c.id and q.kind = 'question' and q.hidden_by_decision_id is null and q.stands_in_id is null
        and q.created_at > now() - interval '180 days' order by q.created_at desc limit 500) t
    where c.host_vendor_id = ${vendors}.id and c.access = 'open'
    order by t.created_at desc limit 500) late)`

/** How soon the first answer comes. Null until enough has been answered. */
export function responseTimes(rows: Question[]) {
  const answered = rows.flatMap((row) => (row.hours === null ? [] : [Number(row.hours)]))
  if (answered.length < FEWEST_ANSWERED) return null
  return {
    ...hoursInOrder(answered),
    answered: answered.length,
    asked: rows.length,
    solvedShare: rows.filter((row) => row.accepted).length / rows.length,
    unansweredShare: (rows.length - answered.length) / rows.length,
  }
}
