import { z } from 'zod'
import { BASES } from '~/db/kinds'

export const ImportInput = z.object({
  /** Who owns the accounts that it makes, by handle. */
  owner: z.string().min(1, 'required').max(80, 'notChoice'),
  basis: z.enum(['none', ...BASES], 'notChoice'),
  askBy: z.iso.date('notDate'),
})
export type ImportInput = z.infer<typeof ImportInput>
