import { execFile } from 'node:child_process'
import { expect, inject, test } from 'vitest'
import { projectRoot } from '~/server/platform/root'
import { copyDatabase } from '../support/copy-database'
import { COMMAND_LINE } from '../support/command-line'

// A database that no other test leaves work in: the doctor looks at all of it.
const { appUrl, ownerUrl } = await copyDatabase(inject('database'), 'command_line')

/** Runs the command line as its own process, on the database of these tests. */
function parley(...args: string[]) {
  return started([COMMAND_LINE], args)
}

function started(how: string[], args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      [...how, ...args],
      { cwd: projectRoot, env: { ...process.env, DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

test('an operator is made once, and a second time is told why not', async () => {
  const first = await parley('person', 'create', '--email', 'olu@example.org', '--handle', 'olu-cli', '--operator', '--json')
  expect(JSON.parse(first.out)).toMatchObject({ handle: 'olu-cli', operator: true, password: expect.stringMatching(/^.{16}$/) })

  // From its sources, as `npm run parley` starts it, it is the same.
  const again = await started(
    ['--import', 'tsx', 'server/cli/main.ts'],
    ['person', 'create', '--email', 'olu2@example.org', '--handle', 'olu-cli', '--json'],
  )
  expect(again.code).toBe(1)
  expect(JSON.parse(again.out)).toMatchObject({ error: expect.stringContaining('handle: ') })

  const list = await parley('--json', 'person', 'list')
  expect(JSON.parse(list.out).people).toContainEqual(expect.objectContaining({ handle: 'olu-cli', operator: true, confirmed: true }))
}, 60_000)

test('the doctor finds a healthy database, in one JSON document', async () => {
  const { code, out } = await parley('doctor', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    healthy: true,
    findings: expect.arrayContaining([expect.objectContaining({ what: 'role', state: 'ok' })]),
  })
}, 60_000)
