import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrateDatabase } from '~/server/platform/database'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { startBuilt, stopBuilt } from './built-portal'

/** The built portal once more, on a database of its own in which nobody is. `end` stops both and removes what they kept. */
export async function anEmptyPortal(port: number) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-empty-'))
  chmodSync(folder, 0o711)
  const database = await startEmbeddedPostgres({ dataDir: folder, fast: true })
  await migrateDatabase(database.ownerUrl, database.appUrl)
  const server = await startBuilt({ database, folder, port })
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  const end = async () => {
    await owner.end({ timeout: 5 })
    await stopBuilt(server)
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { origin: `http://127.0.0.1:${port}`, owner, end }
}
