import type { REPUTATION_CAUSES } from '~/db/schema'

export type Cause = (typeof REPUTATION_CAUSES)[number]

/** What each cause brings. Recommending brings nothing, so that no verdict is ever paid for. */
export const POINTS: Record<Cause, number> = {
  'answer-helpful': 10,
  'question-helpful': 5,
  'idea-wanted': 5,
  'voted-down': -2,
  'answer-accepted': 15,
  'answer-marked': 15,
  'answer-confirmed': 10,
  'accepted-an-answer': 2,
  'edit-accepted': 2,
  'idea-shipped': 30,
}

/** One lucky thread is not a year of help: votes bring no more than this on one day (UTC). What was accepted or confirmed always counts. */
export const MOST_BY_VOTES_A_DAY = 200

export const BY_VOTE: readonly Cause[] = ['answer-helpful', 'question-helpful', 'idea-wanted', 'voted-down']

export type Row = { id: string; cause: Cause; points: number; earnedAt: Date; takenBack: boolean }

/** What of each row of one person's day counts, in the order in which they were earned. */
export function countedOfDay(rows: Row[]): Map<string, number> {
  let byVotes = 0
  const inOrder = [...rows].sort((a, b) => a.earnedAt.getTime() - b.earnedAt.getTime() || (a.id < b.id ? -1 : 1))
  return new Map(
    inOrder.map(({ id, cause, points, takenBack }) => {
      if (takenBack) return [id, 0]
      if (points < 0 || !BY_VOTE.includes(cause)) return [id, points]
      const counted = Math.min(points, MOST_BY_VOTES_A_DAY - byVotes)
      byVotes += counted
      return [id, counted]
    }),
  )
}

export const dayOf = (at: Date) => at.toISOString().slice(0, 10)
export const monthOf = (at: Date) => at.toISOString().slice(0, 7)
export const ALL_TIME = 'all'
