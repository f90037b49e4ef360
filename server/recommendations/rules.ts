/** After so long its author is asked whether it is still true, and readers see how old it is. */
export const MONTHS_UNTIL_ASKED = 12

export function aYearBefore(at: Date): Date {
  const before = new Date(at)
  before.setUTCMonth(before.getUTCMonth() - MONTHS_UNTIL_ASKED)
  return before
}

/** All that is said of when something unnamed was written. */
export const dayOf = (moment: Date) => new Date(`${moment.toISOString().slice(0, 10)}T00:00:00Z`)

/** Whoever was drawn and writes within this is labelled so, wherever they come from; the database says the same (`drawn_source`). */
export const INVITED_DAYS = 30
