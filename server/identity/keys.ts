import { isValidNumber, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js'
import { ROLE_MAILBOXES } from '~/db/schema'
import { domainOf } from './names'

export type KeyKind = 'email' | 'phone' | 'domain' | 'external'
export type Key = { kind: KeyKind; valueNorm: string; valueRaw: string; identifies: boolean }

/** What was typed or brought in, in the one form in which two of it are compared; null when it is none of its kind. */
export function keyFrom(kind: KeyKind, typed: string, country = ''): Key | null {
  const valueRaw = typed.normalize('NFKC').trim()
  const valueNorm = { email: emailNorm, phone: phoneNorm, domain: domainOf, external: externalNorm }[kind](valueRaw, country)
  if (!valueNorm || valueNorm.length > 254) return null
  return {
    kind,
    valueNorm,
    valueRaw: valueRaw.slice(0, 254),
    identifies: kind !== 'phone' && !(kind === 'email' && isRoleMailbox(valueNorm)),
  }
}

/** The tag behind a plus stays: whoever gave it out meant this mailbox and not the other. */
function emailNorm(typed: string): string | null {
  const norm = typed.toLowerCase()
  return /^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;.]{2,}$/.test(norm) ? norm : null
}

/** E.164. A number without its country is read as one of `country`. */
function phoneNorm(typed: string, country: string): string | null {
  const number = parsePhoneNumberFromString(typed, country ? (country as CountryCode) : undefined)
  return number && isValidNumber(number.number) ? number.number : null
}

/** An id of another system, as `system:id`. */
function externalNorm(typed: string): string | null {
  return /^[a-z][a-z0-9-]{1,30}:\S{1,200}$/.test(typed) ? typed : null
}

const ROLES: ReadonlySet<string> = new Set(ROLE_MAILBOXES)

export function isRoleMailbox(emailNorm: string): boolean {
  return ROLES.has(withoutTag(emailNorm).split('@')[0] ?? '')
}

/** The mailbox that an address is delivered to, where a plus makes a tag. */
export function withoutTag(emailNorm: string): string {
  return emailNorm.replace(/\+[^@]*@/, '@')
}
