import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

type Place = { database: { appUrl: string; ownerUrl: string }; folder: string; port: number }

/** The built portal as a process of its own, on a database that is there, once it answers. */
export async function startBuilt({ database, folder, port }: Place): Promise<ChildProcess> {
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
      PARLEY_VAULT_KEY: `bench:${Buffer.alloc(32).toString('base64url')}`,
      PARLEY_DATA: join(folder, 'site'),
      PARLEY_ORIGIN: origin,
      PARLEY_DEMO: '0',
      LOG_LEVEL: 'fatal',
    },
  })
  const runs = () => fetch(`${origin}/healthz`).then(({ ok }) => ok, () => false) // prettier-ignore
  for (let tries = 0; !(await runs()); tries += 1) {
    if (tries > 300) throw new Error('The portal did not start.')
    await wait(200)
  }
  return server
}

export async function stopBuilt(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGTERM')
  await once(server, 'exit')
}
