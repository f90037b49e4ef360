import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { liveEvents, liveRooms } from '~/db/schema'
import { now } from './clock'

/** Who was away longer, or missed more, reads the page again. */
const KEPT_HOURS = 24
const MOST_MISSED = 100

export type Numbered = { seq: number; event: string }
/** What a page missed: one by one, or so much that it reads everything again. `seq` is how far the room has come. */
export type Missed = { seq: number; missed: Numbered[]; all: boolean }

/** The next number in each room; the same again for an event that was numbered there before. */
export async function numberIn(rooms: string[], event: { id: string; kind: string }): Promise<{ room: string; seq: number }[]> {
  const names = sql.join(
    [...new Set(rooms)].sort().map((room) => sql`(${room})`),
    sql`, `,
  )
  // In the order of their names everywhere, so that two events for the same rooms do not wait for each other.
  const rows = await db.execute<{ room: string; seq: string }>(sql`
    with bumped as (insert into live_rooms as it (room, seq) select named.room, 1 from (values ${names}) named(room) order by named.room
      on conflict (room) do update set seq = it.seq + 1 returning room, seq)
    insert into live_events as it (room, seq, event, interaction_id, created_at)
      select room, seq, ${event.kind}, ${event.id}::uuid, ${now().toISOString()}::timestamptz from bumped
      on conflict (room, interaction_id, event) do update set event = excluded.event returning room, seq`)
  return rows.map(({ room, seq }) => ({ room, seq: Number(seq) }))
}

/** Since number `since`; or, for a page that knows no number yet, whether anything happened within `agoMilliseconds`. */
export async function missedIn(room: string, since: number | null, agoMilliseconds = 0): Promise<Missed> {
  const recent = sql`${now().toISOString()}::timestamptz - make_interval(secs => ${agoMilliseconds / 1000})`
  const [[reached], missed] = await Promise.all([
    db.select({ seq: liveRooms.seq }).from(liveRooms).where(eq(liveRooms.room, room)),
    db
      .select({ seq: liveEvents.seq, event: liveEvents.event })
      .from(liveEvents)
      .where(and(eq(liveEvents.room, room), since === null ? gt(liveEvents.createdAt, recent) : gt(liveEvents.seq, since)))
      .orderBy(asc(liveEvents.seq))
      .limit(MOST_MISSED + 1),
  ])
  const seq = Math.max(reached?.seq ?? 0, missed.at(-1)?.seq ?? 0)
  if (since === null) return { seq, missed: [], all: missed.length > 0 }
  const forgotten = seq !== since && missed[0]?.seq !== since + 1
  const all = forgotten || missed.length > MOST_MISSED
  return { seq, missed: all ? [] : missed, all }
}

export async function forgetLiveEvents(): Promise<void> {
  await db.delete(liveEvents).where(lt(liveEvents.createdAt, new Date(now().getTime() - KEPT_HOURS * 3_600_000)))
}
