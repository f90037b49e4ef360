import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import postgres from 'postgres'
import { closeDatabase, configureDatabase } from '~/db/client'
import { migrateDatabase } from '~/server/platform/database'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'

/** An id of the shape that the portal takes, from a name. */
const BENCH_ID =
  "create function bench_id(name text) returns uuid language sql immutable parallel safe return overlay(overlay(md5(name) placing '7' from 13) placing '8' from 17)::uuid"

/** Loads a database that is thrown away, measures in it as the portal's own role, one connection at a time, and ends the process. */
export async function onScratch(
  name: string,
  load: (owner: postgres.Sql) => Promise<void>,
  measure: (owner: postgres.Sql) => Promise<void>,
): Promise<never> {
  const scratch = mkdtempSync(join(tmpdir(), `parley-${name}-`))
  chmodSync(scratch, 0o711)
  process.env.PARLEY_DATA ??= scratch
  const database = await startEmbeddedPostgres({ dataDir: scratch, fast: true })
  try {
    await migrateDatabase(database.ownerUrl, database.appUrl)
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
    await owner.unsafe(BENCH_ID)
    await load(owner)
    await owner.unsafe('vacuum analyze')
    configureDatabase(database.appUrl, { max: 1 })
    await measure(owner)
    await owner.end()
  } finally {
    await closeDatabase()
    await database.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
  process.exit(0)
}

/** Prints how long it takes, beside something else of the same run; returns the median in milliseconds. */
export async function timed(name: string, times: number, work: () => Promise<unknown>, beside?: number): Promise<number> {
  for (let warm = 0; warm < Math.min(times, 20); warm += 1) await work()
  const took: number[] = []
  for (let nth = 0; nth < times; nth += 1) {
    const begun = performance.now()
    await work()
    took.push(performance.now() - begun)
  }
  took.sort((one, other) => one - other)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] as number
  const ratio = beside ? `  ×${(at(0.5) / beside).toFixed(1)}` : ''
  console.log(`${name}: p50 ${at(0.5).toFixed(2)} ms, p99 ${at(0.99).toFixed(2)} ms${ratio}`)
  return at(0.5)
}
