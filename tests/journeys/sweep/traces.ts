import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import postgres from 'postgres'
import { openArchive } from '~/server/platform/archive'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { projectRoot } from '~/server/platform/root'
import { ask, done, type Seat } from './seats'

// Where something may be left that no page says any more: mails, the log, files that are taken along, backups.

const folder = () => process.env.PARLEY_JOURNEY_DATA ?? ''
const ALL = { parts: 20_000_000, bytes: Number.MAX_SAFE_INTEGER }

/** The portal’s own database: as the owner of its tables, where dates are moved and rows are read that nobody else could, or as the application. */
export async function inDatabase<T>(work: (sql: postgres.Sql) => Promise<T>, as: 'ownerUrl' | 'appUrl' = 'ownerUrl'): Promise<T> {
  const database = await startEmbeddedPostgres({ dataDir: folder(), fast: true })
  const sql = postgres(database[as], { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
    await database.stop()
  }
}

/** How a word of small letters and digits reads as it is, in hex, and in base64 at whichever byte it begins. */
export function spellings(word: string): string[] {
  const inBase64 = [0, 1, 2].map((before) => {
    const text = Buffer.from('\0'.repeat(before) + word).toString('base64')
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + word.length) * 8) / 6))
  })
  return [word, Buffer.from(word).toString('hex'), ...inBase64]
}

/** Which of these words stand in one of these texts, however they are spelled: the name of the text, and the word. */
export function leftIn(texts: Iterable<[name: string, text: string]>, words: string[]): string[] {
  const looked = words.map((word) => ({ word, spelled: spellings(word) }))
  return [...texts].flatMap(([name, text]) =>
    looked.filter(({ spelled }) => spelled.some((as) => text.includes(as))).map(({ word }) => `${name}: ${word}`),
  )
}

/** What waits for somebody goes out now, and is handed over; then every mail that there ever was, whole. */
export async function mailsAfterAll(handle: string): Promise<[string, string][]> {
  return inDatabase(async (sql) => {
    const theirs = sql`(select person_id from handles where handle = ${handle})`
    const sent = async () =>
      (await sql`select 1 from outgoing_mails where person_id = ${theirs} and writer = 'notification' and sent_at is not null`).length
    const waits = async () =>
      (
        await sql`select 1 from notifications_waiting where person_id = ${theirs} and channel = 'mail'
          union all select 1 from outgoing_mails where person_id = ${theirs} and sent_at is null and dropped_at is null and failed_at is null`
      ).length
    expect((await sent()) + (await waits()), `${handle} has something to be mailed`).toBeGreaterThan(0)
    await sql`update notifications_waiting set due_at = now() where person_id = ${theirs}`
    await sql`select graphile_worker.add_job('tell-waiting')`
    await expect.poll(waits).toBe(0)
    expect(await sent(), `${handle} was mailed`).toBeGreaterThan(0)
    const mails = await sql<{ id: string; text: string }[]>`select m.id, m::text as text from outgoing_mails m`
    return mails.map(({ id, text }) => [`mail ${id}`, text])
  })
}

/** What the server and its database have said so far. */
export function logs(): [string, string][] {
  return ['journeys.log', ...readdirSync(folder()).filter((name) => name.endsWith('postgres.log'))].map((name) => [
    name,
    readFileSync(join(folder(), name), 'utf8'),
  ])
}

/** Every table in which one of these words can be read as it is: no mail, event, job or index says it. */
export async function tablesSaying(words: string[]): Promise<string[]> {
  return inDatabase(async (sql) => {
    const tables = await sql<{ name: string }[]>`select c.oid::regclass::text as name from pg_class c
      where c.relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition`
    const found: string[] = []
    for (const { name } of tables)
      for (const { row } of await sql.unsafe<{ row: string }[]>(`select x::text as row from ${name} x where x::text ~* $1 limit 1`, [
        words.join('|'),
      ]))
        found.push(`${name}: ${row.slice(0, 200)}`)
    return found
  })
}

/** Everything that somebody may take along, made now. Returns where it is fetched. */
export async function makeExport(seat: Seat): Promise<string> {
  const newest = async () => /\/me\/export\/[\w-]{36}/.exec((await ask(seat, '/me/export')).body)?.[0] ?? ''
  const before = await newest()
  await done(seat, '/me/export', {})
  let made = ''
  await expect.poll(async () => (made = await newest())).not.toBe(before)
  await expect.poll(async () => (made = await newest())).not.toBe('')
  return made
}

export async function fetchExport(seat: Seat, path: string): Promise<[string, string][]> {
  const answer = await fetch(seat.base + path, { headers: { cookie: seat.cookie } })
  expect(answer.headers.get('content-type'), path).toBe('application/zip')
  return unpacked(Buffer.from(await answer.arrayBuffer()))
}

/** `parley backup`, beside the running portal; every part of it as it lies there. */
export async function freshBackup(): Promise<[string, string][]> {
  const file = join(folder(), `${randomBytes(6).toString('hex')}.parley`)
  const command = ['--import', 'tsx', 'server/cli/main.ts', '--json', 'backup', file]
  await promisify(execFile)(process.execPath, command, {
    cwd: projectRoot,
    env: { ...process.env, PARLEY_DATA: folder(), PARLEY_DEMO: '1' },
    timeout: 60_000,
  }).catch((error: { stdout?: string; stderr?: string; signal?: string; code?: number }) => {
    // What went wrong is said in the document that it prints.
    throw new Error(`parley backup: ${error.signal ?? error.code} ${error.stdout}${error.stderr}`)
  })
  try {
    return await partsOf(file)
  } finally {
    rmSync(file, { force: true })
  }
}

async function unpacked(bytes: Buffer): Promise<[string, string][]> {
  const file = join(folder(), `${randomBytes(6).toString('hex')}.zip`)
  writeFileSync(file, bytes, { mode: 0o600 })
  try {
    return await partsOf(file)
  } finally {
    rmSync(file, { force: true })
  }
}

async function partsOf(file: string): Promise<[string, string][]> {
  const archive = await openArchive(file, ALL)
  try {
    const parts: [string, string][] = [['manifest.json', JSON.stringify(archive.manifest)]]
    for (const [name, size] of archive.parts) parts.push([name, (await archive.bytes(name, size)).toString('latin1')])
    return parts
  } finally {
    archive.close()
  }
}
