import { z } from 'zod'
import { text } from '~/server/platform/text'

/** What the vendor says when it has deleted its copies. */
export const DeletionInput = z.object({ words: text({ max: 500 }) })
export type DeletionInput = z.infer<typeof DeletionInput>
