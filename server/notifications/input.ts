import { z } from 'zod'

export const ReadInput = z.object({})
