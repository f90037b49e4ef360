import { z } from 'zod'

/** A button without fields. */
export const AskExportInput = z.object({})
