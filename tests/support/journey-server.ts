import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'

// The built portal, as `npm run serve` starts it, on a database that is thrown away: it need not survive a power cut.
const database = await startEmbeddedPostgres({ dataDir: process.env.PARLEY_DATA ?? '', fast: true })
// Drawing pages leaves much behind that is young and soon gone.
const site = spawn(process.execPath, ['--max-semi-space-size=64', 'build/server/main.js'], { stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => site.kill(signal))
await once(site, 'exit')
await database.stop()
