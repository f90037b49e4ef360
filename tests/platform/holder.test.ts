import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { holderOf, takeLock } from '~/server/platform/holder'
import { projectRoot } from '~/server/platform/root'

function aLock() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'server.lock')
}

test('a lock is held by one until it is given back', () => {
  const file = aLock()
  const release = takeLock(file, 'http://127.0.0.1:3000')
  expect(release).not.toBeNull()
  expect(takeLock(file)).toBeNull()
  expect(holderOf(file)).toMatchObject({ pid: process.pid, note: 'http://127.0.0.1:3000' })
  release?.()
  expect(holderOf(file)).toBeNull()
  expect(takeLock(file)).not.toBeNull()
})

test('the lock of a killed process counts for nothing', async () => {
  const file = aLock()
  const script = `import('${projectRoot}/server/platform/holder.js').then((m) => { m.takeLock('${file}'); console.log('taken'); setInterval(() => {}, 1000) })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  expect(takeLock(file)).toBeNull()
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(takeLock(file)).not.toBeNull()
})

test('a number that belongs to another process by now counts for nothing, nor does a broken file', () => {
  const file = aLock()
  writeFileSync(file, JSON.stringify({ pid: process.pid, began: '1', note: '' }))
  expect(takeLock(file)).not.toBeNull()
  const broken = aLock()
  writeFileSync(broken, '{"pid":')
  expect(takeLock(broken)).not.toBeNull()
})
