import { and, asc, eq } from 'drizzle-orm'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tx } from '~/db/client'
import { crmImportFiles } from '~/db/schema'

/** The files of an import in a folder of their own, for as long as somebody reads them. Each name begins with the number of its file. */
export async function withFiles<T>(tx: Pick<Tx, 'select'>, importId: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-import-'))
  try {
    const theirs = eq(crmImportFiles.importId, importId)
    const files = await tx
      .select({ nth: crmImportFiles.nth, name: crmImportFiles.name })
      .from(crmImportFiles)
      .where(theirs)
      .orderBy(asc(crmImportFiles.nth))
    // One after another: together they may be larger than what should be held at once.
    for (const { nth, name } of files) {
      const [file] = await tx
        .select({ content: crmImportFiles.content })
        .from(crmImportFiles)
        .where(and(theirs, eq(crmImportFiles.nth, nth)))
      const as = `${String(nth).padStart(2, '0')}${/\.json$/iu.test(name) ? '.json' : '.csv'}`
      await writeFile(join(folder, as), file?.content ?? '')
    }
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The number of a file, of the name it has in that folder. */
export const nthOf = (file: string): number => Number.parseInt(file, 10)
