import { z } from 'zod'
import { ofDetails, ofDraft } from '~/server/drafts/input'
import { line, optionalLine, optionalText } from '~/server/platform/text'

/** What was typed so far in the form for asking; only the title is looked for. */
export const CheckInput = z.object({
  title: line({ min: 3, max: 150 }),
  body: optionalText({ max: 30_000 }),
  tags: optionalLine({ max: 300 }),
  product: z.union([z.literal(''), z.uuid()]).optional(),
  ...ofDetails,
  ...ofDraft,
})

export const AnswerFoundInput = z.object({ room: z.string().max(80).optional() })
