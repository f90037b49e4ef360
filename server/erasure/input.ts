import { z } from 'zod'
import { line, optionalLine } from '~/server/platform/text'

export const EraseInput = z.object({
  posts: z.enum(['nameless', 'credited', 'removed'], 'choose'),
  /** Under what stays is shown, where that was chosen. */
  credit: optionalLine({ max: 60 }),
  when: z.enum(['week', 'now'], 'choose'),
  /** Their own handle: what cannot be undone is typed. */
  handle: line({ max: 60 }),
})
export type EraseInput = z.infer<typeof EraseInput>

export const NothingInput = z.object({})
