import { join } from 'node:path'
import { dataFolder } from './database'
import { env } from './env'
import { diskStorage } from './storage-disk'
import { s3Storage } from './storage-s3'

/** Where files are kept. A key is made by us, names one file for ever, and says nothing of what is in it. */
export type Storage = {
  put: (key: string, bytes: Uint8Array) => Promise<void>
  /** Null where there is no such file. */
  read: (key: string) => Promise<ReadableStream<Uint8Array> | null>
  has: (key: string) => Promise<boolean>
  /** What is not there is removed already. */
  remove: (key: string) => Promise<void>
  list: () => AsyncIterable<{ key: string; writtenAt: Date }>
}

/** How keys begin of what no row knows and is kept all the same. */
export const KEPT_APART = 'kept-'

let chosen: Storage | undefined

/** On disk, in the folder of the portal's data, unless FILES_S3_URL names a bucket. */
export function storage(): Storage {
  return (chosen ??= env.FILES_S3_URL ? s3Storage(env.FILES_S3_URL) : diskStorage(join(dataFolder(env), 'files')))
}
