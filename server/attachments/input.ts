import { z } from 'zod'

const ids = () => z.array(z.string().max(100)).max(50).optional().catch(undefined)

/** Which files go along: `files` of those that were `shown`. What is no id is no file. */
export const ofFiles = { files: ids(), shown: ids() }
export type OfFiles = { files?: string[]; shown?: string[] }

export const UploadInput = z.object({ files: ids() })
export const RemoveFileInput = z.object({ next: z.string().max(2000).optional() })
