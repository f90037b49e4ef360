import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { counting } from '../archive'
import { migrateDatabase } from '../database'
import type { Storage } from '../storage'
import type { Backup } from './reading'
import { COPY_SETTINGS, copyIn, copyOut, listenAgain, type Table, tablesOf } from './tables'

const quiet = { max: 1, onnotice: () => {} }

/** A new database beside the present one, of the backup's own version, holding exactly what the backup holds. */
export async function loadBackup({ archive, manifest, migrations }: Backup, ownerUrl: string, appUrl: string): Promise<void> {
  await migrateDatabase(ownerUrl, appUrl, migrations)
  const sql = postgres(ownerUrl, { ...quiet, connection: { application_name: 'parley-restore', ...COPY_SETTINGS } })
  try {
    await sql.begin(async (tx) => {
      const tables = await sameTables(tx, manifest.tables)
      for (const month of manifest.months) await tx`select make_interaction_month(${`${month}-01T00:00:00Z`}::timestamptz)`
      const lifted = await liftRules(tx, tables)
      await tx.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')}`)
      for (const table of tables) {
        const part = manifest.tables.find(({ name }) => name === table.name)
        if (part && part.rows > 0) await pipeline(await archive.read(part.part), await tx.unsafe(copyIn(table)).writable())
      }
      for (const { name, last } of manifest.sequences) if (last !== null) await tx`select setval(${name}::regclass, ${last}::bigint)`
      await lifted.putBack()
    })
    await compare(sql, manifest.tables)
    await sql`analyze`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The database asked for what it holds now: as many rows, and every byte of them the same. */
async function compare(sql: postgres.Sql, named: Backup['manifest']['tables']) {
  const tables = await sameTables(sql, named)
  for (const { name, rows, sha256 } of named) {
    const { stream, seen } = counting()
    const table = tables.find((one) => one.name === name) as Table
    stream.resume()
    const content = await sql.unsafe(copyOut(table)).readable()
    await pipeline(content, stream)
    listenAgain(content)
    if (seen.lines !== rows || seen.sha256() !== sha256) throw new Error(`${name} does not hold what the backup holds.`)
  }
}

/** Of the file only names and columns are taken that the migrated database has: nothing of it is ever run. */
async function sameTables(sql: postgres.Sql | postgres.TransactionSql, named: Backup['manifest']['tables']): Promise<Table[]> {
  const tables = await tablesOf(sql)
  for (const { name, columns } of named) {
    const table = tables.find((one) => one.name === name)
    if (!table || table.columns.join() !== columns.join()) throw new Error(`${name} is not as the backup knows it.`)
  }
  return tables.filter(({ name }) => named.some((one) => one.name === name))
}

/**
 * Triggers would write what the backup brings anyhow, and rows come in no order that foreign keys could follow. Both are the owner's to put
 * aside; put back, every foreign key is checked over all rows.
 */
async function liftRules(tx: postgres.TransactionSql, tables: Table[]) {
  const keys = await tx<{ on: string; name: string; definition: string }[]>`
    select c.conrelid::regclass::text as on, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
    where c.contype = 'f' and c.conparentid = 0 and n.nspname in ('public', 'graphile_worker')`
  for (const { on, name } of keys) await tx.unsafe(`alter table ${on} drop constraint ${name}`)
  for (const { name } of tables) await tx.unsafe(`alter table ${name} disable trigger user`)
  return {
    putBack: async () => {
      for (const { name } of tables) await tx.unsafe(`alter table ${name} enable trigger user`)
      for (const { on, name, definition } of keys) await tx.unsafe(`alter table ${on} add constraint ${name} ${definition}`)
    },
  }
}

/** A key names one file for ever: what is there already is the same file. */
export async function restoreFiles({ archive, manifest }: Backup, storage: Storage): Promise<number> {
  let restored = 0
  for (const { key, bytes } of manifest.files) {
    if (await storage.has(key)) continue
    await storage.put(key, await archive.bytes(`files/${key}`, bytes))
    restored += 1
  }
  return restored
}

/** `postgres://…/parley` -> `postgres://…/<name>` */
export function inDatabase(url: string, name: string) {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

export const databaseName = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1))

/** Whoever may make databases, on the server that the portal uses. */
export async function asAdmin<T>(adminUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(adminUrl, { ...quiet, connection: { application_name: 'parley-restore' } })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

export async function makeDatabaseLike(sql: postgres.Sql, present: string, name: string) {
  const [like] = await sql<{ owner: string; collate: string; ctype: string }[]>`
    select quote_ident(pg_get_userbyid(datdba)) as owner, quote_literal(datcollate) as collate, quote_literal(datctype) as ctype from pg_database where datname = ${present}`
  if (!like) throw new Error(`There is no database ${present}.`)
  await sql.unsafe(
    `create database ${quoted(name)} owner ${like.owner} template template0 encoding 'UTF8' lc_collate ${like.collate} lc_ctype ${like.ctype}`,
  )
}

/** Who still works with it; the switch waits for nobody. */
export async function whoIsIn(sql: postgres.Sql, name: string): Promise<number> {
  const [found] = await sql<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid() and backend_type = 'client backend'`
  return found?.n ?? 0
}

/** Both names change in one transaction: the portal has the one or the other, and never none. */
export async function switchDatabases(sql: postgres.Sql, present: string, fresh: string, kept: string) {
  await sql.begin(async (tx) => {
    await tx.unsafe(`alter database ${quoted(present)} rename to ${quoted(kept)}`)
    await tx.unsafe(`alter database ${quoted(fresh)} rename to ${quoted(present)}`)
  })
}

export const dropDatabase = (sql: postgres.Sql, name: string) => sql.unsafe(`drop database if exists ${quoted(name)} with (force)`)

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
