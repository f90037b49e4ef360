import { sql } from 'drizzle-orm'
import { now } from '~/server/platform/clock'
import type { WaitingDisputes } from './types'

/** So many stand above the queue; as they are decided, the next come up. */
const MOST_SHOWN = 20
const MOST_COUNTED = 100

export type FoundDispute = { id: string; headline: string; vendor: string; due: string; answered: boolean; waiting: number }

/** Those that wait, the first to be due first, as a query. */
export const DISPUTES_WAITING = sql`
  select s.recommendation_id as id, r.headline, v.name as vendor, s.due_at::text as due,
    exists (select 1 from dispute_words w where w.dispute_id = s.id and w.side = 'author') as answered,
    (select count(*)::int from (select 1 from disputes o where o.outcome is null order by o.due_at, o.id limit ${MOST_COUNTED}) counted) as waiting
  from (select * from disputes where outcome is null order by due_at, id limit ${MOST_SHOWN}) s
    join recommendations r on r.id = s.recommendation_id join vendors v on v.id = s.vendor_id order by s.due_at, s.id`

export function shownDisputes(found: FoundDispute[]): WaitingDisputes {
  return {
    waiting: found[0]?.waiting ?? 0,
    rows: found.map(({ id, headline, vendor, due, answered }) => ({
      ...{ id, headline, vendor, answered },
      dueAt: new Date(due),
      overdue: new Date(due) < now(),
    })),
  }
}
