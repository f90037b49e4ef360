import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { reputationEntries } from '~/db/schema'
import { ALL_TIME, countedOfDay, dayOf, monthOf } from './rules'

/** Somebody's row has changed, of this moment. */
export type Touched = { handleId: string; communityId: string; at: Date }

const DAY = 86_400_000

/** What counts of each touched day, and with it the sums of its rooms, of the month and of all time. */
export async function recountDays(tx: Tx, touched: Touched[]): Promise<void> {
  const days = new Map(touched.map(({ handleId, at }) => [`${handleId} ${dayOf(at)}`, { handleId, day: dayOf(at) }]))
  const sums = new Map<string, { handleId: string; communityId: string; month: string }>()
  const sumOf = ({ handleId, communityId, at }: Touched) => {
    const month = monthOf(at)
    sums.set(`${handleId} ${communityId} ${month}`, { handleId, communityId, month })
  }
  touched.forEach(sumOf)
  for (const { handleId, day } of days.values()) {
    const from = new Date(`${day}T00:00:00Z`)
    const rows = await tx
      .select()
      .from(reputationEntries)
      .where(
        and(
          eq(reputationEntries.handleId, handleId),
          gte(reputationEntries.earnedAt, from),
          lt(reputationEntries.earnedAt, new Date(from.getTime() + DAY)),
        ),
      )
    const counted = countedOfDay(rows.map((row) => ({ ...row, takenBack: row.takenBackAt !== null })))
    const changed = rows.filter(({ id, counted: before }) => before !== counted.get(id))
    await keepCounted(
      tx,
      changed.map(({ id }) => [id, counted.get(id) ?? 0]),
    )
    for (const { communityId, earnedAt } of changed) sumOf({ handleId, communityId, at: earnedAt })
  }
  for (const sum of sums.values()) await addUp(tx, sum)
}

async function keepCounted(tx: Tx, rows: [id: string, counted: number][]) {
  if (rows.length === 0) return
  await tx.execute(sql`
    update reputation_entries e set counted = it.counted
    from json_to_recordset(${JSON.stringify(rows.map(([id, counted]) => ({ id, counted })))}::json) it (id uuid, counted smallint) where e.id = it.id`)
}

async function addUp(tx: Tx, { handleId, communityId, month }: { handleId: string; communityId: string; month: string }) {
  const keep = (period: string, sum: SQL) =>
    tx.execute(sql`
      insert into reputation_sums (community_id, period, handle_id, points) select ${communityId}::uuid, ${period}, ${handleId}::uuid, coalesce((${sum}), 0)::int
      on conflict (community_id, period, handle_id) do update set points = excluded.points`)
  const theirs = sql`handle_id = ${handleId}::uuid and community_id = ${communityId}::uuid`
  const [from, until] = [`${month}-01T00:00:00Z`, nextMonth(month)]
  await keep(
    month,
    sql`select sum(counted) from reputation_entries where ${theirs} and earned_at >= ${from}::timestamptz and earned_at < ${until}::timestamptz`,
  )
  await keep(ALL_TIME, sql`select sum(points) from reputation_sums where ${theirs} and period <> ${ALL_TIME}`)
}

function nextMonth(month: string): string {
  const first = new Date(`${month}-01T00:00:00Z`)
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1)).toISOString()
}
