/** What the portal knows of somebody, as far as trust asks. `recent` looks back LOOKS_BACK_DAYS. */
export type TrustFacts = {
  confirmed: boolean
  /** Both sides confirmed that the person is a vendor's customer or partner. */
  verified: boolean
  threadsRead: number
  daysRead: number
  /** Answers of theirs that were accepted, marked or confirmed, and how many different people they helped. */
  answersTaken: number
  peopleHelped: number
  /** Answers or comments of theirs in so many threads. */
  threadsWrittenIn: number
  recentDaysRead: number
  recentThreadsRead: number
  recentThreadsWrittenIn: number
  /** What moderators removed of theirs, and did not restore. */
  recentlyRemoved: number
  recentlySuspended: boolean
}
export type Level = 0 | 1 | 2 | 3 | 4
export type Need = { fact: keyof TrustFacts; has: number; needs: number; met: boolean }

export const LOOKS_BACK_DAYS = 100
/** Whoever falls short keeps what they have for as long as a holiday. */
export const GRACE_DAYS = 14
/** What was earned once by reading and helping a little is kept for good. */
export const KEPT_FOR_GOOD: Level = 2

type AtLeast = Partial<Record<keyof TrustFacts, number>>
type Threshold = { atLeast: AtLeast; atMost?: AtLeast }

/** TABLE. What each level needs. A confirmed relationship stands for the reading: who is known to be a customer need not sit here for days. */
// prettier-ignore
export const LEVELS: Record<Exclude<Level, 0>, { byReading: Threshold; byRelationship?: Threshold }> = {
  1: { byReading:      { atLeast: { confirmed: 1, threadsRead: 5, daysRead: 2 } },
       byRelationship: { atLeast: { confirmed: 1, verified: 1 } } },
  2: { byReading:      { atLeast: { confirmed: 1, threadsRead: 20, daysRead: 15, threadsWrittenIn: 3, peopleHelped: 1 } },
       byRelationship: { atLeast: { confirmed: 1, verified: 1, peopleHelped: 1 } } },
  3: { byReading:      { atLeast: { confirmed: 1, threadsRead: 100, daysRead: 50, answersTaken: 5, peopleHelped: 5, recentDaysRead: 30, recentThreadsRead: 50, recentThreadsWrittenIn: 10 },
                         atMost:  { recentlyRemoved: 5, recentlySuspended: 0 } } },
  4: { byReading:      { atLeast: { confirmed: 1, threadsRead: 300, daysRead: 150, answersTaken: 25, peopleHelped: 15, recentDaysRead: 40, recentThreadsRead: 80, recentThreadsWrittenIn: 20 },
                         atMost:  { recentlyRemoved: 0, recentlySuspended: 0 } } },
}
const STEPS = [1, 2, 3, 4] as const

/** The level that the facts reach. Each stands on the one below. */
export function levelOf(facts: TrustFacts): Level {
  let reached: Level = 0
  for (const step of STEPS) {
    const { byReading, byRelationship } = LEVELS[step]
    if (!meets(facts, byReading) && !(byRelationship && meets(facts, byRelationship))) break
    reached = step
  }
  return reached
}

export type Standing = { level: Level; since: Date; shortSince: Date | null }

/**
 * From how somebody stood to how they stand. Up at once. Down only from what lies above the second level, after the days of
 * grace – but at once where moderators had to act: grace is for those who were away.
 */
export function movedTo(before: Standing, facts: TrustFacts, at: Date): Standing {
  const reached = levelOf(facts)
  if (reached > before.level) return { level: reached, since: at, shortSince: null }
  const floor = Math.max(reached, Math.min(before.level, KEPT_FOR_GOOD)) as Level
  if (floor === before.level) return { ...before, shortSince: null }
  const shortSince = before.shortSince ?? at
  const graceIsOver = at.getTime() - shortSince.getTime() >= GRACE_DAYS * 86_400_000
  if (!graceIsOver && !actedAgainst(facts, before.level)) return { ...before, shortSince }
  return { level: floor, since: at, shortSince: null }
}

/** What the next level asks by the way that is nearer, and how far somebody has come. Empty at the highest. */
export function needsOf(facts: TrustFacts, level: Level): Need[] {
  const next = STEPS.find((step) => step > level)
  if (!next) return []
  const { byReading, byRelationship } = LEVELS[next]
  const threshold = byRelationship && facts.verified ? byRelationship : byReading
  return [
    ...entries(threshold.atLeast).map(([fact, needs]) => ({ fact, needs, has: Number(facts[fact]), met: Number(facts[fact]) >= needs })),
    ...entries(threshold.atMost ?? {}).map(([fact, needs]) => ({
      fact,
      needs,
      has: Number(facts[fact]),
      met: Number(facts[fact]) <= needs,
    })),
  ]
}

function meets(facts: TrustFacts, { atLeast, atMost = {} }: Threshold): boolean {
  return (
    entries(atLeast).every(([fact, most]) => Number(facts[fact]) >= most) &&
    entries(atMost).every(([fact, most]) => Number(facts[fact]) <= most)
  )
}

function actedAgainst(facts: TrustFacts, level: Level): boolean {
  const { atMost = {} } = level === 0 ? {} : LEVELS[level].byReading
  return entries(atMost).some(([fact, most]) => Number(facts[fact]) > most)
}

const entries = (numbers: AtLeast) => Object.entries(numbers) as [keyof TrustFacts, number][]
