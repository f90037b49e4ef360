import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations } from 'graphile-worker'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import postgres from 'postgres'
import { startEmbeddedPostgres } from './embedded-postgres'
import type { Environment } from './env'
import { quietLogger } from './jobs'
import { projectRoot } from './root'

export const APP_ROLE = 'parley_app'
/** Any number will do, as long as nobody else in this database takes it. */
const MIGRATION_LOCK = 727_539

export type Database = {
  /** The application's role, which owns nothing. */
  appUrl: string
  /** The role that owns the tables. */
  ownerUrl: string
  embedded: boolean
  /** Who may make a database and give it another's name: for restoring. */
  adminUrl: string
  /** One login for both: it migrates and steps down to the application's role. `parley doctor` advises two. */
  singleLogin: boolean
  stop: () => Promise<void>
}

type Settings = Pick<Environment, 'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'DATABASE_ADMIN_URL' | 'PARLEY_DATA' | 'PARLEY_PG_PORT'>

/** The database of the environment, or the embedded one, started or adopted. */
export async function resolveDatabase(settings: Settings): Promise<Database> {
  const given = settings.DATABASE_URL ?? settings.DATABASE_OWNER_URL
  if (!given) {
    const embedded = await startEmbeddedPostgres({ dataDir: dataFolder(settings), port: settings.PARLEY_PG_PORT })
    return {
      appUrl: embedded.appUrl,
      ownerUrl: embedded.ownerUrl,
      adminUrl: embedded.superUrl,
      embedded: true,
      singleLogin: false,
      stop: embedded.stop,
    }
  }
  return {
    appUrl: asAppRole(given),
    ownerUrl: settings.DATABASE_OWNER_URL ?? given,
    adminUrl: settings.DATABASE_ADMIN_URL ?? settings.DATABASE_OWNER_URL ?? given,
    embedded: false,
    singleLogin: !settings.DATABASE_URL || !settings.DATABASE_OWNER_URL,
    stop: async () => {},
  }
}

export function dataFolder({ PARLEY_DATA }: Pick<Environment, 'PARLEY_DATA'>) {
  return isAbsolute(PARLEY_DATA) ? PARLEY_DATA : join(projectRoot, PARLEY_DATA)
}

/** Policies and triggers speak of this one role, so a login with another name takes it for the whole connection. */
export function asAppRole(databaseUrl: string) {
  const url = new URL(databaseUrl)
  if (decodeURIComponent(url.username) === APP_ROLE || url.searchParams.has('options')) return databaseUrl
  url.search += `${url.search ? '&' : '?'}options=-c%20role%3D${APP_ROLE}`
  return url.href
}

/**
 * Brings the schema up to date, or to its first so many migrations. Safe to call from several processes at once: the others wait and find it
 * done.
 */
export async function migrateDatabase(ownerUrl: string, appUrl?: string, first?: number) {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'parley-migrate' } })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await createAppRole(sql, appUrl)
    await withMigrations(first, (migrationsFolder) => migrate(drizzle(sql), { migrationsFolder }))
    await runMigrations({ connectionString: ownerUrl, logger: quietLogger })
    await openJobTables(sql)
    if (first === undefined) await defineRoutines(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The migrator goes by the journal of a folder: for an earlier version it gets one that ends earlier. */
async function withMigrations(first: number | undefined, work: (folder: string) => Promise<void>) {
  const folder = join(projectRoot, 'db/migrations')
  if (first === undefined) return work(folder)
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: { tag: string }[] }
  const entries = journal.entries.slice(0, first)
  const draft = mkdtempSync(join(tmpdir(), 'parley-migrations-'))
  try {
    mkdirSync(join(draft, 'meta'))
    writeFileSync(join(draft, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
    for (const { tag } of entries) copyFileSync(join(folder, `${tag}.sql`), join(draft, `${tag}.sql`))
    await work(draft)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Functions that change with the tables they speak of stand whole in db/routines, and are defined anew after every migration. */
async function defineRoutines(sql: postgres.Sql) {
  const folder = join(projectRoot, 'db/routines')
  for (const file of readdirSync(folder).sort()) await sql.unsafe(readFileSync(join(folder, file), 'utf8'))
}

/** The application's role, and the right of a login that is not it to become it. */
async function createAppRole(sql: postgres.Sql, appUrl = '') {
  const login = appUrl ? decodeURIComponent(new URL(appUrl).username) : APP_ROLE
  try {
    const [role] = await sql`select 1 from pg_roles where rolname = ${APP_ROLE}`
    if (!role) await sql.unsafe(`create role ${APP_ROLE} nologin nosuperuser nobypassrls`)
    if (login === APP_ROLE) return
    const [right] = await sql`select pg_has_role(${login}::name, ${APP_ROLE}::name, 'member') as has`
    if (!right?.has) await sql`grant ${sql(APP_ROLE)} to ${sql(login)}`
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new Error(
      `The database login may not make the role of the application. Run as a superuser: create role ${APP_ROLE} nologin; grant ${APP_ROLE} to "${login}";`,
    )
  }
}

/** The job runner's tables come with row-level security and no policy: only their owner could use them. */
async function openJobTables(sql: postgres.Sql) {
  await sql.unsafe(`
    grant usage on schema graphile_worker to ${APP_ROLE};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${APP_ROLE};
    grant usage, select on all sequences in schema graphile_worker to ${APP_ROLE};
    grant execute on all functions in schema graphile_worker to ${APP_ROLE};
    do $$ declare job_table regclass; begin
      for job_table in select c.oid::regclass from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity and not exists (select 1 from pg_policy p where p.polrelid = c.oid)
      loop
        execute format('create policy work on %s to ${APP_ROLE} using (true) with check (true)', job_table);
      end loop;
    end $$;`)
}
