import type { Command } from 'commander'
import { readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { APP_ROLE, dataFolder, type Database } from '~/server/platform/database'
import { env } from '~/server/platform/env'
import { projectRoot } from '~/server/platform/root'
import { answering, table } from './answering'

type Finding = { what: string; state: 'ok' | 'advice' | 'broken'; says: string }

export function addDoctor(program: Command) {
  program
    .command('doctor')
    .description('looks at the database, the queues and the settings, and says what to mend')
    .action(
      answering(async (database) => {
        const findings = [...(await ofTheDatabase(database)), ...ofTheSettings(database)]
        const failed = findings.some(({ state }) => state === 'broken')
        return { json: { healthy: !failed, findings }, text: table(findings.map(({ state, what, says }) => [state, what, says])), failed }
      }),
    )
}

async function ofTheDatabase(database: Database): Promise<Finding[]> {
  const sql = postgres(database.appUrl, { max: 1 })
  try {
    const [it] = await sql`
      select current_setting('server_version_num')::int as version, current_user::text as role,
        (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as above_the_rules,
        (select count(*)::int from pg_class where relowner = (select oid from pg_roles where rolname = current_user)) as owns,
        (select count(*)::int from drizzle.__drizzle_migrations) as migrations,
        (select extract(epoch from now() - min(created_at))::int from outbox) as outbox_seconds,
        (select count(*)::int from deliveries where gave_up_at is not null) as given_up,
        (select count(*)::int from graphile_worker.jobs where attempts >= max_attempts) as dead_jobs,
        (select count(*)::int from outgoing_mails where failed_at is not null) as failed_mails`
    if (!it) return []
    // The ledger is nobody's but its owners'; the doctor only compares what it comes to.
    const [ledger] = await sql.begin(async (tx) => {
      await tx`select set_config('parley.system', 'doctor', true)`
      return tx`
        select count(*)::int as off from (select handle_id, community_id, sum(counted)::int as points from reputation_entries group by 1, 2) it
        full join (select handle_id, community_id, points from reputation_sums where period = 'all') kept using (handle_id, community_id)
        where coalesce(it.points, 0) <> coalesce(kept.points, 0)`
    })
    const chain = await ofTheChain(sql)
    const readings = await ofTheReadings(sql)
    const journal = JSON.parse(readFileSync(join(projectRoot, 'db/migrations/meta/_journal.json'), 'utf8')) as { entries: unknown[] }
    const major = Math.floor(it.version / 10_000)
    return [
      finding(
        'database',
        major >= 15,
        `PostgreSQL ${major}, ${database.embedded ? `embedded in ${dataFolder(env)}` : 'from DATABASE_URL'}`,
      ),
      finding('role', it.role === APP_ROLE && !it.above_the_rules && it.owns === 0, `works as ${it.role}, which owns ${it.owns} relations`),
      {
        what: 'owner',
        state: database.singleLogin ? 'advice' : 'ok',
        says: database.singleLogin
          ? 'one login migrates and works; set DATABASE_URL and DATABASE_OWNER_URL to two'
          : 'migrations have a login of their own',
      },
      finding('migrations', it.migrations === journal.entries.length, `${it.migrations} of ${journal.entries.length} applied`),
      finding(
        'outbox',
        (it.outbox_seconds ?? 0) < 300,
        it.outbox_seconds === null ? 'empty' : `the oldest event waits for ${it.outbox_seconds} s; is a server running?`,
      ),
      finding('deliveries', it.given_up === 0, it.given_up === 0 ? 'none given up' : `${it.given_up} given up: parley deliveries list`),
      finding('jobs', it.dead_jobs === 0, it.dead_jobs === 0 ? 'none given up' : `${it.dead_jobs} given up`),
      finding(
        'reputation',
        ledger?.off === 0,
        ledger?.off === 0 ? 'every sum is that of its rows' : `${ledger?.off} sums are not those of their rows`,
      ),
      chain,
      readings,
      { what: 'mail', state: it.failed_mails === 0 ? 'ok' : 'advice', says: `${it.failed_mails} could not be delivered` },
    ]
  } finally {
    await sql.end({ timeout: 2 })
  }
}

async function ofTheReadings(sql: postgres.Sql): Promise<Finding> {
  const [broken] = await sql<{ nth: string; why: string }[]>`select nth, why from broken_access_link()`
  return finding('readings of vaults', !broken, broken ? `broken at link ${broken.nth}: ${broken.why}` : 'every link holds')
}

/** The log of moderation proves itself: every link is computed again, and compared with what it seals. */
async function ofTheChain(sql: postgres.Sql): Promise<Finding> {
  const [broken] = await sql<{ link: string; what: string }[]>`select link, what from broken_moderation_link()`
  if (broken) return finding('moderation log', false, `broken at link ${broken.link}: ${broken.what}`)
  const [rest] = await sql<{ unchained: number; links: number }[]>`
    select unchained_moderation()::int as unchained, moderation_links()::int as links`
  const { unchained, links } = rest ?? { unchained: 0, links: 0 }
  return finding(
    'moderation log',
    unchained === 0,
    unchained === 0 ? `${links} links, every one holds` : `${unchained} entries are sealed by no link`,
  )
}

const ENOUGH_BYTES = 1024 ** 3

function ofTheSettings(database: Database): Finding[] {
  const findings: Finding[] = []
  if (!env.SMTP_URL)
    findings.push({
      what: 'mail server',
      state: 'advice',
      says: env.PARLEY_DEMO ? 'none: mail is shown on /dev/mailbox' : 'none: set SMTP_URL, or nobody gets mail',
    })
  if (env.PARLEY_ORIGIN.length === 0)
    findings.push({ what: 'origin', state: 'advice', says: 'PARLEY_ORIGIN is not set: only this machine can use the site' })
  if (database.embedded) {
    const { bavail, bsize } = statfsSync(dataFolder(env))
    findings.push(finding('disk', bavail * bsize > ENOUGH_BYTES, `${Math.round((bavail * bsize) / 1024 ** 2)} MB free`))
  }
  return findings
}

function finding(what: string, holds: boolean, says: string): Finding {
  return { what, state: holds ? 'ok' : 'broken', says }
}
