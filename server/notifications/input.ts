import { z } from 'zod'

export const ReadInput = z.object({ next: z.string().max(2000).optional() })
/** Mailbox providers post `List-Unsubscribe=One-Click`; whatever else comes along is ignored. */
export const UnsubscribeInput = z.object({})

const channels = z.array(z.enum(['inbox', 'mail', 'digest'])).default([])
const hour = z
  .union([z.literal(''), z.coerce.number().int().min(0).max(23)], { error: 'notChoice' })
  .optional()
  .transform((value) => (value === '' || value === undefined ? undefined : value))

export const SettingsInput = z.object({
  mode: z.enum(['chosen', 'digest-only', 'nothing']),
  digest: z.enum(['never', 'daily', 'weekly', 'monthly']),
  timeZone: z
    .string()
    .max(60, 'notChoice')
    .refine((name) => isTimeZone(name), 'notChoice'),
  quietFrom: hour,
  quietUntil: hour,
  answers: channels,
  solved: channels,
  mentions: channels,
  comments: channels,
  followed: channels,
  ideas: channels,
  reminders: channels,
  recommendations: channels,
  relationships: channels,
  rooms: channels,
  decisions: channels,
  other: channels,
})
export type SettingsInput = z.infer<typeof SettingsInput>

export const HowOftenInput = z.object({ often: z.enum(['proposed', 'weekly', 'nothing']) })

function isTimeZone(name: string): boolean {
  if (name === 'UTC') return true
  return Intl.supportedValuesOf('timeZone').includes(name)
}
