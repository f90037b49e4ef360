import { z } from 'zod'

export const ReadInput = z.object({ next: z.string().max(2000).optional() })
