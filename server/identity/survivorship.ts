import { SOURCES, type Provenance } from '~/db/schema'

/** A record as its row stands. */
export type Row = {
  name: string
  familyName?: string
  legalSuffix?: string
  city: string
  country: string
  provenance: Provenance
  askBy?: string | null
}

export const FIELDS = ['name', 'city', 'country'] as const
export type Field = (typeof FIELDS)[number]

/** Whose value stays where nobody chooses: what the person said before what staff said, then what is newer. A blank never wins. */
export function winnerOf(field: Field, a: Row, b: Row): 'a' | 'b' {
  if (!a[field] || !b[field]) return b[field] ? 'b' : 'a'
  const [one, other] = [a.provenance[field], b.provenance[field]]
  const rank = (said: Provenance[string] | undefined) => (said ? SOURCES.indexOf(said.from) : SOURCES.length)
  if (rank(one) !== rank(other)) return rank(one) < rank(other) ? 'a' : 'b'
  return (one?.at ?? '') >= (other?.at ?? '') ? 'a' : 'b'
}

/** The earlier of two days by which somebody is asked: what binds more. */
export function strictest(one: string | null | undefined, other: string | null | undefined): string | null {
  const days = [one, other].filter((day) => typeof day === 'string').sort()
  return days[0] ?? null
}
