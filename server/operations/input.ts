import { z } from 'zod'
import { optionalLine, optionalText } from '~/server/platform/text'

const spans = optionalLine({ max: 120 })

export const CalendarInput = z.object({
  zone: z.string().min(1, 'required').max(60, 'notChoice'),
  monday: spans,
  tuesday: spans,
  wednesday: spans,
  thursday: spans,
  friday: spans,
  saturday: spans,
  sunday: spans,
  holidays: optionalText({ max: 2000 }),
})
export type CalendarInput = z.infer<typeof CalendarInput>

const MOST_OPEN_HOURS = 999

/** “1”, “1.5” or “1,5” open hours as whole minutes; null where it is none, less than a minute or more than 999 hours. */
function readOpenHours(typed: string): number | null {
  if (!/^\d{1,3}([.,]\d{1,2})?$/.test(typed)) return null
  const minutes = Math.round(Number(typed.replace(',', '.')) * 60)
  return minutes >= 1 && minutes <= MOST_OPEN_HOURS * 60 ? minutes : null
}

/** Open hours as people write them, kept as minutes. */
export const openHours = optionalLine({ max: 20 }).transform((typed, context) => {
  if (typed === undefined) return null
  const minutes = readOpenHours(typed)
  if (minutes === null) context.addIssue({ code: 'custom', message: 'targets.hours', input: typed })
  return minutes
})

export const TargetsInput = z.object({ first: openHours, next: openHours, resolution: openHours })
export type TargetsInput = z.infer<typeof TargetsInput>
