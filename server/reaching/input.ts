import { z } from 'zod'
import { HOW_OFTEN } from '~/db/kinds'

/** Of one vendor, by its name in addresses; of all others where none is named. */
export const HowOftenInput = z.object({
  vendor: z.string().max(80, 'notChoice').optional(),
  most: z.enum(HOW_OFTEN, 'notChoice').transform(Number),
})
export type HowOftenInput = z.infer<typeof HowOftenInput>
