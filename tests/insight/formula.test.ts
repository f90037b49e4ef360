import { expect, test } from 'vitest'
import { MEASURES, weigh, type HealthRow, type Measure } from '~/server/insight/formula'

const moment = new Date('2027-03-01T06:00:00Z')
const ago = (days: number) => new Date(moment.getTime() - days * 86_400_000)
const dayAgo = (days: number) => ago(days).toISOString().slice(0, 10)
const row = (measure: Measure, over: Partial<HealthRow> = {}): HealthRow => ({
  ...{
    measure,
    relationshipId: null,
    contactId: null,
    objectId: null,
    part: null,
    at: ago(0),
    due: null,
    n: null,
    before: null,
    good: true,
  },
  ...over,
})
const both = [row('roles', { part: 'champion' }), row('roles', { part: 'economic-buyer' })]
const all = [row('commitments', { due: dayAgo(0) }), row('active', { n: 3 }), ...both, row('questions'), row('recommendations', { n: 5 })]

test('five measures that are all good and new are a hundred, and all of the evidence', () => {
  expect(weigh(all, moment)).toMatchObject({ score: 100, coverage: 1, reasons: [] })
  expect(Object.values(MEASURES).reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
})

test('what a measure knows is worth half after its half-life, and half of half after another', () => {
  const old = all.map((one) => (one.measure === 'commitments' ? { ...one, at: ago(90), good: false } : one))
  // Commitments: nothing kept, 30 × ½. Σ w·x·f = 70 × 100; Σ w·f = 85.
  expect(weigh(old, moment)).toMatchObject({ score: 82, coverage: 0.85 })
  const older = all.map((one) => (one.measure === 'commitments' ? { ...one, at: ago(180), good: false } : one))
  expect(weigh(older, moment)).toMatchObject({ score: 90, coverage: 0.775 })
})

test('a bad measure that goes missing does not make the number better: what is known falls, and at two of five there is no number', () => {
  const bad = all.map((one) => (one.measure === 'active' ? { ...one, n: 0, good: false, at: ago(20) } : one))
  expect(weigh(bad, moment).score).toBeLessThan(90)
  const without = (...gone: Measure[]) =>
    weigh(
      all.filter(({ measure }) => !gone.includes(measure)),
      moment,
    )
  expect(without('active')).toMatchObject({ score: 100, coverage: 0.75 })
  expect(without('active', 'commitments')).toMatchObject({ score: null, coverage: 0.45 })
  // Also where the two weigh little.
  expect(without('questions', 'recommendations')).toMatchObject({ score: null, coverage: 0.75 })
  const stale = all.map((one) => (['questions', 'recommendations'].includes(one.measure) ? { ...one, at: ago(800) } : one))
  expect(weigh(stale, moment).score).toBeNull()
  expect(weigh([], moment)).toMatchObject({ score: null, coverage: 0 })
})

test('a champion who left, and a commitment that is overdue by more than thirty days, hold the number at fifty; a fall is said', () => {
  const left = row('roles', { objectId: 'part', part: 'champion', good: false, due: dayAgo(1) })
  const gone = [...all.filter(({ part }) => part !== 'champion'), left]
  expect(weigh(gone, moment)).toMatchObject({ score: 50, reasons: [{ kind: 'champion-left', about: 'part', figures: [1] }] })
  // Another who stands in is as good.
  expect(weigh([...all, left], moment)).toMatchObject({ score: 100, reasons: [] })

  const overdue = (days: number) => [...all, row('commitments', { objectId: 'step', at: null, due: dayAgo(days), good: false })]
  expect(weigh(overdue(30), moment)).toMatchObject({ reasons: [] })
  expect(weigh(overdue(31), moment)).toMatchObject({ score: 50, reasons: [{ kind: 'commitment-overdue', about: 'step', figures: [31] }] })

  const crowd = (now: number, before: number) => [
    ...all.filter(({ measure }) => measure !== 'active'),
    ...Array.from({ length: 20 }, (_, nth) => row('active', { n: nth < now ? 1 : 0, before: nth < before ? 1 : 0, good: nth < now })),
  ]
  expect(weigh(crowd(10, 20), moment).reasons).toEqual([{ kind: 'fewer-active', about: null, figures: [20, 10] }])
  expect(weigh(crowd(10, 20), moment).score).toBeGreaterThan(50)
  expect(weigh(crowd(11, 20), moment).reasons).toEqual([])
  expect(weigh(crowd(1, 3), moment).reasons).toEqual([])
})
