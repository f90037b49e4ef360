import { z } from 'zod'
import { optionalLine, optionalText } from '~/server/platform/text'
import { readOpenHours } from './rules'

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

/** Open hours as people write them, kept as minutes. */
const openHours = optionalLine({ max: 20 }).transform((typed, context) => {
  if (typed === undefined) return null
  const minutes = readOpenHours(typed)
  if (minutes === null) context.addIssue({ code: 'custom', message: 'targets.hours', input: typed })
  return minutes
})

export const TargetsInput = z.object({ first: openHours, next: openHours, resolution: openHours })
export type TargetsInput = z.infer<typeof TargetsInput>
