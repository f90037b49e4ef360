import { getTableColumns, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { reputationEntries } from '~/db/schema'
import { ALL_TIME, countedOfDay, dayOf, monthOf } from './rules'

/** Somebody's row has changed, of this moment. */
export type Touched = { handleId: string; communityId: string; at: Date }
type Sum = { handle_id: string; community_id: string; month: string; starts: string; ends: string }

/** What counts of each touched day, and with it the sums of its rooms, of the month and of all time. */
export async function recountDays(tx: Tx, touched: Touched[]): Promise<void> {
  if (touched.length === 0) return
  const days = new Map<string, (typeof reputationEntries.$inferSelect)[]>()
  for (const row of await ofTheSameDays(tx, touched)) {
    const key = dayKey(row.handleId, row.earnedAt)
    const day = days.get(key)
    if (day) day.push(row)
    else days.set(key, [row])
  }
  const changed = [...days.values()].flatMap((rows) => {
    const counted = countedOfDay(rows.map((row) => ({ ...row, takenBack: row.takenBackAt !== null })))
    return rows.flatMap((row) => (row.counted === counted.get(row.id) ? [] : [{ ...row, counted: counted.get(row.id) ?? 0 }]))
  })
  await keepCounted(tx, changed)
  await addUp(tx, [...touched, ...changed.map(({ handleId, communityId, earnedAt }) => ({ handleId, communityId, at: earnedAt }))])
}

const dayKey = (handleId: string, at: Date) => `${handleId} ${dayOf(at)}`

async function ofTheSameDays(tx: Tx, touched: Touched[]) {
  const days = new Map(touched.map(({ handleId, at }) => [dayKey(handleId, at), { handle_id: handleId, starts: `${dayOf(at)}T00:00:00Z` }]))
  return tx
    .select(getTableColumns(reputationEntries))
    .from(reputationEntries)
    .innerJoin(
      sql`json_to_recordset(${JSON.stringify([...days.values()])}::json) day (handle_id uuid, starts timestamptz)`,
      sql`${reputationEntries.handleId} = day.handle_id and ${reputationEntries.earnedAt} >= day.starts and ${reputationEntries.earnedAt} < day.starts + interval '24 hours'`,
    )
}

async function keepCounted(tx: Tx, rows: { id: string; counted: number }[]) {
  if (rows.length === 0) return
  await tx.execute(sql`
    update reputation_entries e set counted = it.counted
    from json_to_recordset(${JSON.stringify(rows.map(({ id, counted }) => ({ id, counted })))}::json) it (id uuid, counted smallint) where e.id = it.id`)
}

async function addUp(tx: Tx, touched: Touched[]) {
  const sums = [...new Map(touched.map(sumOf).map((sum) => [`${sum.handle_id} ${sum.community_id} ${sum.month}`, sum])).values()]
  const concerned = sql`json_to_recordset(${JSON.stringify(sums)}::json) it (handle_id uuid, community_id uuid, month text, starts timestamptz, ends timestamptz)`
  await tx.execute(sql`
    insert into reputation_sums (community_id, period, handle_id, points)
    select it.community_id, it.month, it.handle_id, coalesce((select sum(e.counted) from reputation_entries e
      where e.handle_id = it.handle_id and e.community_id = it.community_id and e.earned_at >= it.starts and e.earned_at < it.ends), 0)::int
    from ${concerned}
    on conflict (community_id, period, handle_id) do update set points = excluded.points`)
  await tx.execute(sql`
    insert into reputation_sums (community_id, period, handle_id, points)
    select it.community_id, ${ALL_TIME}, it.handle_id, (select coalesce(sum(s.points), 0) from reputation_sums s
      where s.handle_id = it.handle_id and s.community_id = it.community_id and s.period <> ${ALL_TIME})::int
    from (select distinct community_id, handle_id from ${concerned}) it
    on conflict (community_id, period, handle_id) do update set points = excluded.points`)
}

function sumOf({ handleId, communityId, at }: Touched): Sum {
  const month = monthOf(at)
  const starts = new Date(`${month}-01T00:00:00Z`)
  const ends = new Date(Date.UTC(starts.getUTCFullYear(), starts.getUTCMonth() + 1, 1))
  return { handle_id: handleId, community_id: communityId, month, starts: starts.toISOString(), ends: ends.toISOString() }
}
