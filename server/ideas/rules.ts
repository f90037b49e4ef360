import { IDEA_STATUSES } from '~/db/schema'

export const STATUSES = IDEA_STATUSES
export type IdeaStatus = (typeof STATUSES)[number]

/** From how an idea stands to how it may stand next. A promise can be taken back, and nothing is closed for good. */
export const STEPS: Record<IdeaStatus, readonly IdeaStatus[]> = {
  open: ['under-review', 'planned', 'started', 'shipped', 'declined'],
  'under-review': ['open', 'planned', 'started', 'shipped', 'declined'],
  planned: ['under-review', 'started', 'shipped', 'declined'],
  started: ['planned', 'shipped', 'declined'],
  shipped: ['started'],
  declined: ['under-review', 'planned'],
}

/** Where people waited for an answer, they get one in words. */
export const NEEDS_RESPONSE: readonly IdeaStatus[] = ['shipped', 'declined']

export const isStatus = (word: string | null | undefined): word is IdeaStatus => STATUSES.some((status) => status === word)

/** What counts as of late: as many days of votes and comments. */
export const TREND_DAYS = 30
const VOTE_COUNTS = 5
const COMMENT_COUNTS = 3
const AGE_COUNTS = 1.4
/** Kept as a whole number, so that a page of them has an exact end. */
const MILLIONTHS = 1_000_000

/** (5 × recent votes + 3 × recent comments − 1) / (age in hours + 2)^1.4, in millionths. */
export function trendOf({ votes, comments, hours }: { votes: number; comments: number; hours: number }): number {
  return Math.round((MILLIONTHS * (VOTE_COUNTS * votes + COMMENT_COUNTS * comments - 1)) / (Math.max(hours, 0) + 2) ** AGE_COUNTS)
}
