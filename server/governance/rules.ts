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

/** Rule 6: what nothing has used for so long is a tax. */
export const UNUSED_DAYS = 90
/** From so much nonsense on, a field is filled because it must be and not because anybody reads it. */
export const NONSENSE_SHARE = 0.3
/** Of fewer, one joke would be a third. */
export const FEWEST_FILLED = 5
/** What people write who have nothing to say and must; as it stands without a full stop, in small letters. */
export const NONSENSE = (
  'n/a|na|n.a|none|no|nil|null|nothing|unknown|tbd|tba|tbc|todo|x|xx|?|-|--|.|..|test|asdf|asd|qwerty|abc|123|foo|bar|same|ditto|later|' +
  'not applicable|not available|not known|to be defined|k.a|keine|keine angabe|entfällt|nvt|n.v.t|geen|aucun|aucune|ninguno|nessuno'
).split('|')

/** What it takes to fill a field once: finding it, knowing what to say, saying it. A guess, in seconds, the same for everybody. */
export const SECONDS_TO_FILL: Record<FieldKind, number> = { text: 20, number: 10, date: 10, choice: 6, 'yes-no': 4 }
