import { domainToASCII } from 'node:url'
import { companyName, domainOf } from '~/server/identity'

/** The same mailbox by every server's rules: case of the whole and spaces around it do not matter, dots and tags do. */
export function mailbox(value: string): string | undefined {
  const parts = /^([^\s@"<>(),;:\\[\]]{1,64})@([^\s@]{1,255})$/u.exec(value.trim().normalize('NFC').toLowerCase())
  const host = parts && domainToASCII(parts[2]!)
  return host && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u.test(host) ? `${parts[1]}@${host}` : undefined
}

/** `https://www.Example.com/about` and `example.com` are one. */
export function domain(value: string): string | undefined {
  const host = value
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//u, '')
    .replace(/[/?#:].*$/u, '')
    .replace(/^www\./u, '')
    .replace(/\.$/u, '')
  const ascii = domainToASCII(host)
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u.test(ascii) ? ascii : undefined
}

/** A domain that many organisations share says nothing of one. */
export function isShared(host: string): boolean {
  return domainOf(host) === null
}

/** Digits alone, with the country where it is written; an extension is left out. Too few digits are no number. */
export function phone(value: string): string | undefined {
  const written = value.normalize('NFKC').replace(/\s*(?:ext|x|durchwahl)\.?\s*\d+$/iu, '')
  const digits = written.replace(/\D/gu, '')
  if (digits.length < 7 || digits.length > 15) return undefined
  return /^\s*(?:\+|00)/u.test(written) ? `+${digits.replace(/^00/u, '')}` : digits
}

/** A name as it is compared: without case, marks, punctuation and spaces. */
export function squashed(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Without its legal suffix, which does not tell it from another. */
export function organisationName(name: string): string {
  return squashed(companyName(name).nameNorm) || squashed(name)
}

/** Salesforce writes one id with 15 and with 18 characters; the last three only repeat the case of the first. */
export function sameId(id: string): string {
  return /^[a-zA-Z0-9]{18}$/u.test(id) ? id.slice(0, 15) : id
}
