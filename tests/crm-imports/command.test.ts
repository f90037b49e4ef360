import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { projectRoot } from '~/server/platform/root'
import { COMMAND_LINE } from '../support/command-line'

/** Runs the check as its own process, where no database answers. */
function check(...args: string[]) {
  const env = {
    ...process.env,
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
    DATABASE_OWNER_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  }
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [COMMAND_LINE, 'crm', 'check', ...args], { cwd: projectRoot, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

test('the check says mapping and fates to people and to programs, and asks no database', async () => {
  const said = await check('db/seed/data/easy-spaces')
  expect(said.code).toBe(0)
  expect(said.out).toContain('Nothing was written.')
  expect(said.out).toMatch(/ {2}MobilePhone +person\.phone/u)
  expect(said.out).toContain('Contacts.json, row 1: quarantined. It is about a person, and no lawful ground for keeping it is named.')

  const json = await check('db/seed/data/easy-spaces', '--basis', 'contract', '--json')
  expect(JSON.parse(json.out).fates).toEqual({ made: 35, duplicate: 23, quarantined: 0, held: 0, refused: 24 })
}, 60_000)

test('an unknown ground and an empty place are refused in words', async () => {
  const basis = await check('db/seed/data/easy-spaces', '--basis', 'because')
  expect([basis.code, basis.err]).toEqual([1, expect.stringContaining('There is no lawful ground “because”.')])
  const nowhere = await check('db/seed/data/nowhere')
  expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('There is no CSV or JSON file')])
}, 60_000)
