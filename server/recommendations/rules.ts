/** After so long its author is asked whether it is still true, and readers see how old it is. */
export const MONTHS_UNTIL_ASKED = 12

export function aYearBefore(at: Date): Date {
  const before = new Date(at)
  before.setUTCMonth(before.getUTCMonth() - MONTHS_UNTIL_ASKED)
  return before
}
