const DAY_MS = 86_400_000
/** What a grant lasts when its giver says nothing else: long enough for one matter. */
export const USUAL_DAYS = 30
/** Nobody remembers what they agreed to longer ago than this. The database holds the same bound. */
export const LONGEST_MONTHS = 24
/** What was put off or refused is not asked again before this many days. */
export const ASK_AGAIN_DAYS = 90
/** From here on the page says how little is left. */
export const SOON_DAYS = 14

/** The last day that may be chosen, as 2028-11-21. */
export function latestDay(now: Date): string {
  const latest = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + LONGEST_MONTHS, 1))
  const lastOfMonth = new Date(Date.UTC(latest.getUTCFullYear(), latest.getUTCMonth() + 1, 0)).getUTCDate()
  latest.setUTCDate(Math.min(now.getUTCDate(), lastOfMonth))
  return dayOf(new Date(latest.getTime() - DAY_MS))
}

export function usualDay(now: Date): string {
  return dayIn(now, USUAL_DAYS)
}

export function dayIn(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() + days * DAY_MS))
}

/** A grant “until 1 March” holds through that day, in UTC. */
export function endOfDay(day: string): Date {
  return new Date(`${day}T23:59:59.000Z`)
}

/** Today counts; yesterday is past. Null when the day can be taken. */
export function wrongWithDay(day: string, now: Date): 'past' | 'tooFar' | null {
  if (day < dayOf(now) || endOfDay(day) <= now) return 'past'
  return day > latestDay(now) ? 'tooFar' : null
}

const MONTHS_UNTIL_OLD = 12

/** What was confirmed before this moment is old: whoever said it is asked whether it still holds. */
export function oldBefore(now: Date): Date {
  const before = new Date(now)
  before.setUTCMonth(before.getUTCMonth() - MONTHS_UNTIL_OLD)
  return before
}

export type GrantState = 'live' | 'later' | 'ended' | 'revoked'

export function stateOf(grant: { startsAt: Date; endsAt: Date; revokedAt: Date | null }, now: Date): GrantState {
  if (grant.revokedAt) return 'revoked'
  if (grant.endsAt <= now) return 'ended'
  return grant.startsAt > now ? 'later' : 'live'
}

/** How much of a grant's time is left, from 1 to 0, and in days. */
export function left(grant: { startsAt: Date; endsAt: Date }, now: Date): { share: number; days: number; soon: boolean } {
  const whole = grant.endsAt.getTime() - grant.startsAt.getTime()
  const rest = Math.max(0, grant.endsAt.getTime() - now.getTime())
  const days = Math.floor(rest / DAY_MS)
  return { share: Math.min(1, rest / whole), days, soon: days <= SOON_DAYS }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}
