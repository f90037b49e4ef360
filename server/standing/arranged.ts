/** What is looked at: votes of so many days, since habits show late. */
export const WATCHED_DAYS = 90
/** Fewer votes than these happen by chance among people who like one another. */
export const FEWEST_BOTH_WAYS = 5
export const FEWEST_EACH = 3
export const FEWEST_VOTERS = 3
export const NEW_ACCOUNT_DAYS = 7
/** A sign names so many of them, whose handles fit into one entry of an index; its numbers count all. */
export const MOST_NAMED = 100
const FAR_ABOVE = 3
const MUTUAL_SHARE = 0.4
const DEVOTED_SHARE = 0.7
const NEW_SHARE = 0.8

/** What one gave another: `given` of all `gave` votes of theirs; the other received `received` of the `total` of everybody. */
export type Gift = { given: number; gave: number; received: number; total: number }

/** As many as chance would bring, if everybody voted for everybody alike. */
export const expectedOf = ({ gave, received, total }: Gift) => (total === 0 ? 0 : (gave * received) / total)
export const shareOf = ({ given, gave }: Gift) => (gave === 0 ? 0 : given / gave)

function farAbove(gift: Gift): boolean {
  return gift.given >= FAR_ABOVE * expectedOf(gift)
}

/** Each gives the other a large part of all their votes, far more than chance would. */
export function looksMutual(one: Gift, other: Gift): boolean {
  return [one, other].every((gift) => gift.given >= FEWEST_BOTH_WAYS && shareOf(gift) >= MUTUAL_SHARE && farAbove(gift))
}

/** Votes hardly for anybody else. */
export function looksDevoted(gift: Gift): boolean {
  return gift.given >= FEWEST_EACH && shareOf(gift) >= DEVOTED_SHARE && farAbove(gift)
}

/** Came, and votes for one. */
export function looksMadeForIt(gift: Gift, accountDays: number): boolean {
  return accountDays <= NEW_ACCOUNT_DAYS && gift.given >= FEWEST_EACH && shareOf(gift) >= NEW_SHARE
}

/** So many, within so few minutes, are no chance: their votes stop counting by themselves. */
export const STAGED_VOTERS = 5
export const STAGED_MINUTES = 10

/** The minutes (of any clock) of the first and the last vote of one for another. */
export type When = { first: number; last: number }

/** Those whose votes for one were all given within the same few minutes, where they are enough; of the rest, nobody. */
export function castTogether<One extends When>(those: One[]): One[] {
  const sorted = those.toSorted((a, b) => a.first - b.first)
  const together = new Set<One>()
  for (const { first } of sorted) {
    const near = sorted.filter((one) => one.first >= first && one.last <= first + STAGED_MINUTES)
    if (near.length >= STAGED_VOTERS) for (const one of near) together.add(one)
  }
  return sorted.filter((one) => together.has(one))
}
