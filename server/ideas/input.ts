import { z } from 'zod'
import { optionalText, text } from '~/server/platform/text'

/** A sentence or two: the idea itself stands above. */
export const LONGEST_WHY = 500
export const LONGEST_RESPONSE = 5000

const next = z.string().max(2000).optional()
const ticked = z
  .literal('on', 'notChoice')
  .optional()
  .transform((value) => value === 'on')

/** `why` is sent by the form that asks for it; the bare button leaves what was said before. */
export const VoteForIdeaInput = z.object({ why: optionalText({ max: LONGEST_WHY }), asked: ticked, shown: ticked, next })
export type VoteForIdeaInput = z.infer<typeof VoteForIdeaInput>

export const MoveIdeaInput = z.object({
  status: z.enum(['open', 'under-review', 'planned', 'started', 'shipped', 'declined'], 'notChoice'),
  /** How it stood when the form was opened. */
  from: z.enum(['open', 'under-review', 'planned', 'started', 'shipped', 'declined'], 'notChoice'),
  response: optionalText({ max: LONGEST_RESPONSE }),
})
export type MoveIdeaInput = z.infer<typeof MoveIdeaInput>

export const VoteOnBehalfInput = z.object({ relationship: z.uuid('notChoice'), said: text({ min: 3, max: LONGEST_WHY }) })
export type VoteOnBehalfInput = z.infer<typeof VoteOnBehalfInput>

export const CreditInput = z.object({ named: z.enum(['yes', 'no'], 'notChoice'), next })
