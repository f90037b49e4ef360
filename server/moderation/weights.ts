import type { FlagReason } from './types'

/** What the portal knows of whoever flags. `serves`: they moderate there. `stake`: they serve the vendor that it concerns, or a rival of the one that is recommended. `discounted`: by a decision, for a time. */
export type Reporter = { trust: number; serves: boolean; upheld: number; declined: number; stake: Stake; discounted: boolean }
export type Stake = 'subject' | 'rival' | null

/** Moderators and operators: one more than the highest level of trust. */
export const TRUST_OF_STAFF = 5
/** Fewer flags than this say nothing of how often somebody is right. */
const JUDGED_BEFORE_IT_COUNTS = 5
/** Right as often as this is neither better nor worse than others. */
const PIVOT = 0.7
/** How fast a record adds up: each fourfold of judged flags is one step of five. */
const STEP = 5
/** Nobody outweighs a room, whatever their record. */
export const MOST_ONE_FLAG_WEIGHS = 40

/** A report without an account is read like every other, and moves little. */
export const WEIGHT_OF_REPORT = 0.5

/** What cannot wait: somebody’s private things are out, or the law is broken. */
// prettier-ignore
export const WEIGHT_OF_KIND: Record<FlagReason, number> = {
  private: 2, illegal: 2, abuse: 1, spam: 0, false: 0, 'off-topic': 0, other: 0,
}

/** What one flag weighs: 1, the trust in whoever raised it, how often they were right, and what it is for. */
export function weightOf(reporter: Reporter, reason: FlagReason): number {
  if (reporter.stake === 'rival' || reporter.discounted) return 0
  // A party to the case may point at it, and is not believed more than a stranger.
  if (reporter.stake === 'subject') return 1
  const trust = reporter.serves ? TRUST_OF_STAFF : reporter.trust
  return Math.min(MOST_ONE_FLAG_WEIGHS, Math.max(0, 1 + trust + accuracyBonus(reporter) + WEIGHT_OF_KIND[reason]))
}

export function accuracyBonus({ upheld, declined }: Pick<Reporter, 'upheld' | 'declined'>): number {
  const judged = upheld + declined
  if (judged <= JUDGED_BEFORE_IT_COUNTS) return 0
  const right = upheld / judged
  const fromPivot = right >= PIVOT ? (right - PIVOT) / (1 - PIVOT) : (right - PIVOT) / PIVOT
  return fromPivot * (Math.log(judged) / Math.log(4)) * STEP
}
