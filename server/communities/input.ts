import { z } from 'zod'
import { line, optionalText } from '~/server/platform/text'

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
})
export type CommunityInput = EditCommunityInput & { slug: string }

export const EditCommunityInput = CommunityInput.omit({ slug: true })
type Edited = z.infer<typeof EditCommunityInput>
export type EditCommunityInput = Pick<Edited, 'name' | 'summary' | 'access'> & Partial<Edited>

export const ModeratorInput = z.object({ handle: line({ max: 60 }) })
export type ModeratorInput = z.infer<typeof ModeratorInput>

export const ProspectInput = z.object({ considering: z.enum(['yes', 'no']) })
export type ProspectInput = z.infer<typeof ProspectInput>
