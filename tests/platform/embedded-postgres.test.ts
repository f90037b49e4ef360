import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, onTestFinished, test } from 'vitest'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { projectRoot } from '~/server/platform/root'

function aFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-pg-'))
  chmodSync(folder, 0o711)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'data')
}

async function rows(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql`create table if not exists kept (id int)`
  await sql`insert into kept values (1)`
  const [row] = await sql`select count(*)::int as count from kept`
  await sql.end()
  return row?.count as number
}

test('two who work with it share one server, and the last to leave stops it', async () => {
  const dataDir = aFolder()
  const first = await startEmbeddedPostgres({ dataDir, fast: true })
  const second = await startEmbeddedPostgres({ dataDir, fast: true })
  expect([first.startedByUs, second.startedByUs]).toEqual([true, false])

  await first.stop()
  expect(await rows(second.ownerUrl)).toBe(1)
  await second.stop()
  await expect(rows(second.ownerUrl)).rejects.toThrow(/ECONNREFUSED/)
})

test('what was committed before everything was killed is there afterwards', async () => {
  const dataDir = aFolder()
  const first = await startEmbeddedPostgres({ dataDir })
  await rows(first.ownerUrl)
  const pid = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')

  const again = await startEmbeddedPostgres({ dataDir })
  expect(await rows(again.ownerUrl)).toBe(2)
  await again.stop()
  await first.stop()
})

test('a server left behind by a killed process is taken over and stopped at the end', async () => {
  const dataDir = aFolder()
  const script = `import('${projectRoot}/server/platform/embedded-postgres').then((m) => m.startEmbeddedPostgres({ dataDir: '${dataDir}', fast: true })).then(() => console.log('up'))`
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')

  const heir = await startEmbeddedPostgres({ dataDir })
  expect(heir.startedByUs).toBe(false)
  await heir.stop()
  await expect(rows(heir.ownerUrl)).rejects.toThrow(/ECONNREFUSED/)
})

test('the application role owns nothing and is bound by row-level security', async () => {
  const server = await startEmbeddedPostgres({ dataDir: aFolder(), fast: true })
  const sql = postgres(server.appUrl, { max: 1 })
  await expect(sql`create table mine (id int)`).rejects.toThrow(/permission denied/)
  const [role] = await sql`select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user`
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false })
  await sql.end()
  await server.stop()
})

test('its passwords are for the owner of the folder alone', async () => {
  const dataDir = aFolder()
  const server = await startEmbeddedPostgres({ dataDir, fast: true })
  await server.stop()
  const mode = execFileSync('stat', ['-c', '%a', join(dataDir, 'database.json')], { encoding: 'utf8' }).trim()
  expect(mode).toBe('600')
})
