import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { db, inBackground } from '~/db/client'
import { asAppRole, migrateDatabase, resolveDatabase } from '~/server/platform/database'

const settings = { PARLEY_DATA: '.data', PARLEY_PG_PORT: undefined }

/** An empty database on the server of the tests, and a login that owns it. */
async function anEmptyDatabase(rights: string) {
  const name = `login_${Math.floor(performance.now() * 1000)}`
  const superUrl = new URL(inject('database').superUrl)
  const sql = postgres(superUrl.href, { max: 1, onnotice: () => {} })
  await sql.unsafe(`create role ${name} login ${rights} password 'pa+ss'`)
  await sql.unsafe(`create database ${name} owner ${name}`)
  await sql.end()
  return { name, url: `postgres://${name}:pa+ss@${superUrl.host}/${name}` }
}

async function whoWorks(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const [row] = await sql`select current_user::text as role, session_user::text as login, (select count(*)::int from people) as people`
  await expect(sql`create table mine (id int)`).rejects.toThrow(/permission denied/)
  await sql.end()
  return row
}

test.each(['superuser', 'createrole'])('one login (%s) migrates, then works as the role that owns nothing', async (rights) => {
  const { name, url } = await anEmptyDatabase(rights)
  if (rights === 'createrole') {
    const sql = postgres(inject('database').superUrl, { max: 1, onnotice: () => {} })
    await sql.unsafe(`grant parley_app to ${name}`)
    await sql.end()
  }
  const database = await resolveDatabase({ ...settings, DATABASE_URL: url, DATABASE_OWNER_URL: undefined })
  await migrateDatabase(database.ownerUrl, database.appUrl)
  await migrateDatabase(database.ownerUrl, database.appUrl)

  expect(database).toMatchObject({ singleLogin: true, embedded: false })
  expect(await whoWorks(database.appUrl)).toEqual({ role: 'parley_app', login: name, people: 0 })
})

test('a login that may not make the role is told what to run', async () => {
  const { name, url } = await anEmptyDatabase('nocreaterole')
  await expect(migrateDatabase(url, asAppRole(url))).rejects.toThrow(`grant parley_app to "${name}"`)
})

test('two processes that migrate at once end well', async () => {
  const { url } = await anEmptyDatabase('superuser')
  await Promise.all([1, 2, 3].map(() => migrateDatabase(url, asAppRole(url))))
  expect(await whoWorks(asAppRole(url))).toMatchObject({ people: 0 })
})

test('work in the background has connections of its own, also where it goes on after waiting', async () => {
  const process = async () => (await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid, pg_sleep(0.01)`))[0]?.pid
  const pids = async () => new Set(await Promise.all(Array.from({ length: 12 }, process)))
  const before = await pids()
  const behind = await inBackground(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    return pids()
  })
  expect(behind.size).toBeGreaterThan(0)
  expect([...behind].filter((pid) => before.has(pid))).toEqual([])
})
