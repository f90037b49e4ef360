import { z } from 'zod'
import { BASES } from '~/db/kinds'
import { line, optionalLine, optionalText } from '~/server/platform/text'

export const URGENCIES = ['none', 'this-year', 'this-quarter', 'now'] as const
export const HOLDINGS = ['owns', 'division', 'franchise'] as const
export const CAME_FROM = ['event', 'form', 'referral', 'message', 'import', 'purchase', 'other'] as const

/** ISO 3166, or nothing. */
const country = z
  .string()
  .regex(/^([A-Z]{2})?$/, 'notChoice')
  .default('')
/** A colleague, by handle. */
const colleague = z.string().min(1, 'required').max(80, 'notChoice')
const ticked = z.literal('on').optional()
const day = z.iso.date('notDate')

export const AccountInput = z.object({
  name: line({ max: 200 }),
  domain: optionalLine({ max: 253 }),
  city: optionalLine({ max: 120 }),
  country,
  segment: optionalLine({ max: 80 }),
  useCase: optionalLine({ max: 300 }),
  urgency: z.enum(URGENCIES).default('none'),
  constraints: optionalText({ max: 4000 }),
  owner: colleague,
  /** It is another company of that name. */
  anyway: ticked,
})
export type AccountInput = z.infer<typeof AccountInput>

/** Whose it is changes by being handed over. */
export const AccountChangeInput = AccountInput.omit({ owner: true })
export type AccountChangeInput = z.infer<typeof AccountChangeInput>

export const AccountTaskInput = z.object({ what: line({ max: 200 }), owner: colleague, due: day })
export type AccountTaskInput = z.infer<typeof AccountTaskInput>

/** `parent`: a name or a domain. */
export const PlaceInput = z.object({ parent: line({ max: 253 }), kind: z.enum(HOLDINGS, 'notChoice'), since: day })
export type PlaceInput = z.infer<typeof PlaceInput>

export const ContactInput = z.object({
  name: line({ max: 200 }),
  familyName: optionalLine({ max: 120 }),
  email: optionalLine({ max: 254 }),
  phone: optionalLine({ max: 40 }),
  city: optionalLine({ max: 120 }),
  country,
  cameFrom: z.enum(CAME_FROM, 'notChoice'),
  cameFromWords: optionalLine({ max: 300 }),
  basis: z.enum(BASES, 'notChoice'),
  askBy: z.preprocess((typed) => typed || undefined, day.optional()),
  /** It is another person of that name. */
  anyway: ticked,
})
export type ContactInput = z.infer<typeof ContactInput>

export const KeyInput = z.object({ kind: z.enum(['email', 'phone', 'external'], 'notChoice'), value: line({ max: 254 }) })
export type KeyInput = z.infer<typeof KeyInput>

export const BUYING_ROLES = ['champion', 'economic-buyer', 'user', 'legal', 'security', 'influencer', 'blocker'] as const
export const CHANNELS = ['email', 'phone', 'post'] as const

/** `company`: a name or a domain of one that is kept. */
export const WorkInput = z.object({
  company: line({ max: 253 }),
  title: optionalLine({ max: 120 }),
  department: optionalLine({ max: 120 }),
  since: day,
  main: ticked,
})
export type WorkInput = z.infer<typeof WorkInput>

export const WorkEndInput = z.object({ until: day })
export type WorkEndInput = z.infer<typeof WorkEndInput>

const said = z.enum(['unsaid', 'yes', 'no'], 'notChoice').default('unsaid')

export const ConsentsInput = z.object({ email: said, phone: said, post: said })
export type ConsentsInput = z.infer<typeof ConsentsInput>

export const PartInput = z.object({ contact: z.uuid('notChoice'), role: z.enum(BUYING_ROLES, 'notChoice') })
export type PartInput = z.infer<typeof PartInput>

/** `other`: an address or the whole name of somebody who is kept. */
export const BesideInput = z.object({ other: line({ max: 254 }) })
export type BesideInput = z.infer<typeof BesideInput>

/** What somebody puts right of what a vendor keeps of them. */
export const CorrectKeptInput = z.object({ field: z.enum(['name', 'city', 'title'], 'notChoice'), value: line({ max: 120 }) })
export type CorrectKeptInput = z.infer<typeof CorrectKeptInput>

export const RefusalInput = z.object({ why: line({ max: 300 }) })
export type RefusalInput = z.infer<typeof RefusalInput>

const side = z.enum(['a', 'b'], 'notChoice')

/** Which record stands, and from which each value is taken where both hold one. */
export const MergeInput = z.object({
  stands: side,
  name: side.optional(),
  city: side.optional(),
  country: side.optional(),
  why: optionalLine({ max: 300 }),
})
export type MergeInput = z.infer<typeof MergeInput>

export const NothingInput = z.object({})
