import { z } from 'zod'
import { line, optionalLine, optionalText } from '~/server/platform/text'

export const URGENCIES = ['none', 'this-year', 'this-quarter', 'now'] as const
export const HOLDINGS = ['owns', 'division', 'franchise'] as const

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

/** `parent`: a name or a domain. */
export const PlaceInput = z.object({ parent: line({ max: 253 }), kind: z.enum(HOLDINGS, 'notChoice'), since: day })
export type PlaceInput = z.infer<typeof PlaceInput>

export const NothingInput = z.object({})
