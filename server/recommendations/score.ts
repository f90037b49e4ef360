import {
  EVIDENCE_WEIGHTS,
  FEWEST_FOR_A_PRIOR,
  FEWEST_FOR_A_SCORE,
  FEWEST_IN_A_CUT,
  FEWEST_ORGANISATIONS,
  HALF_LIFE_MONTHS,
  PRIOR_VOICES,
  SOURCE_WEIGHTS,
  Z_90,
  type Evidence,
  type Source,
} from './weights'
import type { Split } from './types'

export type Five = [number, number, number, number, number]

/** How many of one month, source and evidence gave each of the five. `month` is 2026-11. */
export type Tally = { month: string; source: Source; evidence: Evidence; counts: Five }
export type Estimate = { estimate: number; low: number; high: number; n: number; voices: number }

const LEVELS = [1, 2, 3, 4, 5] as const
const none = (): Five => [0, 0, 0, 0, 0]
export const sum = (five: Five) => five.reduce((total, each) => total + each, 0)

export const monthOf = (at: Date) => at.toISOString().slice(0, 7)

/** Whole months between a month and a moment; what is dated ahead is new. */
export function monthsOld(month: string, at: Date): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return Math.max(0, (at.getUTCFullYear() - year) * 12 + at.getUTCMonth() + 1 - number)
}

export const recencyWeight = (months: number) => 0.5 ** (months / HALF_LIFE_MONTHS)

type Weighed = { source: Source; evidence: Evidence; month: string }

/** The factors of one recommendation, in the order in which they are said; its weight is their product. */
export function factorsOf({ source, evidence, month }: Weighed, at: Date) {
  const months = monthsOld(month, at)
  const factors = { source: SOURCE_WEIGHTS[source], evidence: EVIDENCE_WEIGHTS[evidence], recency: recencyWeight(months) }
  return { ...factors, months, weight: factors.source * factors.evidence * factors.recency }
}

/** The weight behind each of the five verdicts. */
export function weighed(tallies: Tally[], at: Date): Five {
  const five = none()
  for (const tally of tallies) {
    const { weight } = factorsOf(tally, at)
    for (const index of five.keys()) five[index] = (five[index] ?? 0) + weight * (tally.counts[index] ?? 0)
  }
  return five
}

export function counted(tallies: Tally[]): Five {
  const five = none()
  for (const { counts } of tallies) for (const index of five.keys()) five[index] = (five[index] ?? 0) + (counts[index] ?? 0)
  return five
}

/** How the whole portal spreads over the five, as shares. Equal shares while it has too few. */
export function priorOf(tallies: Tally[], at: Date): Five {
  if (sum(counted(tallies)) < FEWEST_FOR_A_PRIOR) return [0.2, 0.2, 0.2, 0.2, 0.2]
  const five = weighed(tallies, at)
  return five.map((each) => each / sum(five)) as Five
}

/**
 * The Bayesian mean (C·m + Σ w·r) / (C + Σ w), where C is PRIOR_VOICES and m the mean of the prior, with a 90% interval.
 *
 * Verdicts are draws from five levels with unknown shares. With a Dirichlet prior of `a` voices a level, the mean of the levels has
 * the posterior variance (Σ k²·aₖ/A − mean²) / (A + 1), where A = Σ aₖ; the interval is mean ± z·√variance, kept within 1 to 5.
 * Evan Miller, “Ranking Items With Star Ratings” (2014), https://www.evanmiller.org/ranking-items-with-star-ratings.html.
 * Weights below one make the interval wider, as fewer voices would.
 */
export function scoreOf(tallies: Tally[], prior: Five, at: Date): Estimate {
  const weights = weighed(tallies, at)
  const voices = weights.map((weight, index) => weight + PRIOR_VOICES * (prior[index] ?? 0)) as Five
  const all = sum(voices)
  const moment = (power: number) => LEVELS.reduce((total, level) => total + level ** power * (voices[level - 1] ?? 0), 0) / all
  const estimate = moment(1)
  const spread = Z_90 * Math.sqrt(Math.max(0, moment(2) - estimate ** 2) / (all + 1))
  return {
    estimate,
    low: Math.max(1, estimate - spread),
    high: Math.min(5, estimate + spread),
    n: sum(counted(tallies)),
    voices: sum(weights),
  }
}

export const enoughToScore = (n: number, organisations: number) => n >= FEWEST_FOR_A_SCORE && organisations >= FEWEST_ORGANISATIONS

/**
 * Of the parts of a whole those that may be shown: of five or more. What is left when they are taken from the whole is of none, or of five or
 * more as well; where it would not be, the fewest of them stay with it.
 */
export function shownOf<Part>(parts: Part[], countOf: (part: Part) => number): Part[] {
  const most = parts.toSorted((one, other) => countOf(other) - countOf(one))
  const shown = most.filter((part) => countOf(part) >= FEWEST_IN_A_CUT)
  const left = () => most.slice(shown.length).reduce((total, part) => total + countOf(part), 0)
  while (shown.length > 0 && left() > 0 && left() < FEWEST_IN_A_CUT) shown.pop()
  return parts.filter((part) => shown.includes(part))
}

/** How the verdicts spread in each quarter, the newest last; quarters without a word are left out. */
export function byQuarter(tallies: Tally[]): { quarter: string; counts: Five }[] {
  const quarters = new Map<string, Tally[]>()
  for (const tally of tallies) {
    const [year, month] = tally.month.split('-').map(Number)
    const quarter = `${year}-Q${Math.ceil((month ?? 1) / 3)}`
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), tally])
  }
  return [...quarters].sort(([one], [other]) => one.localeCompare(other)).map(([quarter, of]) => ({ quarter, counts: counted(of) }))
}

/** How many of each source, or of each kind of evidence, and how many of all the others. */
export function splitBy<K extends 'source' | 'evidence'>(tallies: Tally[], by: K): Split<Tally[K]> {
  const split = new Map<Tally[K], number>()
  for (const tally of tallies) split.set(tally[by], (split.get(tally[by]) ?? 0) + sum(tally.counts))
  const shown = shownOf([...split], ([, count]) => count)
  const rest = sum(counted(tallies)) - shown.reduce((total, [, count]) => total + count, 0)
  return { parts: Object.fromEntries(shown) as Split<Tally[K]>['parts'], rest }
}
