import { expect, test } from 'vitest'
import { dueAfter, openAt, openMinutesBetween } from '~/server/operations'
import type { Calendar, Span } from '~/server/operations/types'

const hour = (n: number) => n * 60
const week = (...spans: Span[]): Span[][] => [spans, spans, spans, spans, spans, [], []]
const calendar = (zone: string, ...spans: Span[]): Calendar => ({ zone, hours: week(...spans), holidays: [] })
const nineToFive = calendar('UTC', [hour(9), hour(17)])
const withLunch = calendar('UTC', [hour(9), hour(12)], [hour(13), hour(17)])
const everyHour = (zone: string): Calendar => ({ zone, hours: Array.from({ length: 7 }, (): Span[] => [[0, hour(24)]]), holidays: [] })
const due = (of: Calendar, from: string, minutes: number) => dueAfter(of, new Date(from), minutes).toISOString().slice(0, 16)
const passed = (of: Calendar, from: string, to: string) => openMinutesBetween(of, new Date(from), new Date(to))

test('an hour from Friday 16:30 is Monday 09:30, with a lunch break or without', () => {
  expect(due(withLunch, '2026-11-20T16:30Z', 60)).toBe('2026-11-23T09:30')
  expect(due(nineToFive, '2026-11-20T16:30Z', 60)).toBe('2026-11-23T09:30')
})

test('sixteen open hours from Friday 16:30 end on Tuesday 16:30', () => {
  expect(due(nineToFive, '2026-11-20T16:30Z', hour(16))).toBe('2026-11-24T16:30')
})

test('what ends with the opening ends at its close, not at the next opening; lunch is not counted', () => {
  expect(due(nineToFive, '2026-11-20T16:30Z', 30)).toBe('2026-11-20T17:00')
  expect(due(withLunch, '2026-11-23T11:30Z', 60)).toBe('2026-11-23T13:30')
})

test('what begins while closed counts from the next opening', () => {
  expect(due(nineToFive, '2026-11-21T11:00Z', 60)).toBe('2026-11-23T10:00')
  expect(due(nineToFive, '2026-11-21T11:00Z', 0)).toBe('2026-11-23T09:00')
})

test('holidays are closed', () => {
  expect(due({ ...nineToFive, holidays: ['2026-11-23'] }, '2026-11-20T16:30Z', 60)).toBe('2026-11-24T09:30')
})

test('hours are those of the zone, before and after its clocks change', () => {
  const brussels = calendar('Europe/Brussels', [hour(9), hour(17)])
  expect(due(brussels, '2026-10-23T14:30Z', 60)).toBe('2026-10-26T08:30')
  expect(due(brussels, '2027-03-26T15:30Z', 60)).toBe('2027-03-29T07:30')
  expect(due(calendar('Asia/Kolkata', [hour(9), hour(17)]), '2026-11-20T11:00Z', 60)).toBe('2026-11-23T04:00')
})

test('the day on which clocks change has 23 hours, or 25', () => {
  const brussels = everyHour('Europe/Brussels')
  expect(passed(brussels, '2027-03-27T23:00Z', '2027-03-28T22:00Z')).toBe(hour(23))
  expect(passed(brussels, '2026-10-24T22:00Z', '2026-10-25T23:00Z')).toBe(hour(25))
  const early: Calendar = { ...brussels, hours: Array.from({ length: 7 }, (): Span[] => [[hour(1), hour(4)]]) }
  expect(passed(early, '2027-03-27T22:00Z', '2027-03-28T22:00Z')).toBe(hour(2))
  expect(passed(early, '2026-10-24T22:00Z', '2026-10-25T22:00Z')).toBe(hour(4))
})

test('what falls due after some open minutes has seen as many pass', () => {
  const newYork = calendar('America/New_York', [hour(8), hour(12)], [hour(13) + 15, hour(18)])
  for (const from of ['2026-10-30T20:10:00.000Z', '2027-03-12T03:00:00.000Z', '2026-12-24T17:07:31.000Z'])
    for (const minutes of [1, 59, 480, 2400]) {
      const end = dueAfter(newYork, new Date(from), minutes)
      expect(openMinutesBetween(newYork, new Date(from), end)).toBeCloseTo(minutes, 6)
    }
  expect(passed(newYork, '2026-11-20T18:00Z', '2026-11-20T17:00Z')).toBe(0)
})

test('it says whether it is open, and until when', () => {
  expect(openAt(withLunch, new Date('2026-11-23T11:59Z'))).toEqual({ open: true, until: new Date('2026-11-23T12:00Z') })
  expect(openAt(withLunch, new Date('2026-11-23T12:00Z'))).toEqual({ open: false, until: new Date('2026-11-23T13:00Z') })
})

test('a calendar that never opens is told of, not waited for', () => {
  expect(() => dueAfter({ ...nineToFive, hours: week() }, new Date('2026-11-20T16:30Z'), 1)).toThrow(RangeError)
})
