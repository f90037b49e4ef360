import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '~/server/platform/database'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { bundleCommandLine } from './command-line'
import { OWNER_ROLE, type TestDatabase, urlsFor } from './copy-database'

declare module 'vitest' {
  interface ProvidedContext {
    database: TestDatabase
  }
}

/**
 * Once a run: a server of its own (or PARLEY_TEST_DATABASE, the URL of a superuser) and one migrated database, of which
 * every worker works on a copy.
 */
export default async function prepareDatabase(project: TestProject) {
  const given = process.env.PARLEY_TEST_DATABASE
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  // Root's database runs as another account, which must get in.
  chmodSync(folder, 0o711)
  const embedded = given ? null : await startEmbeddedPostgres({ dataDir: join(folder, 'data'), fast: true })
  const superUrl = given ?? (embedded as NonNullable<typeof embedded>).superUrl
  const template = `parley_test_${randomBytes(4).toString('hex')}`

  const sql = postgres(superUrl, { max: 1, onnotice: () => {} })
  const [owner] = await sql`select 1 from pg_roles where rolname = ${OWNER_ROLE}`
  if (!owner) await sql.unsafe(`create role ${OWNER_ROLE} nologin`)
  await sql.unsafe(`create database ${template} owner ${OWNER_ROLE}`)
  const { appUrl, ownerUrl } = urlsFor(superUrl, template)
  if (given) await createAppRole(sql)
  await Promise.all([migrateDatabase(ownerUrl, appUrl), bundleCommandLine()])
  project.provide('database', { superUrl, template, folder })

  return async () => {
    if (given) {
      const copies = await sql`select datname from pg_database where starts_with(datname, ${template})`
      for (const { datname } of copies) await sql.unsafe(`drop database ${datname} with (force)`)
    }
    await sql.end({ timeout: 5 })
    await embedded?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function createAppRole(sql: postgres.Sql) {
  const [role] = await sql`select 1 from pg_roles where rolname = 'parley_app'`
  if (!role) await sql.unsafe('create role parley_app nologin nosuperuser nobypassrls')
}
