import type { Calendar, Span } from './types'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Holidays are fewer than this, and some weekday is open: nothing that is counted here lies further away. */
const FURTHEST_DAYS = 10 * 366

/** When so many open minutes have passed. A moment outside the hours counts from the next opening. */
export function dueAfter(calendar: Calendar, from: Date, openMinutes: number): Date {
  let left = openMinutes * MINUTE_MS
  for (const { opens, closes } of openings(calendar, from)) {
    const length = closes.getTime() - opens.getTime()
    if (left <= length) return new Date(opens.getTime() + left)
    left -= length
  }
  throw new RangeError('further than the calendar reaches')
}

/** Of what is promised, what is left when whoever has to keep it is warned. */
const LEFT_AT_WARNING = 0.25

/** By when so many open minutes have passed, and when to look at it next: at the warning, then when it is due. */
export function duesOf(
  { calendar, minutes, warnedAt }: { calendar: Calendar; minutes: number; warnedAt: Date | null },
  from: Date,
  left: number,
): { dueAt: Date; nextCheckAt: Date } {
  const dueAt = dueAfter(calendar, from, left)
  const untilWarning = left - minutes * LEFT_AT_WARNING
  return { dueAt, nextCheckAt: warnedAt || untilWarning <= 0 ? dueAt : dueAfter(calendar, from, untilWarning) }
}

/** How many open minutes lie between two moments; none where the second is the earlier one. */
export function openMinutesBetween(calendar: Calendar, from: Date, to: Date): number {
  let passed = 0
  for (const { opens, closes } of openings(calendar, from)) {
    if (opens >= to) break
    passed += Math.min(closes.getTime(), to.getTime()) - opens.getTime()
  }
  return passed / MINUTE_MS
}

/** Whether it is open, and what comes next: the closing or the opening. */
export function openAt(calendar: Calendar, moment: Date): { open: boolean; until: Date } {
  for (const { opens, closes } of openings(calendar, moment))
    if (closes > moment) return opens <= moment ? { open: true, until: closes } : { open: false, until: opens }
  throw new RangeError('further than the calendar reaches')
}

/** What is left of the opening at this moment, then one opening after the other. */
function* openings({ zone, hours, holidays }: Calendar, from: Date): Generator<{ opens: Date; closes: Date }> {
  const closed = new Set(holidays)
  const first = Math.floor(onTheWall(zone, from.getTime()) / DAY_MS)
  for (let day = first; day < first + FURTHEST_DAYS; day += 1) {
    if (closed.has(new Date(day * DAY_MS).toISOString().slice(0, 10))) continue
    for (const span of spansOf(hours, day)) {
      const [opens, closes] = span.map((minutes) => momentOf(zone, day * DAY_MS + minutes * MINUTE_MS)) as Span
      if (closes > opens && closes > from.getTime()) yield { opens: new Date(Math.max(opens, from.getTime())), closes: new Date(closes) }
    }
  }
}

/** The first day of all was a Thursday; the week begins on Monday. */
const spansOf = (hours: Span[][], day: number): Span[] => hours[(day + 3) % 7] ?? []

/**
 * The moment at which a clock on the wall says this, written as if the zone were UTC. What the wall says twice is meant the first time; what it
 * skips in spring is counted from before the skip, so that an opening at 02:30 is one at 03:30 on that day.
 */
function momentOf(zone: string, wall: number): number {
  const earlier = wall - aheadOf(zone, wall - DAY_MS)
  if (onTheWall(zone, earlier) === wall) return earlier
  const later = wall - aheadOf(zone, wall + DAY_MS)
  return onTheWall(zone, later) === wall ? later : earlier
}

const aheadOf = (zone: string, moment: number): number => onTheWall(zone, moment) - moment

const clocks = new Map<string, Intl.DateTimeFormat>()

function onTheWall(zone: string, moment: number): number {
  let clock = clocks.get(zone)
  if (!clock) {
    const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
    clocks.set(zone, (clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', calendar: 'gregory', ...digits })))
  }
  const parts = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((moment % 1000) + 1000) % 1000)
}
