import { sql } from 'drizzle-orm'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { erasurePage } from '~/server/cli/printed-erasure'
import { STAYS } from '~/server/erasure/tables'
import { projectRoot } from '~/server/platform/root'
import { owner } from '../support/cast'

/** Every column that names a person or a handle. */
const naming = async () =>
  (
    await owner.execute<{ table: string; column: string }>(sql`
      select c.relname as table, a.attname as column from pg_constraint k
        join pg_class c on c.oid = k.conrelid and not c.relispartition
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
      where k.contype = 'f' and k.confrelid in ('people'::regclass, 'handles'::regclass) order by 1, 2`)
  ).map(({ table, column }) => ({ table, column }))

test('every column that names somebody is either taken care of by an erasure, or said to stay and why', async () => {
  const [found] = await owner.execute<{ words: string }>(sql`select pg_get_functiondef('erase_person'::regproc) as words`)
  const statements = (found?.words ?? '').split(';')
  const takenCareOf = ({ table, column }: { table: string; column: string }) =>
    statements.some(
      (statement) =>
        new RegExp(`(DELETE FROM|UPDATE) ${table}\\b`).test(statement) && new RegExp(`(\\b|\\.)${column} (= |IN|IS)`).test(statement),
    )
  const columns = await naming()
  const left = columns.filter((it) => !takenCareOf(it)).map(({ table, column }) => `${table}.${column}`)
  expect(left.sort()).toEqual(Object.keys(STAYS).sort())
})

test('docs/erasure.md says what server/erasure/tables.ts says; npm run docs prints it', () => {
  expect(readFileSync(join(projectRoot, 'docs/erasure.md'), 'utf8')).toBe(erasurePage())
})
