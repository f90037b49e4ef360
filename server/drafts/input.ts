import { z } from 'zod'
import { optionalText } from '~/server/platform/text'

/** Twice the longest post: who pasted too much cuts it down here. */
export const LONGEST_DRAFT = 60_000

/** Which draft a form continues, carried along with what is posted. What is no id belongs to no draft. */
export const ofDraft = {
  draftId: z.string().max(100).optional().catch(undefined),
  draftVersion: z.coerce.number().int().optional().catch(undefined),
  /** When the form was opened, as the portal signed it. */
  opened: z.string().max(200).optional().catch(undefined),
}
export type OfDraft = { draftId?: string; draftVersion?: number; opened?: string }

const words = () => optionalText({ max: LONGEST_DRAFT })
const choice = () => z.string().max(200, 'notChoice').optional()

/** What is filled in of a product’s own fields: their ids, and beside them what was typed. */
export const ofDetails = {
  detailFor: z.array(z.string().max(60)).max(20).optional().catch(undefined),
  detail: z
    .array(optionalText({ max: 5000 }).transform((value) => value ?? ''))
    .max(20)
    .optional(),
}

/** Any form's fields, half done; which of them belong to a kind of draft, `FIELDS` says. */
export const DraftInput = z.object({
  ...ofDraft,
  ...ofDetails,
  details: words(),
  preview: choice(),
  ...{ title: words(), body: words(), tags: words(), reason: words() },
  ...{ headline: words(), useCase: words(), whatIsGood: words(), whatIsNot: words(), forWhom: words() },
  ...{ product: choice(), version: choice(), verdict: choice(), ease: choice(), support: choice(), value: choice() },
  ...{
    organisation: words(),
    organisationSize: choice(),
    shownAs: choice(),
    industry: choice(),
    authorRole: choice(),
    reference: choice(),
  },
  ...{ timeUsed: choice(), chooseAgain: choice(), relation: choice(), incentive: choice(), invitedBy: choice() },
})
export type DraftInput = z.infer<typeof DraftInput>

export const DraftButtonInput = z.object({ next: z.string().max(2000).optional() })
