import type { BASES } from '~/db/kinds'
import { isPlainText } from '~/server/platform/text'
import type { Values } from './mapping'
import type { Reason } from './types'

const LONGEST_LINE = 2_000
/** As the forms hold them. */
const LONGEST: Partial<Record<string, number>> = {
  name: 200,
  givenName: 120,
  familyName: 120,
  title: 200,
  location: 120,
  email: 254,
  domain: 253,
}
const LONGEST_TEXT = 100_000
const TEXTS = new Set(['text', 'subject'])
const REFERENCES = new Set(['id', 'organisation', 'person', 'opportunity', 'parent', 'mergedInto', 'convertedTo', 'about', 'regarding'])

/** Reasons for which a row is not read at all, whatever it is about. */
export function unreadable(values: Values): Reason | undefined {
  for (const [field, value] of Object.entries(values)) {
    if (value.length > (LONGEST[field] ?? (TEXTS.has(field) ? LONGEST_TEXT : LONGEST_LINE))) return 'tooLong'
    if (!isPlainText(value)) return 'controlCharacter'
    if (isFormula(field, value)) return 'formula'
  }
  return undefined
}

/** What a spreadsheet would run. A number, a telephone and a text that begins with a dash are none; in a tree, references begin with `@`. */
function isFormula(field: string, value: string) {
  if (REFERENCES.has(field) && /^@[\w-]+$/u.test(value)) return false
  return /^[=@]/u.test(value) || (/^[+-]/u.test(value) && /[A-Za-z]\w*\s*\(|[!|]/u.test(value))
}

/** Blank is false. */
export function isYes(value: string | undefined): boolean {
  return /^(?:true|1|yes|y)$/iu.test(value ?? '')
}

export function amount(value: string): number | undefined {
  const plain = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(value) ? value.replaceAll(',', '') : value
  return /^-?\d{1,15}(?:\.\d{1,10})?(?:E\d{1,2})?$/iu.test(plain) ? Number(plain) : undefined
}

/** `2024-01-22`, with a time or without; `02/23/26` where only one reading is a date. */
export function dateTrouble(value: string): 'dateMalformed' | 'dateAmbiguous' | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?\s?(?:Z?(?:[+-]\d\d:?\d\d)?))?$/u.exec(value)
  if (iso) return isDay(Number(iso[1]), Number(iso[2]), Number(iso[3])) ? undefined : 'dateMalformed'
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})(?: \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?)?$/iu.exec(value)
  if (!slashed) return 'dateMalformed'
  const [a, b, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])]
  const [monthFirst, dayFirst] = [isDay(year, a, b), isDay(year, b, a)]
  if (monthFirst && dayFirst && a !== b) return 'dateAmbiguous'
  return monthFirst || dayFirst ? undefined : 'dateMalformed'
}

function isDay(year: number, month: number, day: number) {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

const GROUNDS: [RegExp, (typeof BASES)[number]][] = [
  [/contract/iu, 'contract'],
  [/consent/iu, 'consent'],
  [/legitimate interest/iu, 'legitimate-interest'],
  [/legal obligation/iu, 'legal-obligation'],
  [/vital interest/iu, 'vital-interest'],
  [/public (?:task|interest)/iu, 'public-task'],
]

/** Which of the lawful grounds the words name; none where they say that there is none. */
export function basisIn(value: string | undefined): (typeof BASES)[number] | null {
  if (!value || /not applicable|n\/a|none|without|withdrawn|revoked|\bno\b/iu.test(value)) return null
  return GROUNDS.find(([words]) => words.test(value))?.[1] ?? null
}
