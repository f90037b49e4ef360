import { z } from 'zod'
import { optionalText, text } from '~/server/platform/text'

const next = z.string().max(2000).optional().catch(undefined)

/** Nothing has to be written where the address speaks for itself. */
export const AuthorshipInput = z.object({ words: optionalText({ max: 2000 }) })
export type AuthorshipInput = z.infer<typeof AuthorshipInput>
export const ReasonInput = z.object({ reason: text({ min: 3, max: 1000 }), next })
export const ButtonInput = z.object({ next })
