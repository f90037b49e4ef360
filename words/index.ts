import { IntlMessageFormat } from 'intl-messageformat'
import { english } from './en'
import { isPseudo, locale, manner } from './manner'
import { LITERAL, pseudo, type Ast } from './pseudo'

export type WordKey = keyof typeof english
export type WordValues = Record<string, string | number | boolean | Date | null | undefined>

const formats = new Map<string, IntlMessageFormat>()

export function say(key: WordKey, values?: WordValues): string {
  return spoken(key, () => String(formatOf(key, true).format(values)), values)
}

/**
 * A value that nobody gave is a mistake, and says so wherever people build and test; a visitor reads the words without it,
 * and the mistake is told once.
 */
export function spoken<T>(key: WordKey, format: () => T, values?: Record<string, unknown>): T | string {
  try {
    return format()
  } catch (error) {
    if (process.env.NODE_ENV !== 'production') throw error
    if (!told.has(key)) console.error(`words: ${key}: ${error instanceof Error ? error.message : String(error)}`)
    told.add(key)
    return withoutMissing(formatOf(key, true).getAst(), values)
  }
}

const told = new Set<WordKey>()

function withoutMissing(parts: Ast, values: Record<string, unknown> = {}): string {
  const said = parts.map((part) => {
    if ('options' in part) return withoutMissing(part.options.other?.value ?? [], values)
    if ((part.type as number) === LITERAL) return 'value' in part ? part.value : ''
    const given = 'value' in part ? values[part.value] : undefined
    return typeof given === 'string' || typeof given === 'number' ? String(given) : ''
  })
  return said.join('').replace(/ {2,}/g, ' ').trim()
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

/** The parsed message behind a key, in the manner of the moment. Tags are left alone unless somebody is going to draw them. */
export function formatOf(key: WordKey, ignoreTag: boolean): IntlMessageFormat {
  const { lang } = manner()
  const id = `${lang} ${ignoreTag ? '' : '<>'}${key}`
  let format = formats.get(id)
  if (!format) {
    format = new IntlMessageFormat(english[key], locale(), undefined, { ignoreTag })
    if (isPseudo(lang)) format = new IntlMessageFormat(pseudo(lang, format.getAst()), locale())
    formats.set(id, format)
  }
  return format
}

/** “1,204” */
export const sayNumber = (number: number): string => kept(numbers, (of) => new Intl.NumberFormat(of)).format(number)

/** “Amina, Bo and Chen” */
export const sayList = (items: string[]): string => kept(lists, (of) => new Intl.ListFormat(of)).format(items)

/** “€1,204.50” */
export function sayMoney(amount: number, currency: string): string {
  const of = kept(monies, () => new Map<string, Intl.NumberFormat>())
  let format = of.get(currency)
  if (!format)
    of.set(currency, (format = new Intl.NumberFormat(locale(), { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' })))
  return format.format(amount)
}

const monies = new Map<string, Map<string, Intl.NumberFormat>>()
const numbers = new Map<string, Intl.NumberFormat>()
const lists = new Map<string, Intl.ListFormat>()

/** To make a format costs a hundred times as much as to use it. */
function kept<Format>(formats: Map<string, Format>, make: (locale: string) => Format): Format {
  const of = locale()
  let format = formats.get(of)
  if (!format) formats.set(of, (format = make(of)))
  return format
}
