import { TERMS } from '~/db/kinds'

export type Terms = (typeof TERMS)[number]
type Deontic = 'must' | 'must-not' | 'may'
export type Clause = 'service' | 'analytics' | 'tracking' | 'profiling' | 'sharing' | 'portability'

const row = (...[service, analytics, tracking, profiling, sharing, portability]: [Deontic, Deontic, Deontic, Deontic, Deontic, Deontic]) => ({
  service, analytics, tracking, profiling, sharing, portability,
}) // prettier-ignore

/**
 * TABLE. What each agreement of the public roster (IEEE 7012) lets the vendor do, forbids it, or obliges it to. The vocabulary of DPV uses
 * terms that it never defines and leaves three rows empty, so the table is here and the names are only names.
 */
// prettier-ignore
export const ROSTER: Record<Terms, Record<Clause, Deontic>> = {
  //                        service  analytics    tracking     profiling    sharing      portability
  'SD-BASE':            row('must', 'must-not',  'must-not',  'must-not',  'must-not',  'may'),
  'SD-BASE-DP':         row('must', 'must-not',  'must-not',  'must-not',  'must-not',  'must'),
  'SD-BASE-A':          row('must', 'must',      'must-not',  'must-not',  'must-not',  'may'),
  'SD-BASE-A-DP':       row('must', 'must',      'must-not',  'must-not',  'must-not',  'must'),
  'SD-BASE-AT':         row('must', 'must',      'must',      'must-not',  'must-not',  'may'),
  'SD-BASE-AT-DP':      row('must', 'must',      'must',      'must-not',  'must-not',  'must'),
  'SD-BASE-ATP':        row('must', 'must',      'must',      'must',      'must-not',  'may'),
  'SD-BASE-ATP-DP':     row('must', 'must',      'must',      'must',      'must-not',  'must'),
  'SD-BASE-ATP-S3P':    row('must', 'must',      'must',      'must',      'must',      'may'),
  'SD-BASE-ATP-S3P-DP': row('must', 'must',      'must',      'must',      'must',      'must'),
  'PDC-INTENT':         row('must', 'must-not',  'must-not',  'must-not',  'must-not',  'must'),
  'PDC-AI':             row('must', 'must-not',  'must-not',  'must-not',  'must-not',  'must'),
  'PDC-GOOD':           row('must', 'must-not',  'must-not',  'must-not',  'must-not',  'must'),
}

/** From the narrowest to the widest; each includes the one before it. */
export const CHAIN = ['SD-BASE', 'SD-BASE-A', 'SD-BASE-AT', 'SD-BASE-ATP', 'SD-BASE-ATP-S3P'] as const
export type Reach = (typeof CHAIN)[number]

/** Terms between a customer and a vendor, in the order in which a form lists them. */
export const SERVICE_TERMS = TERMS.filter((terms) => terms.startsWith('SD-'))

export const termsOf = (reach: Reach, portable: boolean): Terms => (portable ? `${reach}-DP` : reach)
export const reachOf = (terms: Terms): Reach | null => CHAIN.find((reach) => reach === terms.replace(/-DP$/, '')) ?? null
export const isPortable = (terms: Terms): boolean => ROSTER[terms].portability === 'must'

/** The widest terms within these that forbid to share with third parties. */
export const withoutSharing = (terms: Terms): Terms =>
  reachOf(terms) === 'SD-BASE-ATP-S3P' ? termsOf('SD-BASE-ATP', isPortable(terms)) : terms

/** The lattice: a vendor may do no more under `one` than under `other`, and owes the person no less. Special agreements compare with none. */
export function noWider(one: Terms, other: Terms): boolean {
  if (one === other) return true
  const [a, b] = [reachOf(one), reachOf(other)]
  if (!a || !b) return false
  return CHAIN.indexOf(a) <= CHAIN.indexOf(b) && (isPortable(one) || !isPortable(other))
}

export const NAMESPACE = 'https://w3id.org/dpv/standards/ieee/7012#'
const ALIASES = /^(?:https:\/\/w3id\.org\/dpv\/standards\/(?:ieee\/7012|p7012)#|(?:ieee-7012|p7012):)?(.{1,40})$/

/** Older texts say `SD-BY`, and DPV 2.1 and 2.2 had another namespace: taken in, never given out. */
export function readTerms(said: string): Terms | null {
  const [, name = ''] = ALIASES.exec(said.trim()) ?? []
  const today = name.toUpperCase().replace(/^SD-BY(?=-|$)/, 'SD-BASE')
  return TERMS.find((terms) => terms === today) ?? null
}

export const iriOf = (terms: Terms) => `${NAMESPACE}${terms}`
