import { z } from 'zod'
import { line, text } from '~/server/platform/text'

export const MOST_VOTERS = 20

export const RankingInput = z.object({ ranked: z.enum(['yes', 'no'], 'notChoice'), next: z.string().max(2000).optional() })

export const LookInput = z.object({ next: z.string().max(2000).optional() })

/** Whom the votes were for, who gave them, and why their reputation goes, or comes back. */
export const ArrangedInput = z.object({ for: line({ max: 60 }), by: line({ max: 1000 }), reason: text({ min: 10, max: 1000 }) })
export type ArrangedInput = z.infer<typeof ArrangedInput>
