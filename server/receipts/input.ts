import { z } from 'zod'
import { text } from '~/server/platform/text'

export const VerifyInput = z.object({ signed: text({ max: 60_000 }) })
