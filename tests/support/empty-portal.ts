import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { migrateDatabase } from '~/server/platform/database'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'

/** The built portal once more, on a database of its own in which nobody is. `end` stops both and removes what they kept. */
export async function anEmptyPortal(port: number) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-empty-'))
  chmodSync(folder, 0o711)
  const database = await startEmbeddedPostgres({ dataDir: folder, fast: true })
  await migrateDatabase(database.ownerUrl, database.appUrl)
  const origin = `http://127.0.0.1:${port}`
  const server = spawn(process.execPath, ['build/server/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      PARLEY_VAULT_KEY: `empty:${Buffer.alloc(32, 7).toString('base64url')}`,
      PARLEY_DATA: join(folder, 'site'),
      PARLEY_ORIGIN: origin,
      PARLEY_DEMO: '0',
      LOG_LEVEL: 'fatal',
    },
  })
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  const end = async () => {
    await owner.end({ timeout: 5 })
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const runs = () => fetch(`${origin}/readyz`).then(({ ok }) => ok, () => false) // prettier-ignore
  for (let tries = 0; !(await runs()); tries += 1) {
    if (tries > 300) {
      await end()
      throw new Error('The portal did not start.')
    }
    await wait(200)
  }
  return { origin, owner, end }
}
