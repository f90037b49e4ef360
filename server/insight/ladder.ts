import type { LEVEL_ACTS } from '~/db/kinds'
import type { LevelReason } from '~/db/schema'

export type Act = (typeof LEVEL_ACTS)[number]
export type Weights = Record<Act, number>

/** What acts weigh where nobody has said otherwise. */
export const WEIGHTS: Weights = { asked: 3, answered: 4, proposed: 3, replied: 2, commented: 2, accepted: 6 }
export const REVIEW_MONTHS = 3
/** An act says something for a year. */
export const LOOK_BACK_DAYS = 365

/** So many active days in a period reach the first step, in two that follow each other the next, in three the last. */
export const PRESENCE = [
  { period: 'week', days: 2, steps: [4, 5, 6] },
  { period: 'month', days: 7, steps: [7, 8, 9] },
  { period: 'quarter', days: 30, steps: [10, 11, 12] },
] as const

export type Did = { day: string; act: Act }

const LEVELS = ['exploring', 'participating', 'contributing', 'leading'] as const

/** Of a step of 1 to 12: its level, and which of the three it is, from 3 up to 1. */
export function nameOf(step: number): { level: (typeof LEVELS)[number]; rung: 1 | 2 | 3 } {
  return { level: LEVELS[Math.ceil(step / 3) - 1] ?? 'exploring', rung: (3 - ((step - 1) % 3)) as 1 | 2 | 3 }
}

/**
 * How far somebody is at home, and why: the weightiest of their acts, or the longest run of active days, whichever reaches further; 0 without any.
 * The table is Orbit's of 2022: weights of 1 to 12 are its steps. That an answer was accepted is an act of its author's that another did: it weighs,
 * and makes no day an active one.
 */
export function levelOf(done: Did[], weightOf: (act: Act, day: string) => number): { step: number; reasons: LevelReason[] } {
  const acts = done
    .map(({ act, day }) => ({ kind: 'act' as const, act, weight: weightOf(act, day), day }))
    .toSorted((one, other) => other.weight - one.weight || other.day.localeCompare(one.day))
  const days = [...new Set(done.filter(({ act }) => act !== 'accepted').map(({ day }) => day))]
  const presence = PRESENCE.flatMap(({ period, days: needed, steps }): LevelReason[] => {
    const running = Math.min(3, longestRun(days.map(NUMBERED[period]), needed))
    const step = steps[running - 1]
    return step ? [{ kind: 'presence', period, days: needed, running, step }] : []
  })
  const reasons: LevelReason[] = [...acts.slice(0, 1), ...presence]
  return { step: Math.max(0, ...reasons.map((reason) => (reason.kind === 'act' ? reason.weight : reason.step))), reasons }
}

const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
/** Which week (from Monday), month or quarter of the calendar a day is in, so that the next one is one more. */
const NUMBERED = {
  week: (day: string) => Math.floor((Date.parse(day) / 86_400_000 + 3) / 7),
  month: monthOf,
  quarter: (day: string) => Math.floor(monthOf(day) / 3),
}

/** The most periods one after another that hold so many days each. */
function longestRun(periods: number[], needed: number): number {
  const counts = new Map<number, number>()
  for (const period of periods) counts.set(period, (counts.get(period) ?? 0) + 1)
  const full = [...counts].filter(([, days]) => days >= needed).map(([period]) => period)
  const runs = new Map<number, number>()
  for (const period of full.toSorted((one, other) => one - other)) runs.set(period, (runs.get(period - 1) ?? 0) + 1)
  return Math.max(0, ...runs.values())
}

/** The last day on or before this one on which levels are looked at again: the first of a month, of a quarter or of a year. */
export function reviewDayBefore(day: string, everyMonths: number): string {
  const month = Math.floor(monthOf(day) / everyMonths) * everyMonths
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
}

/** The next one after this day. */
export function reviewDayAfter(day: string, everyMonths: number): string {
  const month = (Math.floor(monthOf(day) / everyMonths) + 1) * everyMonths
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
}
