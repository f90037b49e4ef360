import { expect, test } from 'vitest'
import {
  byQuarter,
  counted,
  enoughToScore,
  factorsOf,
  monthOf,
  priorOf,
  scoreOf,
  shownOf,
  weighed,
  type Five,
  type Tally,
} from '~/server/recommendations/score'
import { EVIDENCE_WEIGHTS, SOURCE_WEIGHTS, type Evidence, type Source } from '~/server/recommendations/weights'

const AT = new Date('2026-11-22T12:00:00Z')
const EVEN: Five = [0.2, 0.2, 0.2, 0.2, 0.2]
const SOURCES = Object.keys(SOURCE_WEIGHTS) as Source[]
const EVIDENCE = Object.keys(EVIDENCE_WEIGHTS) as Evidence[]

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function numbers(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Given = { verdict: number; source: Source; evidence: Evidence; month: string }
const tallies = (given: Given[]): Tally[] =>
  given.map(({ verdict, ...rest }) => ({ ...rest, counts: EVEN.map((_, index) => (index === verdict - 1 ? 1 : 0)) as Five }))
const score = (given: Given[], prior = EVEN) => scoreOf(tallies(given), prior, AT)

function someone(next: () => number): Given {
  const of = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T
  const month = monthOf(new Date(AT.getTime() - Math.floor(next() * 1500) * 86_400_000))
  return { verdict: 1 + Math.floor(next() * 5), source: of(SOURCES), evidence: of(EVIDENCE), month }
}

/** Eighty crowds, none to sixty people each. */
function* crowds(): Generator<{ crowd: Given[]; next: () => number }> {
  for (let seed = 1; seed <= 80; seed += 1) {
    const next = numbers(seed)
    yield { crowd: Array.from({ length: Math.floor(next() * 61) }, () => someone(next)), next }
  }
}
const NEARLY = 1e-9

test('a score stays between 1 and 5, within its interval, and the interval within the scale', () => {
  for (const { crowd } of crowds()) {
    const { estimate, low, high, n } = score(crowd)
    expect(1 <= low && low <= estimate && estimate <= high && high <= 5).toBe(true)
    expect(n).toBe(crowd.length)
  }
})

test('the order in which they were written does not matter', () => {
  for (const { crowd, next } of crowds()) {
    const shuffled = crowd
      .map((one) => ({ one, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one)
    const [one, other] = [score(crowd), score(shuffled)]
    expect(Math.abs(one.estimate - other.estimate)).toBeLessThan(NEARLY)
    expect(Math.abs(one.high - other.high)).toBeLessThan(NEARLY)
  }
})

test('whoever thinks better of it never lowers the score, nor does one more who is glad', () => {
  for (const { crowd, next } of crowds()) {
    const before = score(crowd).estimate
    const glad = { ...someone(next), verdict: 5 }
    expect(score([...crowd, glad]).estimate).toBeGreaterThanOrEqual(before - NEARLY)
    expect(score([...crowd, { ...glad, verdict: 1 }]).estimate).toBeLessThanOrEqual(before + NEARLY)
    const at = Math.floor(next() * crowd.length)
    const better = crowd.map((one, index) => (index === at ? { ...one, verdict: Math.min(5, one.verdict + 1) } : one))
    expect(score(better).estimate).toBeGreaterThanOrEqual(before - NEARLY)
  }
})

test('one more praise that the vendor picked or paid for never beats an organic one of the same', () => {
  for (const { crowd, next } of crowds()) {
    const praise = { ...someone(next), verdict: 5 }
    const organic = score([...crowd, { ...praise, source: 'organic' }]).estimate
    for (const source of ['hand-picked', 'incentivised', 'whole-list'] as const)
      expect(score([...crowd, { ...praise, source }]).estimate).toBeLessThanOrEqual(organic + NEARLY)
  }
})

test('better evidence moves the score further, towards what was said', () => {
  for (const { crowd, next } of crowds()) {
    const glad = { ...someone(next), verdict: 5 }
    const by = EVIDENCE.map((evidence) => score([...crowd, { ...glad, evidence }]).estimate)
    expect(by.every((each, index) => index === 0 || each <= (by[index - 1] ?? 0) + NEARLY)).toBe(true)
  }
})

test('after eighteen months a recommendation counts half, after thirty-six a quarter', () => {
  const weight = (month: string) => factorsOf({ source: 'organic', evidence: 'relationship', month }, AT).weight
  expect(weight('2026-11')).toBe(1)
  expect(weight('2027-01')).toBe(1)
  expect(weight('2025-05')).toBeCloseTo(0.5, 12)
  expect(weight('2023-11')).toBeCloseTo(0.25, 12)
  expect(factorsOf({ source: 'hand-picked', evidence: 'self-declared', month: '2025-05' }, AT)).toMatchObject({
    source: 0.5,
    evidence: 0.5,
    months: 18,
  })
  expect(factorsOf({ source: 'hand-picked', evidence: 'self-declared', month: '2025-05' }, AT).weight).toBeCloseTo(0.125, 12)
})

test('the score is the named formula, worked by hand', () => {
  const five = Array.from({ length: 12 }, (): Given => ({ verdict: 5, source: 'organic', evidence: 'relationship', month: '2026-11' }))
  const it = score(five)
  expect(it.estimate).toBeCloseTo((8 * 3 + 12 * 5) / 20, 12)
  // Σ k²·a/A = (1.6·55 + 12·25) / 20 = 19.4; variance (19.4 − 4.2²) / 21.
  expect(it.low).toBeCloseTo(4.2 - 1.6449 * Math.sqrt((19.4 - 17.64) / 21), 9)
  expect(it.high).toBeCloseTo(4.2 + 1.6449 * Math.sqrt((19.4 - 17.64) / 21), 9)
  expect(it.voices).toBe(12)
})

test('what weighs less says less surely', () => {
  const said = (evidence: Evidence) =>
    score([1, 3, 4, 4, 5, 5, 5, 2].map((verdict) => ({ verdict, source: 'organic', evidence, month: '2026-10' })))
  const [sure, unsure] = [said('relationship'), said('self-declared')]
  expect(unsure.high - unsure.low).toBeGreaterThan(sure.high - sure.low)
})

test('no number below five, nor below three organisations', () => {
  expect([enoughToScore(4, 4), enoughToScore(5, 2), enoughToScore(5, 3)]).toEqual([false, false, true])
})

test('a young portal expects nothing; a grown one expects its own spread', () => {
  expect(
    priorOf(
      tallies(Array.from({ length: 49 }, () => ({ verdict: 5, source: 'organic', evidence: 'relationship', month: '2026-11' }) as Given)),
      AT,
    ),
  ).toEqual(EVEN)
  const fifty = priorOf([{ month: '2026-11', source: 'organic', evidence: 'relationship', counts: [5, 5, 0, 20, 20] }], AT)
  expect(fifty).toEqual([0.1, 0.1, 0, 0.4, 0.4])
})

test('the quarters add up to the whole', () => {
  for (const { crowd } of crowds()) {
    const quarters = byQuarter(tallies(crowd))
    expect(quarters.map(({ quarter }) => quarter)).toEqual(quarters.map(({ quarter }) => quarter).toSorted())
    expect(counted(quarters.map(({ counts }) => ({ counts }) as Tally))).toEqual(counted(tallies(crowd)))
    expect(weighed(tallies(crowd), AT).every((weight, index) => weight <= (counted(tallies(crowd))[index] ?? 0) + NEARLY)).toBe(true)
  }
})

test('no part is shown of fewer than five, and what is left when the parts are taken from the whole is not of fewer either', () => {
  const next = numbers(11)
  const sum = (counts: number[]) => counts.reduce((total, each) => total + each, 0)
  for (let at = 0; at < 400; at += 1) {
    const parts = Array.from({ length: Math.floor(next() * 7) }, () => Math.floor(next() * 12))
    const shown = shownOf(
      parts.map((count, index) => ({ count, index })),
      ({ count }) => count,
    )
    expect(shown.every(({ count }) => count >= 5)).toBe(true)
    expect(shown.map(({ index }) => index)).toEqual(shown.map(({ index }) => index).toSorted((one, other) => one - other))
    const left = sum(parts) - sum(shown.map(({ count }) => count))
    if (shown.length > 0) expect(left === 0 || left >= 5).toBe(true)
    // Nothing is kept back that need not be.
    if (parts.every((count) => count === 0 || count >= 5)) expect(left).toBe(0)
  }
})
