import { expect, test } from 'vitest'
import { levelOf, nameOf, reviewDayAfter, reviewDayBefore, WEIGHTS, type Act } from '~/server/insight/ladder'

const weights = (act: Act) => WEIGHTS[act]
const on = (...days: string[]) => days.map((day) => ({ day, act: 'commented' as const }))
/** So many days of a month, from its first. */
const daysOf = (month: string, count: number) =>
  on(...Array.from({ length: count }, (_, nth) => `${month}-${String(nth + 1).padStart(2, '0')}`))

test('weights of 1 to 12 are the steps of four levels', () => {
  expect([1, 3, 4, 6, 7, 9, 10, 12].map((step) => Object.values(nameOf(step)).join(' '))).toEqual([
    'exploring 3',
    'exploring 1',
    'participating 3',
    'participating 1',
    'contributing 3',
    'contributing 1',
    'leading 3',
    'leading 1',
  ])
})

test('presence reaches as far as the table of 2022 says: two days in a week, seven in a month, thirty in a quarter, and runs of them', () => {
  const step = (did: ReturnType<typeof on>) => levelOf(did, () => 1).step
  expect(step(on('2027-05-17'))).toBe(1)
  // Sunday and Monday are two weeks, Monday and Sunday are one.
  expect(step(on('2027-05-16', '2027-05-17'))).toBe(1)
  expect(step(on('2027-05-17', '2027-05-23'))).toBe(4)
  expect(step(on('2027-05-17', '2027-05-18', '2027-05-24', '2027-05-25'))).toBe(5)
  expect(step(on('2027-05-10', '2027-05-11', '2027-05-17', '2027-05-18', '2027-05-24', '2027-05-25'))).toBe(6)
  // With a week between them they do not run.
  expect(step(on('2027-05-03', '2027-05-04', '2027-05-17', '2027-05-18'))).toBe(4)
  expect(step(daysOf('2027-05', 7))).toBe(7)
  expect(step([...daysOf('2026-12', 7), ...daysOf('2027-01', 7), ...daysOf('2027-02', 7)])).toBe(9)
  expect(step([...daysOf('2027-04', 15), ...daysOf('2027-05', 15)])).toBe(10)
  // That another accepted an answer is no active day.
  expect(levelOf([{ day: '2027-05-17', act: 'accepted' }, ...on('2027-05-18')], () => 1).step).toBe(1)
  expect(levelOf([], weights)).toEqual({ step: 0, reasons: [] })
})

test('levels are looked at again at the turn of a month, a quarter or a year', () => {
  expect(reviewDayBefore('2027-05-18', 3)).toBe('2027-04-01')
  expect(reviewDayAfter('2027-05-18', 3)).toBe('2027-07-01')
  expect(reviewDayAfter('2027-11-18', 3)).toBe('2028-01-01')
  expect([reviewDayBefore('2027-05-01', 1), reviewDayAfter('2027-05-01', 1)]).toEqual(['2027-05-01', '2027-06-01'])
  expect([reviewDayBefore('2027-05-18', 12), reviewDayAfter('2027-05-18', 12)]).toEqual(['2027-01-01', '2028-01-01'])
})
