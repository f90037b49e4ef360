import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, expect, inject, test } from 'vitest'
import { newId } from '~/db/ids'
import { openBackup, writeBackup } from '~/server/platform/backup'
import { standsAt } from '~/server/platform/backup/manifest'
import { projectRoot } from '~/server/platform/root'
import { diskStorage } from '~/server/platform/storage-disk'
import { copyDatabase } from '../support/copy-database'
import { COMMAND_LINE } from '../support/command-line'

// A database of its own, which is replaced by another under its name.
const prepared = inject('database')
const NAME = `backup_${randomBytes(3).toString('hex')}`
const { appUrl, ownerUrl } = await copyDatabase(prepared, NAME)
const folder = mkdtempSync(join(prepared.folder, 'backup-'))
const files = diskStorage(join(folder, 'data/files'))
const admin = postgres(prepared.superUrl, { max: 1, onnotice: () => {} })
const database = `${prepared.template}_${NAME}`
afterAll(() => admin.end({ timeout: 5 }))

const environment = {
  ...process.env,
  DATABASE_URL: appUrl,
  DATABASE_OWNER_URL: ownerUrl,
  DATABASE_ADMIN_URL: prepared.superUrl,
  PARLEY_DATA: join(folder, 'data'),
}

function parley(...args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const command = [COMMAND_LINE, ...args]
    execFile(process.execPath, command, { cwd: projectRoot, env: environment, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

async function asOwner<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  return work(sql).finally(() => sql.end({ timeout: 5 }))
}

/** A small world: people of many letters, a thread with a file, the log over months, a partitioned timeline, a session, a reading in its chain. */
async function aWorld(word: string) {
  const [personId, handleId, communityId, threadId, postId] = [newId(), newId(), newId(), newId(), newId()]
  const [vendorId, grantId] = [newId(), newId()]
  const key = `${word}-${randomBytes(8).toString('hex')}`
  await files.put(key, Buffer.from(`the picture of ${word}`))
  await asOwner((sql) =>
    sql.begin(async (tx) => {
      await tx`insert into people (id) values (${personId})`
      await tx`insert into handles (id, kind, person_id, handle, display_name) values (${handleId}, 'member', ${personId}, ${word}, ${`${word} \\N\t"Ω"\n☂`})`
      await tx`insert into sessions (id, person_id, expires_at) values (${key}, ${personId}, now() + interval '1 day')`
      await tx`insert into vault_attributes (id, person_id, key, value) values (${newId()}, ${personId}, 'name', ${`vault of ${word}`})`
      await tx`insert into vendors (id, slug, name, summary) values (${vendorId}, ${`makers-of-${word}`}, 'Makers', 'They make.')`
      await tx`insert into grants (id, person_id, handle_id, vendor_id, purpose, ends_at) values (${grantId}, ${personId}, ${handleId}, ${vendorId}, 'answer', now() + interval '9 days')`
      await tx`insert into access_records (id, person_id, vendor_id, grant_id, key, purpose, read_by, reader_handle_id, hour) values (${newId()}, ${personId}, ${vendorId}, ${grantId}, 'name', 'answer', ${personId}, ${handleId}, date_trunc('hour', now()))`
      await tx`insert into access_refusals (id, person_id, vendor_id, purpose, asked_by, asker_handle_id, hour) values (${newId()}, ${personId}, ${vendorId}, 'offer', ${personId}, ${handleId}, date_trunc('hour', now()))`
      await tx`insert into communities (id, slug, name, access) values (${communityId}, ${`room-${word}`}, 'Room', 'open')`
      await tx`insert into threads (id, community_id, handle_id, kind, title) values (${threadId}, ${communityId}, ${handleId}, 'question', ${`Why, ${word}?`})`
      // The end of a table comes together with more than the driver holds at once.
      await tx`insert into posts (id, thread_id, handle_id, kind, markdown, html) values (${postId}, ${threadId}, ${handleId}, 'opening', repeat('Because. ', 3000), '<p>Because.</p>')`
      await tx`insert into attachments (id, person_id, kind, subject_id, post_id, storage_key, name, bytes) values (${newId()}, ${personId}, 'ask', ${threadId}, ${postId}, ${key}, 'a.txt', 20)`
      await tx`select make_interaction_month(now()), make_interaction_month(now() - interval '40 days')`
      for (const days of [0, 40, 200])
        await tx`insert into interactions (id, kind, actor_kind, payload, occurred_at) values (${newId()}, 'person.signed-up', 'system', ${tx.json({ personId })}, now() - make_interval(days => ${days}))`
    }),
  )
  return { key, personId }
}

/** What every table holds, as one hash a table. */
const hashes = (sql: postgres.Sql) =>
  sql<{ name: string }[]>`select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
    and c.relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace, 'drizzle'::regnamespace) order by 1`.then((tables) =>
    Promise.all(
      tables.map(async ({ name }) => {
        const [row] = await sql.unsafe(
          `select count(*)::int as n, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as md5 from ${name} t`,
        )
        return `${name} ${row?.n} ${row?.md5}`
      }),
    ),
  )
const SHUT = /^(sessions|half_sign_ins|account_tokens|passkey_challenges|provider_visits|graphile_worker\.migrations|drizzle\.) /
const kept = (all: string[]) => all.filter((line) => !SHUT.test(line) && !line.includes('__drizzle') && !line.includes('.migrations'))

const world = await aWorld('amina')
const file = join(folder, 'one.parley')

test('a backup is one private file, and what is restored from it is the same in every table and every file', async () => {
  const written = await parley('--json', 'backup', file)
  expect(written.err).toBe('')
  expect(JSON.parse(written.out)).toMatchObject({ files: 1, missing: [] })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).not.toContain('one.parley.part')
  expect(await parley('backup', file)).toMatchObject({ code: 1, err: expect.stringContaining('exists already') })
  expect(JSON.parse((await parley('--json', 'verify', file)).out)).toMatchObject({ whole: true, files: 1 })

  const before = await asOwner(hashes)
  const chain = () =>
    asOwner((sql) => sql`select count(*)::int as links, (select why from broken_access_link()) as broken from access_chain`)
  expect(await chain()).toEqual([{ links: 2, broken: null }])
  const rules = () =>
    asOwner(
      (sql) =>
        sql`select conrelid::regclass::text as on, conname, pg_get_constraintdef(oid) as is, convalidated from pg_constraint order by 1, 2, 3`,
    )
  const [ruled, next] = [await rules(), await asOwner((sql) => sql`select last_value from threads_number_seq`)]
  // What happens after the backup is undone by restoring it.
  await aWorld('bo')
  await files.remove(world.key)

  const restored = await parley('--json', 'restore', file)
  expect(restored.err).toBe('')
  expect(kept(await asOwner(hashes))).toEqual(kept(before))
  expect(await chain()).toEqual([{ links: 2, broken: null }])
  expect(await rules()).toEqual(ruled)
  expect(await asOwner((sql) => sql`select last_value from threads_number_seq`)).toEqual(next)
  expect(await asOwner((sql) => sql`select count(*)::int as n from pg_trigger where tgenabled = 'D'`)).toEqual([{ n: 0 }])
  expect(await asOwner((sql) => sql`select count(*)::int as n from sessions`)).toEqual([{ n: 0 }])
  expect(await files.has(world.key)).toBe(true)
  // The one it replaced is kept until somebody drops it.
  const { kept: old } = JSON.parse(restored.out) as { kept: string }
  const found = await admin`select 1 from pg_database where datname = ${old}`
  expect(found).toHaveLength(1)
  await admin.unsafe(`drop database "${old}" with (force)`)
}, 120_000)

test('a file that was cut off, changed in any one byte, or comes from a newer version is refused before anything is changed', async () => {
  const before = await asOwner(hashes)
  const size = statSync(file).size
  const broken = join(folder, 'broken.parley')
  for (const at of [0, 30, Math.floor(size / 3), Math.floor(size / 2), size - 300, size - 70, size - 1]) {
    const bytes = readFileSync(file)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(broken, bytes)
    await expect(openBackup(broken), `byte ${at} of ${size}`).rejects.toMatchObject({ reason: 'changed' })
  }
  for (const length of [0, 10, Math.floor(size / 2), size - 1]) {
    copyFileSync(file, broken)
    truncateSync(broken, length)
    await expect(openBackup(broken), `${length} bytes`).rejects.toMatchObject({ reason: 'changed' })
  }
  expect(await parley('restore', broken)).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was changed') })
  expect(await asOwner(hashes)).toEqual(before)

  const { manifest, archive } = await openBackup(file)
  archive.close()
  const newer = [...manifest.migrations, { when: 9_999_999_999_999, hash: 'f'.repeat(64) }]
  expect(() => standsAt({ migrations: newer })).toThrow('other-version')
  expect(() => standsAt({ migrations: manifest.migrations.map((one) => ({ ...one, hash: 'f'.repeat(64) })) })).toThrow('other-version')
  expect(standsAt({ migrations: manifest.migrations.slice(0, 3) })).toBe(3)
}, 60_000)

test('while somebody works with the portal nothing is restored; a restore that is killed leaves the portal as it was', async () => {
  const before = await asOwner(hashes)
  await asOwner(async (sql) => {
    await sql`select 1`
    expect(await parley('restore', file)).toMatchObject({ code: 1, err: expect.stringContaining('Stop it first') })
  })

  const child = spawn(process.execPath, [COMMAND_LINE, 'restore', file], { cwd: projectRoot, env: environment })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const half = `${database.slice(0, 40)}_restoring`
  for (let there = 0; there === 0;)
    [{ there } = { there: 0 }] = await admin<{ there: number }[]>`select count(*)::int as there from pg_database where datname = ${half}`
  child.kill('SIGKILL')
  await ended
  expect(await asOwner(hashes)).toEqual(before)

  // The next one clears away what was left.
  expect(await parley('restore', file, '--drop-old')).toMatchObject({ code: 0 })
  expect(kept(await asOwner(hashes))).toEqual(kept(before))
  expect(
    await admin`select 1 from pg_database where datname = ${half} or starts_with(datname, ${`${database.slice(0, 40)}_before`})`,
  ).toHaveLength(0)
}, 120_000)

test('a backup that cannot be finished leaves no file; a file that is gone from the store is named', async () => {
  const cut = join(folder, 'cut.parley')
  const lost = { ...files, read: () => Promise.reject(new Error('the store is away')) }
  const keys = 'select storage_key as key from attachments'
  await expect(writeBackup({ file: cut, ownerUrl, storage: lost, fileKeys: keys })).rejects.toThrow('the store is away')
  expect(existsSync(cut) || existsSync(`${cut}.part`)).toBe(false)

  const gone = await writeBackup({ file: cut, ownerUrl, storage: { ...files, read: async () => null }, fileKeys: keys })
  expect(gone.missing).toContain(world.key)
})
