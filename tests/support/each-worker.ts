import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, inject } from 'vitest'
import { copyDatabase } from './copy-database'

// Before any module of the product is loaded: its database, and a data folder of its own.
const worker = process.env.VITEST_POOL_ID ?? '1'
const prepared = inject('database')
const { appUrl, ownerUrl } = await copyDatabase(prepared, worker)
process.env.DATABASE_URL = appUrl
process.env.DATABASE_OWNER_URL = ownerUrl
process.env.PARLEY_DEMO = '1'
process.env.PARLEY_DATA = join(prepared.folder, `files-${worker}`)
delete process.env.SMTP_URL

// Files of one worker share the modules of the product: what one changed of settings and time is put back for the next.
const [{ env }, { setClock }] = await Promise.all([import('~/server/platform/env'), import('~/server/platform/clock')])
const settings = { ...env }
afterAll(() => {
  for (const name of Object.keys(env)) if (!(name in settings)) delete (env as Record<string, unknown>)[name]
  Object.assign(env, settings)
  setClock(null)
})

// A test that stood still says what the database was doing meanwhile.
afterEach(async ({ task }) => {
  if (!task.result?.errors?.some(({ message }) => message.includes('timed out'))) return
  const sql = postgres(prepared.superUrl, { max: 1, onnotice: () => {} })
  const doing = await sql`
    select pid, datname, state, wait_event_type, wait_event, pg_blocking_pids(pid) as waits_for,
      now() - state_change as since, left(query, 300) as query
    from pg_stat_activity where datname is not null and pid <> pg_backend_pid()
    order by state, pid`
  await sql.end({ timeout: 5 })
  console.error(`${task.name} stood still`, JSON.stringify(doing, null, 1))
})
