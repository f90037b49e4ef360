let stoppedAt: Date | null = null

/** The time, everywhere in the product. */
export function now() {
  return stoppedAt ? new Date(stoppedAt) : new Date()
}

/** The day it is in UTC, as 2027-01-31. */
export const today = () => now().toISOString().slice(0, 10)

/** Tests stop the clock at a moment; `null` lets it run again. */
export function setClock(moment: Date | null) {
  stoppedAt = moment
}
