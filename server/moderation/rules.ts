import type { Act } from './types'

/** Everything but these four takes something from somebody. */
export const restricts = (act: Act) => !['restore', 'unlock', 'unsuspend', 'keep'].includes(act)

/** The Digital Services Act asks for six months at least. The same day of the month, or the first after it: never a day less. */
export function sixMonthsAfter(moment: Date): Date {
  const later = new Date(moment)
  later.setUTCMonth(later.getUTCMonth() + 6)
  return later
}
