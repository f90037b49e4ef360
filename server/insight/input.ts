import { z } from 'zod'

/** 1 to 12: the step of a level that an act reaches. */
const weight = z.coerce.number('notChoice').int('notChoice').min(1, 'notChoice').max(12, 'notChoice')

export const LevelWeightsInput = z.object({
  ...{ asked: weight, answered: weight, accepted: weight, commented: weight, proposed: weight, replied: weight },
  review: z.enum(['1', '3', '12'], 'notChoice').transform(Number),
  from: z.iso.date('notDate'),
})
export type LevelWeightsInput = z.infer<typeof LevelWeightsInput>
