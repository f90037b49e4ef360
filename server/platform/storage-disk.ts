import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Storage } from './storage'

/** What was being written when the power went is there as well, and can be removed. */
const KEY = /^[a-z0-9-]{8,80}(\.part)?$/
/** Folders of a few hundred files each, not one of a million. */
const folderOf = (key: string) => key.slice(0, 2)

export function diskStorage(root: string): Storage {
  const place = (key: string) => {
    if (!KEY.test(key)) throw new Error('not a key of this storage')
    return join(root, folderOf(key), key)
  }
  return {
    // Written beside and moved: a file is there whole or not at all, also after a power cut.
    async put(key, bytes) {
      const file = place(key)
      await mkdir(join(root, folderOf(key)), { recursive: true, mode: 0o700 })
      const draft = await open(`${file}.part`, 'w', 0o600)
      try {
        await draft.writeFile(bytes)
        await draft.sync()
      } finally {
        await draft.close()
      }
      await rename(`${file}.part`, file)
    },
    async read(key) {
      // Opened before anything is said of it: what is removed a moment later is read to its end all the same.
      const file = await open(place(key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
        throw error
      })
      return file && (Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>)
    },
    has: (key) => there(place(key)),
    remove: (key) => rm(place(key), { force: true }),
    async *list() {
      for (const folder of await namesIn(root))
        for (const name of await namesIn(join(root, folder))) {
          const found = await stat(join(root, folder, name)).catch(() => null)
          if (found?.isFile()) yield { key: name, writtenAt: found.mtime }
        }
    },
  }
}

const there = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
}
