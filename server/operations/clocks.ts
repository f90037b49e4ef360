import { and, eq, isNull, lte, sql, type SQLWrapper } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { businessCalendars, caseClockPauses, caseClocks, caseMessages } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { calendarNow } from './calendars'
import { checkDue } from './due'
import { duesOf, openMinutesBetween } from './open-time'
import { targetsNow } from './targets-now'
import type { Calendar } from './types'

type Target = (typeof caseClocks.$inferSelect)['target']
type Turn = 'waiting-vendor' | 'waiting-asker' | 'closed'
type Clock = typeof caseClocks.$inferSelect & { calendar: Calendar }

const CLOCKS_SHOWN = 10

/**
 * Whose turn it is in a case from now on. What the vendor promised starts with the asker’s words, stands still while the vendor waits
 * for them, and ends with its answer or with the case. Counted by the hours that held when it started.
 */
export async function turnClocks(tx: Tx, { caseId, vendorId }: { caseId: string; vendorId: string }, to: Turn): Promise<void> {
  const running = await runningIn(tx, caseId)
  const at = now()
  for (const clock of running)
    if (to === 'closed') await end(tx, clock, at)
    else if (to === 'waiting-asker') await (clock.target === 'resolution' ? pause(tx, clock, at) : end(tx, clock, at))
    else await resume(tx, clock, at)
  if (to === 'waiting-vendor') await startMissing(tx, { caseId, vendorId }, new Set(running.map(({ target }) => target)), at)
}

async function runningIn(tx: Tx, caseId: string): Promise<Clock[]> {
  const rows = await tx
    .select({ clock: caseClocks, zone: businessCalendars.zone, hours: businessCalendars.hours, holidays: businessCalendars.holidays })
    .from(caseClocks)
    .innerJoin(businessCalendars, eq(businessCalendars.id, caseClocks.calendarId))
    .where(and(eq(caseClocks.caseId, caseId), isNull(caseClocks.endedAt)))
    .for('update', { of: caseClocks })
  return rows.map(({ clock, ...calendar }) => ({ ...clock, calendar }))
}

async function startMissing(tx: Tx, it: { caseId: string; vendorId: string }, running: Set<Target>, at: Date): Promise<void> {
  const targets = await targetsNow(tx, it.vendorId)
  const calendar = targets && (await calendarNow(tx, it.vendorId))
  if (!calendar) return
  const answers: Target[] = running.has('first') || running.has('next') ? [] : [(await answeredIn(tx, it.caseId)) ? 'next' : 'first']
  for (const target of [...answers, 'resolution' as const]) {
    const minutes = targets[target]
    if (running.has(target) || minutes === null) continue
    await tx.insert(caseClocks).values({
      ...{ id: newId(), ...it, target, targetsId: targets.targetsId, calendarId: calendar.calendarId, minutes, startedAt: at },
      ...duesOf({ calendar, minutes, warnedAt: null }, at, minutes),
    })
  }
}

async function answeredIn(tx: Tx, caseId: string): Promise<boolean> {
  const [answer] = await tx
    .select({ id: caseMessages.id })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, caseId), eq(caseMessages.side, 'vendor')))
    .limit(1)
  return answer !== undefined
}

async function pause(tx: Tx, clock: Clock, at: Date): Promise<void> {
  if (clock.pausedAt) return
  await tx
    .update(caseClocks)
    .set({ pausedAt: at, ...missedBy(clock, at) })
    .where(eq(caseClocks.id, clock.id))
  await tx.insert(caseClockPauses).values({ id: newId(), clockId: clock.id, reason: 'waiting-asker', startedAt: at })
}

/** What was left when it was paused is left now. What was missed stays missed. */
async function resume(tx: Tx, clock: Clock, at: Date): Promise<void> {
  if (!clock.pausedAt) return
  const dues = clock.missedAt ? {} : duesOf(clock, at, openMinutesBetween(clock.calendar, clock.pausedAt, clock.dueAt))
  await tx
    .update(caseClocks)
    .set({ pausedAt: null, ...dues })
    .where(eq(caseClocks.id, clock.id))
  await endPause(tx, clock, at)
}

async function end(tx: Tx, clock: Clock, at: Date): Promise<void> {
  await tx
    .update(caseClocks)
    .set({ endedAt: at, pausedAt: null, ...(clock.pausedAt ? {} : missedBy(clock, at)) })
    .where(eq(caseClocks.id, clock.id))
  if (clock.pausedAt) await endPause(tx, clock, at)
}

const missedBy = ({ missedAt, dueAt }: Clock, at: Date) => (missedAt === null && at > dueAt ? { missedAt: dueAt } : {})

const endPause = (tx: Tx, clock: Clock, at: Date) =>
  tx
    .update(caseClockPauses)
    .set({ endedAt: at })
    .where(and(eq(caseClockPauses.clockId, clock.id), isNull(caseClockPauses.endedAt)))

/** Every minute: marks what is due soon, and what was missed. */
export async function checkClocks(): Promise<void> {
  const { id: clockId, caseId, vendorId, dueAt } = caseClocks
  await checkDue('check-clocks', {
    claim: (tx, at, most) =>
      tx
        .select({ clockId, caseId, vendorId, dueAt })
        .from(caseClocks)
        .where(and(isNull(caseClocks.endedAt), isNull(caseClocks.pausedAt), isNull(caseClocks.missedAt), lte(caseClocks.nextCheckAt, at)))
        .orderBy(caseClocks.nextCheckAt)
        .limit(most)
        .for('update', { skipLocked: true }),
    mark: (tx, one, how) => tx.update(caseClocks).set(how).where(eq(clockId, one.clockId)),
    tell: (tx, job, { dueAt: _, ...about }, missed) =>
      missed ? record(tx, job, 'clock.missed', about) : record(tx, job, 'clock.warned', about),
  })
}

export type ClockShown = {
  clockId: string
  target: Target
  minutes: number
  dueAt: string
  pausedAt: string | null
  warnedAt: string | null
  missedAt: string | null
  endedAt: string | null
  zone: string
  pauses: { from: string; until: string | null; reason: 'waiting-asker' }[]
}

/** What is promised in a case, the newest first, with when it stood still: for whoever of its two sides reads. */
export async function clocksOf(tx: Tx, caseId: string): Promise<ClockShown[]> {
  const [row] = await tx.execute<{ clocks: ClockShown[] | null }>(sql`select json_agg(json_build_object('clockId', c.id, 'target', c.target,
      'minutes', c.minutes, 'dueAt', c.due_at, 'pausedAt', c.paused_at, 'warnedAt', c.warned_at, 'missedAt', c.missed_at, 'endedAt', c.ended_at,
      'zone', (select b.zone from business_calendars b where b.id = c.calendar_id),
      'pauses', coalesce((select json_agg(json_build_object('from', p.started_at, 'until', p.ended_at, 'reason', p.reason) order by p.started_at)
        from case_clock_pauses p where p.clock_id = c.id), '[]'::json)) order by c.started_at desc, c.target) as clocks
    from (select * from case_clocks where case_id = ${caseId} order by started_at desc, id desc limit ${CLOCKS_SHOWN}) c`)
  return row?.clocks ?? []
}

/** By when something is due in a case, first of all; null where nothing is, or where it stands still. A column for lists of cases. */
export const firstDueIn = (caseId: SQLWrapper) =>
  sql<Date | null>`(select min(k.due_at) from case_clocks k where k.case_id = ${caseId} and k.ended_at is null and k.paused_at is null)`.mapWith(
    caseClocks.dueAt,
  )
