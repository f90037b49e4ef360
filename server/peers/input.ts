import { z } from 'zod'
import { AUTHOR_ROLES, INCENTIVES, INDUSTRIES, INVITED_BY, NAMING_RELATIONS, ORGANISATION_SIZES } from '~/db/kinds'
import { AskInput } from '~/server/threads/input'
import { line, optionalLine, optionalText, text } from '~/server/platform/text'

const maybe = <T extends readonly [string, ...string[]]>(choices: T) =>
  z
    .enum(['', ...choices])
    .optional()
    .transform((value) => (value || null) as T[number] | null)

/** Whom would you use for this? Its title and its words are those of any question. */
export const RequestInput = z.object({
  ...AskInput.pick({ title: true, body: true, tags: true }).shape,
  organisationSize: maybe(ORGANISATION_SIZES),
  industry: maybe(INDUSTRIES),
  mustHaves: optionalText({ max: 1000 }),
  budget: optionalLine({ max: 80 }),
  shownAs: z.enum(['handle', 'unnamed']).default('handle'),
})
type Request = z.infer<typeof RequestInput>
export type RequestInput = Omit<Request, 'shownAs'> & Partial<Pick<Request, 'shownAs'>>

/** A vendor or a product by its name, and why. */
export const NameVendorInput = z.object({
  named: line({ min: 2, max: 120 }),
  body: text({ min: 10, max: 4000 }),
  relation: z.enum(NAMING_RELATIONS),
  incentive: z.enum(INCENTIVES),
  invitedBy: z.enum(INVITED_BY),
  organisationSize: maybe(ORGANISATION_SIZES),
  industry: maybe(INDUSTRIES),
  authorRole: maybe(AUTHOR_ROLES),
})
type Naming = z.infer<typeof NameVendorInput>
export type NameVendorInput = Omit<Naming, 'authorRole'> & Partial<Pick<Naming, 'authorRole'>>

const contact = () => line({ min: 3, max: 160 })

/** Why, and how the other may answer. */
export const AskReferenceInput = z.object({ words: text({ min: 20, max: 1000 }), contact: contact() })
export type AskReferenceInput = z.infer<typeof AskReferenceInput>

export const AcceptReferenceInput = z.object({ contact: contact() })
export type AcceptReferenceInput = z.infer<typeof AcceptReferenceInput>

export const ReferenceButtonInput = z.object({ next: z.string().max(2000).optional() })
