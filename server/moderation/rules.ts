import type { Act } from './types'

/** One step further each time, in days. */
export const LADDER = ['1', '3', '7', '30'] as const

/** The step that is offered after so many suspensions; whoever decides may take another. */
export function nextStep(earlier: number): (typeof LADDER)[number] {
  return LADDER[Math.min(earlier, LADDER.length - 1)] ?? '30'
}

/** Everything but these four takes something from somebody. */
export const restricts = (act: Act) => !['restore', 'unlock', 'unsuspend', 'keep'].includes(act)

/** What gives back what an act took. */
export const lifts = { hide: 'restore', lock: 'unlock', suspend: 'unsuspend' } as const satisfies Partial<Record<Act, Act>>

/** The Digital Services Act asks for six months at least. The same day of the month, or the first after it: never a day less. */
export function sixMonthsAfter(moment: Date): Date {
  const later = new Date(moment)
  later.setUTCMonth(later.getUTCMonth() + 6)
  return later
}

/** Two weeks for somebody who was not there to read it all afresh. */
export const APPEAL_WORKING_DAYS = 10

const DAY = 86_400_000

/** For what a vendor disputes. */
export const DISPUTE_WORKING_DAYS = 5

/** The end of the day, in UTC, that is so many days from Monday to Friday after this one. A day on which something came does not count. */
export function workingDaysAfter(moment: Date, days: number): Date {
  let day = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate())
  for (let left = days; left > 0;) {
    day += DAY
    if (isWorkingDay(new Date(day))) left -= 1
  }
  return new Date(day + DAY - 1)
}

const isWorkingDay = (day: Date) => day.getUTCDay() !== 0 && day.getUTCDay() !== 6
