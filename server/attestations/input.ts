import { z } from 'zod'

export const DISCLOSABLE = ['vendor', 'since'] as const
export const ShowInput = z.object({
  community: z.string().min(1, 'required').max(80, 'invalid'),
  disclose: z.array(z.enum(DISCLOSABLE)).max(4),
})
export type ShowInput = z.infer<typeof ShowInput>
export const HideInput = z.object({ community: z.string().min(1, 'required').max(80, 'invalid') })
export const NothingInput = z.object({})
/** `record`: the relationship whose page the staff came from. */
export const RevokeInput = z.object({ record: z.uuid().optional() })
