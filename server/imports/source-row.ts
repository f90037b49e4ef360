import { now } from '~/server/platform/clock'
import { codePoints, foldedLine, unixLines } from '~/server/platform/text'
import type { WordValues } from '~/words'
import { ImportError, type Reason } from './import-error'

/** Far above what any forum lets people write; a longer value is a broken file. */
const LONGEST_TEXT = 500_000
const DAY = 86_400_000

/** One row of a foreign file, read value by value; what is wrong with it names the row. */
export class SourceRow {
  constructor(
    readonly file: string,
    readonly number: number,
    private readonly values: Readonly<Record<string, string>>,
  ) {}

  /** Empty and absent are the same. */
  optional(name: string): string | undefined {
    return this.values[name] || undefined
  }

  required(name: string): string {
    return this.optional(name) ?? this.refuse('missingValue', { name })
  }

  /** Composed text without control characters; may be empty. */
  text(name: string): string {
    const value = this.values[name] ?? ''
    if (value.length > LONGEST_TEXT) this.refuse('tooLong', { name, max: LONGEST_TEXT })
    return unixLines(value)
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Surrogate}]/gu, '')
      .normalize('NFC')
  }

  line(name: string, max = LONGEST_TEXT): string {
    return this.optionalLine(name, max) || this.refuse('missingValue', { name })
  }

  /** A line that may be empty. */
  optionalLine(name: string, max: number): string {
    const line = foldedLine(this.text(name))
    return codePoints(line) > max ? this.refuse('tooLong', { name, max }) : line
  }

  id(name: string): string {
    return String(this.integer(name))
  }

  optionalId(name: string): string | undefined {
    return this.optional(name) === undefined ? undefined : this.id(name)
  }

  integer(name: string): number {
    const value = this.required(name)
    const number = /^-?\d{1,15}$/u.test(value) ? Number(value) : NaN
    return Number.isSafeInteger(number) ? number : this.refuse('notNumber', { name, value: short(value) })
  }

  count(name: string): number {
    return this.optional(name) === undefined ? 0 : this.integer(name)
  }

  /** `4` or `3.75`. */
  decimal(name: string): number {
    const value = this.required(name)
    return /^\d{1,6}(?:\.\d{1,6})?$/u.test(value) ? Number(value) : this.refuse('notDecimal', { name, value: short(value) })
  }

  flag(name: string): boolean {
    const value = this.required(name).toLowerCase()
    if (value !== 'true' && value !== 'false') this.refuse('notFlag', { name, value: short(value) })
    return value === 'true'
  }

  /** `2018-02-06T20:19:50.957` or `2024-03-01 02:29:15 +0000`; without a zone it is UTC. */
  date(name: string): Date {
    const value = this.required(name)
    const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,6})?)(?: ?(Z|[+-]\d\d:?\d\d))?$/u.exec(value)
    const zone = (parts?.[3] ?? 'Z').replace(/^([+-]\d\d)(\d\d)$/u, '$1:$2')
    const date = new Date(parts ? `${parts[1]}T${parts[2]}${zone}` : NaN)
    const rolledOver = parts && date.getTime() && Number(parts[1]!.slice(8)) > daysIn(parts[1]!)
    if (Number.isNaN(date.getTime()) || rolledOver) this.refuse('notDate', { name, value: short(value) })
    return date
  }

  /** A date with a time, or a day alone: then its beginning in UTC. */
  dateOrDay(name: string): Date {
    const value = this.required(name)
    const asDate = new SourceRow(this.file, this.number, { [name]: `${value}T00:00:00` })
    return /^\d{4}-\d\d-\d\d$/u.test(value) ? asDate.date(name) : this.date(name)
  }

  optionalDate(name: string): Date | null {
    return this.optional(name) === undefined ? null : this.date(name)
  }

  /** What was written, was written already: by the clock of the place where that day begins first. */
  past(name: string, date: Date): Date {
    if (Number.isNaN(date.getTime())) this.refuse('notDate', { name, value: short(this.required(name)) })
    return date.getTime() > now().getTime() + DAY ? this.refuse('dateAhead', { name, value: short(this.required(name)) }) : date
  }

  refuse(reason: Reason, values: WordValues = {}): never {
    throw new ImportError(this.file, this.number, reason, values)
  }
}

/** Refuses a second row of the same id. */
export function firstOfItsId<Value>(rows: Map<string, Value>, row: SourceRow, name: string): string {
  const id = row.id(name)
  if (rows.has(id)) row.refuse('duplicate', { name, value: id })
  return id
}

function daysIn(day: string) {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()
}

function short(value: string) {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value
}
