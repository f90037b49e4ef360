import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'

// The built portal, as `npm run serve` starts it, on a database that is thrown away: it need not survive a power cut.
const database = await startEmbeddedPostgres({ dataDir: process.env.PARLEY_DATA ?? '', fast: true })
// What the portal says of itself is kept beside its data, for a journey to look into.
const log = join(process.env.PARLEY_DATA ?? '', 'journeys.log')
const said = openSync(log, 'a')
// Drawing pages leaves much behind that is young and soon gone.
const site = spawn(process.execPath, ['--max-semi-space-size=64', 'build/server/main.js'], { stdio: ['inherit', 'inherit', said] })
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => site.kill(signal))
const [code] = (await once(site, 'exit')) as [number | null]
if (code) console.error(readFileSync(log, 'utf8').slice(-4000))
await database.stop()
