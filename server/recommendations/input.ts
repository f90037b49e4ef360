import { z } from 'zod'
import { AUTHOR_ROLES, CHOOSE_AGAIN, INCENTIVES, INDUSTRIES, INVITED_BY, ORGANISATION_SIZES, RELATIONS, TIMES_USED } from '~/db/kinds'
import { ofDraft } from '~/server/drafts/input'
import { line, optionalLine, optionalText, text } from '~/server/platform/text'

export const VERDICTS = ['1', '2', '3', '4', '5'] as const

export const SHOWN_AS = ['handle', 'unnamed'] as const

export const LONGEST_PART = 4_000
export const LONGEST_REPLY = 4_000

const rating = z
  .enum(['', ...VERDICTS])
  .optional()
  .transform((value) => (value ? Number(value) : null))

/** The words and the disclosure, which its author may change later. */
export const EditRecommendationInput = z.object({
  headline: line({ min: 10, max: 120 }),
  useCase: text({ min: 10, max: LONGEST_PART }),
  whatIsGood: text({ min: 2, max: LONGEST_PART }),
  whatIsNot: text({ min: 2, max: LONGEST_PART }),
  forWhom: optionalText({ max: LONGEST_PART }),
  verdict: z.enum(VERDICTS).transform(Number),
  ease: rating,
  support: rating,
  value: rating,
  timeUsed: z.enum(TIMES_USED),
  chooseAgain: z.enum(CHOOSE_AGAIN),
  relation: z.enum(RELATIONS),
  incentive: z.enum(INCENTIVES),
  invitedBy: z.enum(INVITED_BY),
  /** Known to the portal alone. */
  organisation: optionalLine({ max: 120 }),
  organisationSize: z
    .enum(['', ...ORGANISATION_SIZES])
    .optional()
    .transform((value) => value || null),
  industry: z
    .enum(['', ...INDUSTRIES])
    .optional()
    .transform((value) => value || null),
  authorRole: z
    .enum(['', ...AUTHOR_ROLES])
    .optional()
    .transform((value) => value || null),
  reference: z
    .enum(['', 'on'])
    .optional()
    .transform((value) => value === 'on'),
  shownAs: z.enum(SHOWN_AS),
  ...ofDraft,
})
type Said = z.infer<typeof EditRecommendationInput>
type MayBeLeftOut = 'industry' | 'authorRole' | 'reference'
export type EditRecommendationInput = Omit<Said, MayBeLeftOut> & Partial<Pick<Said, MayBeLeftOut>>

/** The product, by its slug; what evidence there is, nobody chooses. */
export const RecommendationInput = EditRecommendationInput.extend({ product: line({ max: 200 }) })
export type RecommendationInput = EditRecommendationInput & { product: string }

export const ReplyInput = z.object({ body: text({ min: 2, max: LONGEST_REPLY }) })
export type ReplyInput = z.infer<typeof ReplyInput>

/** Fewer would be a choice, not a draw. */
const FEWEST_DRAWN = 5
const size = optionalLine({ max: 5 }).transform((typed, context) => {
  if (typed === undefined) return undefined
  const wanted = /^\d{1,5}$/.test(typed) ? Number(typed) : 0
  if (wanted < FEWEST_DRAWN) context.addIssue({ code: 'custom', message: 'draw.size', input: typed })
  return wanted
})

export const DrawInput = z
  .object({ product: line({ max: 200 }), kind: z.enum(['everybody', 'sample']), size, incentive: z.enum(INCENTIVES) })
  .refine(({ kind, size }) => kind === 'everybody' || size !== undefined, { path: ['size'], message: 'draw.size' })
export type DrawInput = Omit<z.infer<typeof DrawInput>, 'size'> & { size?: number }

export const EndDrawInput = z.object({ next: z.string().max(2000).optional() })

export const WithdrawInput = z.object({ next: z.string().max(2000).optional() })
