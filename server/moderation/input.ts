import { z } from 'zod'
import { optionalText, text } from '~/server/platform/text'

export const FLAG_REASONS = ['spam', 'abuse', 'false', 'private', 'off-topic', 'other'] as const

/** What a decision rests on. The last says that nothing was broken. */
export const RULES = ['civil', 'private', 'advertising', 'disclosure', 'false', 'off-topic', 'law', 'none'] as const

/** Days; '' is until it is lifted. */
export const SUSPENSION_DAYS = ['1', '7', '30', '90', ''] as const

export const FlagInput = z.object({ reason: z.enum(FLAG_REASONS), note: optionalText({ max: 1000 }) })
export type Rule = (typeof RULES)[number]
export type FlagInput = z.infer<typeof FlagInput>

const seen = z.union([z.literal(''), z.uuid()]).optional()
const facts = text({ min: 10, max: 2000 })

/** `seen` is the newest decision that whoever decides had before them. */
export const DecisionInput = z.object({ act: z.enum(['hide', 'restore', 'lock', 'unlock', 'keep']), rule: z.enum(RULES), facts, seen })
export type DecisionInput = z.infer<typeof DecisionInput>

export const SuspensionInput = z.object({
  act: z.enum(['suspend', 'unsuspend']),
  rule: z.enum(RULES),
  facts,
  days: z.enum(SUSPENSION_DAYS).optional(),
  seen,
})
export type SuspensionInput = z.infer<typeof SuspensionInput>
