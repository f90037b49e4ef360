import { z } from 'zod'

/** The three that are said or not; a number that is left empty says nothing. */
export const AlertsInput = z.object({
  of: z
    .array(z.enum(['first', 'sensitive', 'refused']))
    .max(3)
    .default([]),
  most: z
    .string()
    .trim()
    .max(6, 'alerts.most.bounds')
    .default('')
    .transform((typed) => (typed === '' ? null : Number(typed)))
    .refine((most) => most === null || (Number.isInteger(most) && most >= 1 && most <= 1000), 'alerts.most.bounds'),
})
export type AlertsInput = z.infer<typeof AlertsInput>
