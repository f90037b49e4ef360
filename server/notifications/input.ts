import { z } from 'zod'

export const ReadInput = z.object({ next: z.string().max(2000).optional() })
/** Mailbox providers post `List-Unsubscribe=One-Click`; whatever else comes along is ignored. */
export const UnsubscribeInput = z.object({})

const channels = z.array(z.enum(['inbox', 'mail', 'push', 'digest'])).default([])
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
  news: channels,
  ideas: channels,
  reminders: channels,
  recommendations: channels,
  invitations: channels,
  delegates: channels,
  readings: channels,
  relationships: channels,
  cases: channels,
  rooms: channels,
  decisions: channels,
  flags: channels,
  other: channels,
})
export type SettingsInput = z.infer<typeof SettingsInput>

/** How somebody heard of things elsewhere, as an export says it; null where they had chosen nothing. */
export const BroughtSettings = z.object({
  settings: z
    .object({
      mode: z.enum(['chosen', 'digest-only', 'nothing']),
      digest: z.enum(['never', 'daily', 'weekly', 'monthly']),
      quiet_from: z.number().int().min(0).max(23).nullable(),
      quiet_until: z.number().int().min(0).max(23).nullable(),
    })
    .nullable(),
  choices: z.array(z.object({ topic: z.string().max(40), channel: z.string().max(20), wanted: z.boolean() })).max(500),
})
export type BroughtSettings = z.infer<typeof BroughtSettings>

const key = (bytes: number) =>
  z.string().refine((value) => Buffer.from(value, 'base64url').length === bytes && /^[\w-]+=*$/.test(value), 'notText')
/** What a browser says of where it takes messages. */
export const DeviceInput = z.object({
  endpoint: z.url({ protocol: /^https?$/, error: 'notUrl' }).max(1000, 'tooLong:1000'),
  p256dh: key(65),
  auth: key(16),
})
export type DeviceInput = z.infer<typeof DeviceInput>

export const HowOftenInput = z.object({ often: z.enum(['proposed', 'weekly', 'nothing']) })

function isTimeZone(name: string): boolean {
  if (name === 'UTC') return true
  return Intl.supportedValuesOf('timeZone').includes(name)
}
