import type { DISCOUNT_DAYS } from './input'
import type { Act } from './types'

/** What stands against somebody weighs for so long. */
export const LADDER_MONTHS = 12
/** After a first warning: to read and vote and not to write, for so many days. */
export const SILENCES = ['1', '7', '30'] as const
/** After that: one step further each time, in days. */
export const SUSPENSIONS = ['1', '3', '7', '30'] as const

export type Standing = { warned: number; silenced: number; suspended: number }
export type Step = { act: 'warn' | 'silence' | 'suspend'; days: string }

/** The step that is proposed after what stands; whoever decides may take another. */
export function nextStep({ warned, silenced, suspended }: Standing): Step {
  // Who was silenced without a warning has had one.
  const taken = (silenced > 0 ? Math.max(warned, 1) : warned) + silenced
  if (suspended > 0 || taken > SILENCES.length)
    return { act: 'suspend', days: SUSPENSIONS[Math.min(suspended, SUSPENSIONS.length - 1)] ?? '30' }
  return taken === 0 ? { act: 'warn', days: '' } : { act: 'silence', days: SILENCES[taken - 1] ?? '30' }
}

/** Fewer decided reports than this show no habit. */
export const REPORTS_DECIDED = 10
/** Whoever is wrong less often than four times in five has found something worth reading. */
export const UNFOUNDED_SHARE = 0.8
/** What was reported longer ago tells nothing of today. */
export const REPORTS_DAYS = 180
export type Reports = { decided: number; unfounded: number }

/** Proposed to a person, and never taken by itself. */
export const oftenUnfounded = ({ decided, unfounded }: Reports) => decided >= REPORTS_DECIDED && unfounded >= decided * UNFOUNDED_SHARE

/** A warning comes first; then thirty days, then ninety. */
export function stepForReporter({ warned, discounted }: { warned: number; discounted: number }): {
  act: 'warn-reporter' | 'discount-reporter'
  days: (typeof DISCOUNT_DAYS)[number]
} {
  if (warned + discounted === 0) return { act: 'warn-reporter', days: '30' }
  return { act: 'discount-reporter', days: discounted === 0 ? '30' : '90' }
}

/** Everything but these seven takes something from somebody. */
export const restricts = (act: Act) => !['restore', 'unlock', 'unwarn', 'unsilence', 'unsuspend', 'keep', 'trust-reporter'].includes(act)

/** What gives back what an act took. */
export const lifts = {
  hide: 'restore',
  lock: 'unlock',
  warn: 'unwarn',
  silence: 'unsilence',
  suspend: 'unsuspend',
  'warn-reporter': 'trust-reporter',
  'discount-reporter': 'trust-reporter',
} as const satisfies Partial<Record<Act, Act>>

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
