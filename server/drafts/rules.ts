/** More than anybody writes at once; a limit against filling the disk. */
export const MOST_DRAFTS = 100
export const DRAFTS_KEPT_DAYS = 180
/** As long a discarded draft can be brought back. */
export const DISCARDED_KEPT_DAYS = 7
/** As long the form itself offers to undo. */
export const UNDO_MINUTES = 10

export const daysAfter = (moment: Date, days: number) => new Date(moment.getTime() + days * 86_400_000)
