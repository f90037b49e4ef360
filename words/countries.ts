import { locale } from './manner'

const kept = new Map<string, Intl.DisplayNames>()

/** “DE” is Germany, in the reader's language; a code that nobody knows stays as it is. */
export function sayCountry(code: string): string {
  const of = locale()
  let names = kept.get(of)
  if (!names) kept.set(of, (names = new Intl.DisplayNames(of, { type: 'region', fallback: 'code' })))
  return names.of(code) ?? code
}

/** A town and its country, as far as they are known. */
export function sayPlace({ city, country }: { city: string; country: string }): string {
  return [city, country ? sayCountry(country) : ''].filter(Boolean).join(', ')
}
