import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { env } from './env'
import { freePort } from './free-port'
import { isAlive, processState, takeLock } from './holder'
import { choosePlace, type Place } from './postgres-place'
import { type Secrets, urlsOf } from './postgres-secrets'

/** A process that is working with the server keeps one connection under this name; the last one to leave stops the server. */
const KEEPER = 'parley-keeper'
const PATIENCE_SECONDS = 30

type Options = { dataDir: string; port?: number; fast?: boolean }
export type EmbeddedPostgres = Awaited<ReturnType<typeof startEmbeddedPostgres>>

/**
 * The PostgreSQL that comes with the npm packages, kept in `dataDir`: made at the first start, adopted where it runs
 * already, recovered after a crash. `fast` trades durability for speed and is for tests alone.
 */
export async function startEmbeddedPostgres({ dataDir, port, fast = false }: Options) {
  const folder = resolve(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const release = await waitForLock(join(folder, 'database.lock'))
  try {
    const place = choosePlace(folder)
    if (!existsSync(place.cluster)) await createCluster(place, fast)
    const { running, startedByUs } = await adoptOrStart(place, { port, fast })
    const urls = urlsOf(place.secrets, running)
    const keeper = await keep(urls.superUrl)
    await createRoles(keeper, place.secrets)
    return { ...urls, startedByUs, stop: () => leave(folder, place, keeper) }
  } finally {
    release()
  }
}

async function waitForLock(file: string) {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000
  for (;;) {
    const release = takeLock(file)
    if (release) return release
    if (Date.now() > deadline) throw new Error(`Another process is still starting the embedded database (${file}).`)
    await sleep(100)
  }
}

/** Made beside its final place and moved there whole, so that a start that is cut off leaves no half cluster. */
async function createCluster(place: Place, fast: boolean) {
  const draft = `${place.cluster}.new`
  const passwordFile = `${place.cluster}.pw`
  rmSync(draft, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, place.secrets.superPassword, { mode: 0o600 })
  for (const path of [draft, passwordFile]) if (place.as) chownSync(path, place.as.uid, place.as.gid)

  try {
    const encoding = ['-E', 'UTF8', '--locale=C.UTF-8', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
    const child = spawn(join(place.bin, 'initdb'), ['-D', draft, '-U', 'postgres', ...encoding, ...(fast ? ['--no-sync'] : [])], {
      ...place.as,
      cwd: '/',
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (text) => (said += text))
    child.stderr.on('data', (text) => (said += text))
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`The embedded database could not be made.\n${said.trim()}`)
    renameSync(draft, place.cluster)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

async function adoptOrStart(place: Place, options: { port?: number; fast: boolean }) {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000
  for (;;) {
    const found = inspect(place)
    if (found.state === 'ready' && (await answers(urlsOf(place.secrets, found.port).superUrl))) {
      return { running: found.port, startedByUs: false }
    }
    if (found.state === 'absent') {
      const outcome = await launch(place, options)
      if (outcome.port) return { running: outcome.port, startedByUs: true }
      if (!outcome.worthAnotherTry || Date.now() > deadline) throw new Error(`The embedded database did not start.\n${outcome.said}`)
    }
    if (Date.now() > deadline) throw new Error(`The embedded database in ${place.cluster} does not answer.`)
    await sleep(100)
  }
}

/** What postmaster.pid says, taken with care: the file outlives its server after a crash. */
function inspect(place: Place): { state: 'absent' | 'wait' } | { state: 'ready'; port: number } {
  const file = join(place.cluster, 'postmaster.pid')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const pid = Number(lines[0])
  if (!pid || !isAlive(pid)) return { state: 'absent' }
  // PostgreSQL takes a zombie for a live server and would refuse to start until it is reaped.
  if (processState(pid)?.state === 'Z') return { state: 'wait' }
  if (!isThisCluster(pid, place)) {
    // The number belongs to some other program since a restart.
    rmSync(file, { force: true })
    return { state: 'absent' }
  }
  return lines[7]?.trim() === 'ready' ? { state: 'ready', port: Number(lines[3]) } : { state: 'wait' }
}

/** The server's working directory is its cluster. Where there is no /proc, a live number is believed. */
function isThisCluster(pid: number, place: Place) {
  if (!processState(pid)) return true
  try {
    const there = statSync(`/proc/${pid}/cwd`)
    const here = statSync(place.cluster)
    return there.ino === here.ino && there.dev === here.dev
  } catch {
    return false
  }
}

async function launch(place: Place, { port, fast }: { port?: number; fast: boolean }) {
  const chosen = port ?? (await freePort())
  const logFile = join(dirname(place.cluster), 'postgres.log')
  const output = openSync(logFile, 'w', 0o600)
  // Detached, so that Ctrl-C in a terminal reaches Parley alone, which drains first and stops the database last.
  const child = spawn(join(place.bin, 'postgres'), ['-D', place.cluster, '-p', String(chosen), ...settings(fast)], {
    ...place.as,
    cwd: '/',
    env: cleanEnvironment(),
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let ended: string | null = null
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code) => (ended = `exit code ${code}`))
  child.unref()

  const deadline = Date.now() + PATIENCE_SECONDS * 1000
  while (ended === null && Date.now() < deadline) {
    const found = inspectOwn(place, child.pid)
    if (found) return { port: found, worthAnotherTry: false, said: '' }
    await sleep(20)
  }
  const said = `${ended ?? 'no answer'}\n${readFileSync(logFile, 'utf8').slice(-2000)}`.trim()
  const worthAnotherTry =
    /lock file|still in use|pre-existing shared memory/.test(said) || (port === undefined && /could not bind|already in use/i.test(said))
  return { port: null, worthAnotherTry, said }
}

function inspectOwn(place: Place, pid: number | undefined) {
  const file = join(place.cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready' ? Number(lines[3]) : null
}

function settings(fast: boolean) {
  return Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    jit: 'off',
    // Small containers have a small /dev/shm, which parallel queries fill.
    max_parallel_workers_per_gather: '0',
    // Statements that fail hold what people typed, so errors of statements stay out of the log.
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...(fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' } : {}),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** PostgreSQL reads PG* variables, which may speak of another server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: env.NODE_ENV, PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}

async function answers(superUrl: string) {
  const sql = postgres(superUrl, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function keep(superUrl: string) {
  const keeper = postgres(superUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: KEEPER },
    onnotice: () => {},
  })
  await keeper`select 1`
  return keeper
}

/** Two roles: one owns the tables and migrates, one works and owns nothing. */
async function createRoles(sql: postgres.Sql, secrets: Secrets) {
  const roles = new Set((await sql`select rolname from pg_roles`).map((row) => row.rolname))
  if (!roles.has('parley_owner')) await sql.unsafe(`create role parley_owner login password '${secrets.ownerPassword}'`)
  if (!roles.has('parley_app')) {
    await sql.unsafe(`create role parley_app login nosuperuser nobypassrls nocreatedb nocreaterole password '${secrets.appPassword}'`)
  }
  const [database] = await sql`select 1 from pg_database where datname = 'parley'`
  if (!database) await sql.unsafe('create database parley owner parley_owner')
}

/** The last to leave stops the server; whoever else is still working with it keeps it. Nobody can enter meanwhile. */
async function leave(folder: string, place: Place, keeper: postgres.Sql) {
  const release = await waitForLock(join(folder, 'database.lock'))
  try {
    const others = await keeper`select 1 from pg_stat_activity where application_name = ${KEEPER} and pid <> pg_backend_pid()`.catch(
      () => [],
    )
    await keeper.end({ timeout: 1 })
    if (others.length === 0) await stopServer(place)
  } finally {
    release()
  }
}

async function stopServer(place: Place) {
  if (inspect(place).state !== 'ready') return
  const pid = Number(readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + PATIENCE_SECONDS * 1000
  while (isAlive(pid) && processState(pid)?.state !== 'Z' && Date.now() < deadline) await sleep(20)
}
