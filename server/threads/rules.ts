const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Long enough for a weekend; after it an asker counts as silent. */
export const SILENT_AFTER_DAYS = 3
/** An answer that two people found good, beside the one who gave it, is worth asking about. */
export const GOOD_SCORE = 2
/** As long the asker may take back what somebody else marked for them. */
export const MARKING_REVERSIBLE_DAYS = 30

/** A merge can be taken back as long as people remember how it was. */
export const MERGE_REVERSIBLE_DAYS = 30
export const MOST_MERGED_AT_ONCE = 30

/** Who takes a question on writes the answer today, or lets others. */
export const CLAIM_HOURS = 2

export const REMINDERS = ['3-days', '7-days', '30-days'] as const
/** Days of silence at which each reminder is due. */
export const REMINDER_DAYS = [3, 7, 30] as const
/** Nobody is asked about what they forgot long ago: a reminder that is this late is left out. */
export const LAST_REMINDER_UNTIL_DAYS = 37

export const daysBefore = (moment: Date, days: number) => new Date(moment.getTime() - days * DAY)
export const daysAfter = (moment: Date, days: number) => new Date(moment.getTime() + days * DAY)

export const hoursBefore = (moment: Date, hours: number) => new Date(moment.getTime() - hours * HOUR)

/** Whether the asker has let an answer stand without a word for so long that others may say that it solved it. */
export function askerIsSilent({ askerSaidAt, answeredAt }: { askerSaidAt: Date | null; answeredAt: Date }, now: Date): boolean {
  return answeredAt <= daysBefore(now, SILENT_AFTER_DAYS) && (askerSaidAt === null || askerSaidAt <= answeredAt)
}

/** How many reminders are due after so many days without a word from the asker; one that was missed is not made up for. */
export function remindersDue(answeredAt: Date, now: Date): number {
  if (answeredAt < daysBefore(now, LAST_REMINDER_UNTIL_DAYS)) return 0
  return REMINDER_DAYS.filter((days) => answeredAt <= daysBefore(now, days)).length
}

/** How a question stands. */
export function stateOf({
  acceptedPostId,
  answerCount,
  awaiting,
}: {
  acceptedPostId: string | null
  answerCount: number
  awaiting: boolean
}) {
  if (acceptedPostId) return 'solved' as const
  return answerCount === 0 ? ('unanswered' as const) : awaiting ? ('awaiting' as const) : ('answered' as const)
}

/** Rooms and tags that one person follows. */
export const MOST_FOLLOWED = 200
