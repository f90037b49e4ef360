/**
 * How one reader is spoken to: whose words, how numbers and dates are written, and on whose clock. The pseudo-languages are
 * English made longer and foreign (en-XA), and English from right to left (ar-XB): what stays plain in them is not in the
 * catalogue, and what breaks in them would break in a translation.
 */
export type Manner = { lang: string; timeZone: string }

export const PSEUDO = ['en-XA', 'ar-XB'] as const
export type Pseudo = (typeof PSEUDO)[number]

export const PLAIN: Manner = { lang: 'en-GB', timeZone: 'UTC' }

let ask: () => Manner | undefined = () => undefined

/** Where the manner of the present moment is known: the server asks the request, a browser its document. */
export function mannerFrom(source: () => Manner | undefined) {
  ask = source
}

/** Where nobody is being answered, as in mails: plain English, UTC. */
export const manner = (): Manner => ask() ?? PLAIN

export const isPseudo = (lang: string): lang is Pseudo => (PSEUDO as readonly string[]).includes(lang)

/** The locale of numbers and dates: Intl knows no pseudo-languages. */
export function locale({ lang } = manner()): string {
  return lang === 'en-XA' ? PLAIN.lang : lang === 'ar-XB' ? 'ar-EG' : lang
}

export const direction = ({ lang } = manner()) => (lang === 'ar-XB' ? 'rtl' : 'ltr')

/** The English of those who read English; for all others that of the catalogue. */
export function englishOf(accepted: string | undefined): string {
  for (const range of (accepted ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...weight] = range.trim().split(';')
    if (/^en-[a-z]{2}$/i.test(tag) && !weight.some((part) => /^\s*q=0(\.0*)?\s*$/.test(part)) && !isPseudo(tag)) {
      const [known] = Intl.DateTimeFormat.supportedLocalesOf(tag)
      if (known) return known
    }
  }
  return PLAIN.lang
}
