/** Long enough for a holiday; short enough that a forgotten mail opens nothing. */
export const INVITATION_LASTS_DAYS = 14

/** A median of fewer answers would say more about chance than about the room. */
export const FEWEST_ANSWERED = 5
