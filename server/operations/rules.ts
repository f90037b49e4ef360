import type { Span } from './types'

export const MOST_SPANS = 6
export const MOST_HOLIDAYS = 100

/** “9:00–12:00, 13:00–17:00” as spans; nothing where it cannot be read so, or where spans overlap. */
export function readSpans(typed: string): Span[] | null {
  const said = typed.split(/[,;]/).map((part) => part.trim())
  if (said.length === 1 && said[0] === '') return []
  if (said.length > MOST_SPANS) return null
  const spans: Span[] = []
  for (const part of said) {
    const [, from = '', to = ''] = /^([\d:.]+)\s*[-–—]\s*([\d:.]+)$/u.exec(part) ?? []
    const [opens, closes] = [minutesOf(from), minutesOf(to)]
    if (opens === null || closes === null || opens >= closes) return null
    spans.push([opens, closes])
  }
  spans.sort(([a], [b]) => a - b)
  return spans.every(([opens], index) => index === 0 || opens >= (spans[index - 1]?.[1] ?? 0)) ? spans : null
}

/** One day a line, as 2027-12-25; nothing where a line is not a day. */
export function readHolidays(typed: string): string[] | null {
  const days = [...new Set(typed.split(/[\n,]/).map((day) => day.trim()))].filter(Boolean).sort()
  return days.length <= MOST_HOLIDAYS && days.every(isDay) ? days : null
}

/** As it is written into the form again, and read again by `readSpans`. */
export const writeSpans = (spans: Span[]): string => spans.map((span) => span.map(clockOf).join('–')).join(', ')

function isDay(day: string): boolean {
  if (!/^2\d{3}-\d\d-\d\d$/.test(day)) return false
  const read = new Date(`${day}T00:00:00.000Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
}

function minutesOf(clock: string): number | null {
  const [, hour = '', minute = '0'] = /^(\d{1,2})(?:[:.](\d\d))?$/.exec(clock) ?? []
  if (hour === '') return null
  const minutes = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && minutes <= 1440 ? minutes : null
}

const clockOf = (minutes: number): string => `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
const twoDigits = (n: number): string => String(n).padStart(2, '0')

export const writeOpenHours = (minutes: number | null): string => (minutes === null ? '' : String(Math.round((minutes / 60) * 100) / 100))
