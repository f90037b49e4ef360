import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { systemViewer, type Viewer } from '~/server/viewer'
import type { Act, FlagReason, Transparency } from './types'

type Row = {
  first: number | null
  notices: { reason: FlagReason; count: number }[] | null
  decisions: { act: Act; rule: string; count: number }[] | null
  detected: number
  automatic: number
  median_hours: number | null
  appeals: number
  upheld: number
  overturned: number
  warned: number
  silenced: number
  penalties_back: number
  suspended_here: number
  suspended_everywhere: number
  refused: number
}

/** It is read by everybody, and counts everything. */
const COUNTED_FOR_MS = 60_000
const counted = new Map<number, { at: number; page: Promise<Transparency> }>()

/** A year of moderation in numbers, each counted from the log itself, at most a minute ago. No year before the first decision, and none to come. */
export async function transparencyPage(viewer: Viewer, wanted: string | null): Promise<Transparency> {
  authorize(viewer, 'log.view', null)
  const thisYear = now().getUTCFullYear()
  const year = wanted === null ? thisYear : Number(wanted)
  if (!/^2\d{3}$/.test(String(wanted ?? thisYear)) || year > thisYear) throw new NotFound()
  const at = now().getTime()
  const before = counted.get(year)
  if (before && before.at <= at && at < before.at + COUNTED_FOR_MS) return before.page
  const page = countYear(year, thisYear)
  counted.set(year, { at, page })
  page.catch(() => counted.delete(year))
  return page
}

async function countYear(year: number, thisYear: number): Promise<Transparency> {
  const within = (moment: string) =>
    sql`${sql.raw(moment)} >= make_timestamptz(${year}, 1, 1, 0, 0, 0, 'UTC') and ${sql.raw(moment)} < make_timestamptz(${year + 1}, 1, 1, 0, 0, 0, 'UTC')`
  // The system counts what the viewer may not read row by row: who flagged, who appealed.
  const [row] = await transaction(systemViewer('transparency'), (tx) =>
    tx.execute<Row>(sql`
      with decided as (select * from decisions where ${within('decided_at')}),
        took as (select extract(epoch from d.decided_at - min(f.created_at)) / 3600 as hours from decided d join flags f on f.settled_by_decision_id = d.id group by d.id, d.decided_at)
      select (select extract(year from min(decided_at) at time zone 'UTC')::int from decisions) as first,
        (select jsonb_agg(jsonb_build_object('reason', reason, 'count', n) order by n desc, reason) from (select reason, count(*)::int as n from flags where ${within('created_at')} group by reason) x) as notices,
        (select jsonb_agg(jsonb_build_object('act', act, 'rule', rule, 'count', n) order by n desc, act, rule) from (select act, rule, count(*)::int as n from decided group by act, rule) x) as decisions,
        (select count(*)::int from decided where detected_automatically) as detected, (select count(*)::int from decided where decided_automatically) as automatic,
        (select percentile_cont(0.5) within group (order by hours) from took) as median_hours,
        (select count(*)::int from appeals where ${within('created_at')}) as appeals,
        (select count(*)::int from appeals where outcome = 'upheld' and ${within('decided_at')}) as upheld,
        (select count(*)::int from appeals where outcome = 'overturned' and ${within('decided_at')}) as overturned,
        (select count(*)::int from decided where act = 'warn') as warned, (select count(*)::int from decided where act = 'silence') as silenced,
        (select count(*)::int from decided where act in ('unwarn', 'unsilence', 'unsuspend')) as penalties_back,
        (select count(*)::int from decided where act = 'suspend' and community_id is not null) as suspended_here,
        (select count(*)::int from decided where act = 'suspend' and community_id is null) as suspended_everywhere,
        (select count(*)::int from moderation_chain where kind = 'refusal' and ${within('linked_at')}) as refused`),
  )
  const first = Math.min(row?.first ?? thisYear, thisYear)
  if (!row || year < first) throw new NotFound()
  const decisions = row.decisions ?? []
  return {
    year,
    years: Array.from({ length: thisYear - first + 1 }, (_, back) => thisYear - back),
    notices: row.notices ?? [],
    decisions,
    decided: decisions.reduce((sum, { count }) => sum + count, 0),
    detected: row.detected,
    automatic: row.automatic,
    medianHours: row.median_hours === null ? null : Math.round(Number(row.median_hours) * 10) / 10,
    appeals: { written: row.appeals, upheld: row.upheld, overturned: row.overturned },
    penalties: {
      ...{ warned: row.warned, silenced: row.silenced, takenBack: row.penalties_back },
      ...{ fromRooms: row.suspended_here, fromPortal: row.suspended_everywhere },
    },
    refused: row.refused,
  }
}
