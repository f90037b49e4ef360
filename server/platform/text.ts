import { z } from 'zod'

export interface Bounds {
  /** Fewest code points after trimming; 1 unless said otherwise. */
  min?: number
  max: number
}

/** One line of text: trimmed, inner whitespace folded to single spaces. */
export function line(bounds: Bounds) {
  return typed(bounds, foldedLine)
}

/** Text of many lines, kept as typed but for line ends. */
export function text(bounds: Bounds) {
  return typed(bounds, unixLines)
}

/** A line that may be left empty; empty is undefined. */
export function optionalLine(bounds: Bounds) {
  return optional(bounds, foldedLine)
}

/** Text that may be left empty; empty is undefined. */
export function optionalText(bounds: Bounds) {
  return optional(bounds, unixLines)
}

export function foldedLine(value: string): string {
  return value.replace(/\s+/gu, ' ').trim()
}

export function unixLines(value: string): string {
  return value.replace(/\r\n?/gu, '\n')
}

export function codePoints(value: string): number {
  let count = 0
  for (const _ of value) count += 1
  return count
}

/** Well-formed Unicode without control characters other than line feed, carriage return and tab. */
export function isPlainText(value: string): boolean {
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Surrogate}]/u.test(value)
}

function typed(bounds: Bounds, shape: Shape) {
  return z.string({ error: absentOrNotText }).transform((value, context) => checked(value, bounds, shape, context))
}

function optional(bounds: Bounds, shape: Shape) {
  return z
    .string({ error: absentOrNotText })
    .nullish()
    .transform((value, context) => (value == null || value.trim() === '' ? undefined : checked(value, bounds, shape, context)))
}

type Shape = (value: string) => string

function absentOrNotText(issue: { input?: unknown }) {
  return issue.input == null ? 'required' : 'notText'
}

function checked(value: string, { min = 1, max }: Bounds, shape: Shape, context: z.RefinementCtx): string {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message, input: value })
    return z.NEVER
  }
  if (!isPlainText(value)) return refuse('notText')
  const shaped = shape(value).normalize('NFC')
  const length = codePoints(shaped.trim())
  if (length === 0 && min > 0) return refuse('required')
  if (length < min) return refuse(`tooShort:${min}`)
  if (codePoints(shaped) > max) return refuse(`tooLong:${max}`)
  return shaped
}
