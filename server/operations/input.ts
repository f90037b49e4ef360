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
