import { z } from 'zod'

/** A button without fields. */
export const AskExportInput = z.object({})

/** Which fields are taken over, by their keys in the file, and what else. */
export const TakeInput = z.object({
  fields: z.array(z.string().max(60)).max(100).default([]),
  also: z
    .array(z.enum(['terms', 'settings']))
    .max(2)
    .default([]),
})
export type TakeInput = z.infer<typeof TakeInput>

export const NothingInput = z.object({})
