import type { Likeness } from '~/db/schema'
import { withoutTag } from './keys'
import { soundOf, surnameOf } from './names'

/** What is known of somebody, or of a company, as two of them are compared. `keys` in their one form. */
export type Known = {
  id: string
  kind: 'contact' | 'organization'
  name: string
  familyName: string
  nameNorm: string
  legalSuffix: string
  city: string
  emails: string[]
  verified: string[]
  phones: string[]
  domains: string[]
  /** Of a contact: the companies where they work or worked. */
  companies: string[]
}

/** How much each fact weighs where both hold it. */
const WEIGHTS: Record<Known['kind'], Record<string, number>> = {
  contact: { email: 0.45, phone: 0.2, name: 0.2, company: 0.1, city: 0.05 },
  organization: { domain: 0.5, name: 0.35, city: 0.15 },
}
/** From here on two are proposed; from `WORTH_ASKING` on, where somebody asks for it. */
export const LIKELY = 0.8
export const WORTH_ASKING = 0.6
/** As like as two are taken for where something speaks against it, or little is known of both. */
const NOT_QUITE = 0.79
/** Facts that weigh less together say too little. */
const ENOUGH = 0.5
const [NAME_FULL, NAME_HALF] = [0.92, 0.85]

/** How like two records are, from 0 to 1, and how much of each fact that both hold agrees. */
export function likeness(a: Known, b: Known): { score: number; reasons: Likeness } {
  const reasons = reasonsFor(a, b)
  const weights = WEIGHTS[a.kind]
  const held = Object.keys(reasons)
  const weight = held.reduce((sum, fact) => sum + (weights[fact] ?? 0), 0)
  const agreed = held.reduce((sum, fact) => sum + (weights[fact] ?? 0) * (reasons[fact] ?? 0), 0)
  const score = weight === 0 ? 0 : agreed / weight
  const doubtful = weight < ENOUGH - Number.EPSILON || held.every((fact) => fact === 'name') || speaksAgainst(a, b)
  return { score: round(doubtful ? Math.min(score, NOT_QUITE) : score), reasons }
}

const round = (score: number) => Math.round(score * 1000) / 1000

function reasonsFor(a: Known, b: Known): Likeness {
  const reasons: Likeness = { name: namesAgree(a, b) }
  const both = (fact: string, one: string[], other: string[]) => {
    if (one.length > 0 && other.length > 0) reasons[fact] = one.some((value) => other.includes(value)) ? 1 : 0
  }
  if (a.kind === 'contact') {
    both('email', a.emails, b.emails)
    both('phone', a.phones, b.phones)
    both('company', a.companies, b.companies)
  } else both('domain', a.domains, b.domains)
  both('city', listed(a.city), listed(b.city))
  return reasons
}

const listed = (city: string) => (city ? [city.normalize('NFKC').toLowerCase()] : [])

/** Two legal suffixes are two companies, and two proven addresses two people, until somebody says otherwise. */
function speaksAgainst(a: Known, b: Known): boolean {
  if (a.legalSuffix && b.legalSuffix && a.legalSuffix !== b.legalSuffix) return true
  return a.verified.length > 0 && b.verified.length > 0 && !a.verified.some((address) => b.verified.includes(address))
}

/** Names are also tried the other way round: “Haddad, Amina”. */
function namesAgree(a: Known, b: Known): number {
  const near = Math.max(jaroWinkler(a.nameNorm, b.nameNorm), a.kind === 'contact' ? jaroWinkler(sorted(a.nameNorm), sorted(b.nameNorm)) : 0)
  return near >= NAME_FULL ? 1 : near >= NAME_HALF ? 0.5 : 0
}

const sorted = (name: string) => name.split(' ').sort().join(' ')

/**
 * Under which keys a record is looked for. Two people are compared who share a mailbox and how the surname sounds, a domain with that and an
 * initial, or the last nine digits of a number; two companies, who share a domain or a word of their names.
 */
export function blocksOf(known: Known): string[] {
  if (known.kind === 'organization')
    return bounded([
      ...known.domains.map((domain) => `d:${domain}`),
      ...known.nameNorm
        .split(' ')
        .filter(isTelling)
        .map((word) => `n:${word}`),
    ])
  const [sound, initial] = [soundOf(surnameOf(known)), known.nameNorm[0] ?? '']
  const mailboxes = known.emails.map(withoutTag)
  return bounded([
    ...mailboxes.flatMap((mailbox) => [
      `m:${mailbox}`,
      `e:${mailbox.split('@')[0]}:${sound}`,
      `d:${mailbox.split('@')[1]}:${sound}:${initial}`,
    ]),
    ...known.phones.map((phone) => `p:${phone.slice(-9)}`),
  ])
}

const isTelling = (word: string) => word.length >= 4
const MOST_BLOCKS = 40
const bounded = (blocks: string[]) =>
  [...new Set(blocks.map((block) => block.slice(0, 200)).filter((block) => block.length >= 3))].slice(0, MOST_BLOCKS)

/** Jaro–Winkler similarity with the usual prefix of at most four letters and weight of 0.1 (Winkler 1990). */
export function jaroWinkler(one: string, other: string): number {
  const [a, b] = [[...one], [...other]]
  if (a.length === 0 || b.length === 0) return 0
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Array<boolean>(b.length).fill(false)
  const matched = a.filter((letter, at) => {
    for (let to = Math.max(0, at - reach); to <= Math.min(b.length - 1, at + reach); to += 1)
      if (!taken[to] && b[to] === letter) return (taken[to] = true)
    return false
  })
  if (matched.length === 0) return 0
  const against = b.filter((_, at) => taken[at])
  const moved = matched.filter((letter, at) => letter !== against[at]).length / 2
  const jaro = (matched.length / a.length + matched.length / b.length + (matched.length - moved) / matched.length) / 3
  const prefix = a.slice(0, 4).findIndex((letter, at) => letter !== b[at])
  return jaro + (prefix === -1 ? Math.min(4, a.length) : prefix) * 0.1 * (1 - jaro)
}
