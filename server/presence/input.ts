import { z } from 'zod'

export const BeingSeenInput = z.object({ seen: z.enum(['yes', 'no'], 'notChoice'), next: z.string().max(2000).optional() })
