import { IntlMessageFormat } from 'intl-messageformat'
import { english } from './en'

export type WordKey = keyof typeof english
export type WordValues = Record<string, string | number | boolean | Date | null | undefined>

export const LOCALE = 'en-GB'

const formats = new Map<string, IntlMessageFormat>()

export function say(key: WordKey, values?: WordValues): string {
  return String(formatOf(key, true).format(values))
}

/** True for a key of the catalogue; for keys that are put together at run time. */
export function hasWords(key: string): key is WordKey {
  return Object.hasOwn(english, key)
}

/**
 * The words for what was refused: `tooLong:120` is the key `error.tooLong` with {n} = 120.
 * A key nobody wrote words for is said in general terms, never shown raw.
 */
export function sayError(error: string, values?: WordValues): string {
  const colon = error.indexOf(':')
  const name = colon < 0 ? error : error.slice(0, colon)
  const given = colon < 0 ? {} : { n: Number(error.slice(colon + 1)) }
  const key = name.startsWith('error.') ? name : `error.${name}`
  const known = hasWords(key) ? key : 'error.invalid'
  try {
    return say(known, { ...given, ...values })
  } catch {
    // A sentence that misses its number is no reason to lose the page that was to show it.
    return say('error.invalid')
  }
}

/** The parsed message behind a key. Tags are left alone unless somebody is going to draw them. */
export function formatOf(key: WordKey, ignoreTag: boolean): IntlMessageFormat {
  const id = ignoreTag ? key : `<>${key}`
  let format = formats.get(id)
  if (!format) {
    format = new IntlMessageFormat(english[key], LOCALE, undefined, { ignoreTag })
    formats.set(id, format)
  }
  return format
}
