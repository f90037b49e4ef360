import type { HEALTH_MEASURES } from '~/db/kinds'
import type { MeasureStood, ReasonStood } from '~/db/schema'

export type Measure = (typeof HEALTH_MEASURES)[number]

/** By which the snapshots of a day were weighed. A change of what stands below is a new one; what was weighed by an old one stays. */
export const FORMULA = 1

/** How much each measure weighs, and after how many days what it knows is worth half. */
export const MEASURES: Record<Measure, { weight: number; halfLife: number }> = {
  commitments: { weight: 30, halfLife: 90 },
  active: { weight: 25, halfLife: 30 },
  roles: { weight: 20, halfLife: 90 },
  questions: { weight: 15, halfLife: 120 },
  recommendations: { weight: 10, halfLife: 365 },
}

/** The parts of a customer’s decision that a vendor has to be in touch with. */
export const PARTS = ['champion', 'economic-buyer'] as const
/** With less of the evidence than this, or with as many measures that know nothing new, there is no number. */
export const ENOUGH = 0.5
const TOO_MANY_STALE = 2
/** After so many half-lives a measure knows nothing new. */
const STALE_HALF_LIVES = 2
/** No account is healthier than this while its champion is gone or a commitment is long overdue. */
export const CAP = 50
const OVERDUE_DAYS = 30
const LEFT_DAYS = 365
/** Fewer than these are too few to speak of a fall. */
const ACTIVE_BEFORE = 4

export type HealthRow = {
  measure: Measure
  relationshipId: string | null
  contactId: string | null
  objectId: string | null
  part: string | null
  at: Date | null
  due: string | null
  n: number | null
  before: number | null
  good: boolean | null
}

export type Weighed = {
  /** 0 to 100; null where there is not enough evidence. */
  score: number | null
  /** How much of all that could be known is known, and how new it is: 0 to 1. */
  coverage: number
  measures: Record<Measure, MeasureStood>
  reasons: ReasonStood[]
}

const DAY = 86_400_000
const daysFrom = (then: Date | null, moment: Date) => (then ? Math.max(0, (moment.getTime() - then.getTime()) / DAY) : Infinity)
const daysFromDay = (day: string | null, moment: Date) => (day ? daysFrom(new Date(`${day}T00:00:00Z`), moment) : Infinity)
const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)
/** Whole days between two days of the calendar (UTC). */
const daysBetween = (day: string, moment: Date) => Math.round((Date.parse(dayOf(moment)) - Date.parse(day)) / DAY)

/** Whether a measure knows something that is not too old for it. */
export const isFresh = (measure: Measure, stood: MeasureStood): boolean =>
  stood !== null && stood.days <= STALE_HALF_LIVES * MEASURES[measure].halfLife

/**
 * How an account stands: Σ w·x·f ÷ Σ w·f over its measures, each between 0 and 100, where f = 0.5 ^ (age ÷ half-life) of the newest that a measure
 * knows; what it covers is Σ w·f ÷ Σ w over all five. A measure that goes missing therefore lowers what is known, and where less than half is, or two
 * measures know nothing new, there is no number in place of a better one.
 */
export function weigh(rows: HealthRow[], moment: Date): Weighed {
  const of = (measure: Measure) => rows.filter((row) => row.measure === measure)
  const measures: Weighed['measures'] = {
    commitments: shareOf(of('commitments'), moment),
    active: shareOf(of('active'), moment),
    roles: rolesCovered(of('roles'), moment),
    questions: shareOf(of('questions'), moment),
    recommendations: recommended(of('recommendations'), moment),
  }
  let [all, known, weighed] = [0, 0, 0]
  for (const [measure, { weight, halfLife }] of Object.entries(MEASURES) as [Measure, { weight: number; halfLife: number }][]) {
    const stood = measures[measure]
    all += weight
    if (!stood) continue
    const worth = weight * 0.5 ** (stood.days / halfLife)
    known += worth
    weighed += worth * stood.share
  }
  const coverage = known / all
  const reasons = reasonsIn(of('roles'), of('commitments'), of('active'), moment)
  const stale = (Object.keys(MEASURES) as Measure[]).filter((measure) => !isFresh(measure, measures[measure]))
  const enough = coverage >= ENOUGH && stale.length < TOO_MANY_STALE
  const capped = reasons.some(({ kind }) => caps(kind))
  const score = Math.round(weighed / known)
  return {
    score: enough ? (capped ? Math.min(score, CAP) : score) : null,
    coverage: Math.round(coverage * 1000) / 1000,
    measures,
    reasons,
  }
}

/** What keeps a number down, whatever the measures say. Fewer who are active is a reason to look, and lowers its measure by itself. */
export const caps = (kind: ReasonStood['kind']): boolean => kind !== 'fewer-active'

const youngest = (ages: number[]) => Math.min(Infinity, ...ages)
const stood = (share: number, of: number, days: number): MeasureStood =>
  of > 0 && Number.isFinite(days) ? { share: Math.round(share * 10) / 10, of, days: Math.round(days * 10) / 10 } : null

function shareOf(rows: HealthRow[], moment: Date): MeasureStood {
  const days = youngest(rows.map(({ at, due }) => (at ? daysFrom(at, moment) : daysFromDay(due, moment))))
  return stood((100 * rows.filter(({ good }) => good).length) / rows.length, rows.length, days)
}

/** Of the parts, how many are held by somebody who works there and was seen. That somebody left is known too, and covers nothing. */
function rolesCovered(rows: HealthRow[], moment: Date): MeasureStood {
  const covered = PARTS.filter((part) => rows.some((row) => row.part === part && row.good && row.at !== null))
  const days = youngest(rows.map(({ good, at, due }) => (good ? daysFrom(at, moment) : daysFromDay(due, moment))))
  return stood((100 * covered.length) / PARTS.length, PARTS.length, days)
}

/** From 1 against to 5 for. */
function recommended(rows: HealthRow[], moment: Date): MeasureStood {
  const share = rows.reduce((sum, { n }) => sum + ((n ?? 1) - 1) * 25, 0) / rows.length
  return stood(share, rows.length, youngest(rows.map(({ at }) => daysFrom(at, moment))))
}

function reasonsIn(roles: HealthRow[], commitments: HealthRow[], active: HealthRow[], moment: Date): ReasonStood[] {
  const champions = roles.filter(({ part }) => part === 'champion')
  const [left] = champions
    .filter(({ good, due }) => !good && due !== null && daysBetween(due, moment) <= LEFT_DAYS)
    .toSorted((one, other) => (other.due ?? '').localeCompare(one.due ?? ''))
  const [overdue] = commitments
    .filter(({ at, due }) => at === null && due !== null && daysBetween(due, moment) > OVERDUE_DAYS)
    .toSorted((one, other) => (one.due ?? '').localeCompare(other.due ?? ''))
  const [now, before] = [active.filter(({ n }) => (n ?? 0) > 0).length, active.filter((row) => (row.before ?? 0) > 0).length]
  return [
    ...(left?.due && !champions.some(({ good }) => good)
      ? [{ kind: 'champion-left' as const, about: left.objectId, figures: [daysBetween(left.due, moment)] }]
      : []),
    ...(overdue?.due
      ? [{ kind: 'commitment-overdue' as const, about: overdue.objectId, figures: [daysBetween(overdue.due, moment)] }]
      : []),
    ...(before >= ACTIVE_BEFORE && now <= before / 2 ? [{ kind: 'fewer-active' as const, about: null, figures: [before, now] }] : []),
  ]
}
