import type { FIELD_KINDS } from '~/db/kinds'

export type FieldKind = (typeof FIELD_KINDS)[number]

/** More of them on one kind of record, and nobody fills any. */
export const MOST_FIELDS = 60
export const MOST_CHOICES = 30
/** Of one field on one record, as they are shown. The others stay. */
export const MOST_EARLIER = 50

/** One choice a line, each once. */
export function choicesOf(typed: string): string[] {
  return [...new Set(typed.split('\n').map((one) => one.replace(/\s+/gu, ' ').trim()))].filter(Boolean)
}

/** What was typed as a field keeps it, or what is wrong with it. */
export function valueOf(kind: FieldKind, choices: string[], typed: string): { value: string } | { wrong: string } {
  const said = typed.trim()
  if (said === '') return { value: '' }
  if (kind === 'number')
    return isNumber(said.replace(/[\s_]/gu, '')) ? { value: said.replace(/[\s_]/gu, '') } : { wrong: 'field.notNumber' }
  if (kind === 'date') return isDay(said) ? { value: said } : { wrong: 'notDate' }
  if (kind === 'yes-no') return said === 'yes' || said === 'no' ? { value: said } : { wrong: 'notChoice' }
  if (kind === 'choice') return choices.includes(said) ? { value: said } : { wrong: 'notChoice' }
  return { value: said }
}

const isNumber = (said: string) => /^-?\d{1,15}(\.\d{1,6})?$/.test(said)

function isDay(said: string): boolean {
  const read = new Date(`${said}T00:00:00.000Z`)
  return /^\d{4}-\d\d-\d\d$/.test(said) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(said)
}
