import { z } from 'zod'
import { line, optionalLine, optionalText } from '~/server/platform/text'

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

export const JoinInput = z.object({ answer: optionalText({ max: 1000 }) })
export type JoinInput = Partial<z.infer<typeof JoinInput>>

export const NothingInput = z.object({})

export const DecideRequestInput = z.object({ answer: z.enum(['accept', 'refuse']) })
export type DecideRequestInput = z.infer<typeof DecideRequestInput>

export const InviteInput = z.object({
  email: line({ min: 3, max: 254 }).refine(
    (value) => /^[^\s<>(),;:"[\]\\@]+@[^\s<>(),;:"[\]\\@.]+(\.[^\s<>(),;:"[\]\\@.]+)+$/u.test(value),
    'notEmail',
  ),
})
export type InviteInput = z.infer<typeof InviteInput>

const LONGEST_TARGET_HOURS = 720

const hours = optionalLine({ max: 60 }).transform((typed, context) => {
  if (typed === undefined) return undefined
  const wanted = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
  if (wanted < 1 || wanted > LONGEST_TARGET_HOURS) context.addIssue({ code: 'custom', message: 'hours', input: typed })
  return wanted
})

export const CommunityInput = z.object({
  name: line({ min: 2, max: 60 }),
  slug: line({ min: 2, max: 40 })
    .transform((value) => value.toLowerCase())
    .refine((value) => SLUG.test(value), 'slug'),
  summary: line({ min: 5, max: 200 }),
  rules: optionalText({ max: 3000 }),
  access: z.enum(['open', 'request', 'invitation']),
  joinQuestion: optionalText({ max: 300 }),
  hostVendorId: z.union([z.literal(''), z.uuid('notChoice')]).optional(),
  productId: z.union([z.literal(''), z.uuid('notChoice')]).optional(),
  responseTargetHours: hours,
})
export type CommunityInput = EditCommunityInput & { slug: string }

export const EditCommunityInput = CommunityInput.omit({ slug: true })
type Edited = z.infer<typeof EditCommunityInput>
export type EditCommunityInput = Pick<Edited, 'name' | 'summary' | 'access'> & Partial<Edited>

export const ModeratorInput = z.object({ handle: line({ max: 60 }) })
export type ModeratorInput = z.infer<typeof ModeratorInput>

/** Whether somebody would help to moderate. */
export const DutyInput = z.object({ would: z.enum(['yes', 'no']), next: z.string().max(2000).optional() })
export const DutyAnswerInput = z.object({ answer: z.enum(['accept', 'decline']), next: z.string().max(2000).optional() })
export const DutyEndInput = z.object({ next: z.string().max(2000).optional() })

export const ProspectInput = z.object({ considering: z.enum(['yes', 'no']) })
export type ProspectInput = z.infer<typeof ProspectInput>
