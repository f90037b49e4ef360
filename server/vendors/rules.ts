/** A median of fewer would say more about chance than about the vendor. */
export const FEWEST_ANSWERED = 5

/** The middle one, and the one that nine in ten do not pass. */
export function hoursInOrder(hours: number[]): { medianHours: number; nineInTenHours: number } {
  const sorted = hours.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  const medianHours = sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
  return { medianHours, nineInTenHours: sorted[Math.ceil(sorted.length * 0.9) - 1] ?? upper }
}
