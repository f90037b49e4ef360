/** From and to, in minutes since midnight; 1440 is the midnight after. */
export type Span = [number, number]

/** When a vendor is open: seven weekdays, Monday first, each with its spans in order; and days, as 2027-12-25, on which it is closed. */
export type Calendar = { zone: string; hours: Span[][]; holidays: string[] }

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export { CLOCK_TARGETS } from '~/db/kinds'
