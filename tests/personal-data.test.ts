import { getTableName, isTable, sql } from 'drizzle-orm'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { personalData } from '~/db/personal-data'
import * as schema from '~/db/schema'
import { personalDataPage } from '~/server/cli/printed-personal-data'
import { projectRoot } from '~/server/platform/root'
import { policy } from '~/server/policy'
import { owner } from './support/cast'

const guarded = Object.entries(personalData).map(([table, [guard, columns]]) => {
  const named = columns.split(' ')
  return { table, guard, columns: named.map((column) => column.replace('*', '')), personal: named.filter((column) => column.endsWith('*')) }
})
const marked = guarded.flatMap(({ table, personal }) => personal.map((column) => `${table}.${column.replace('*', '')}`))

test('every column of every table is known, and whether it tells of a person', async () => {
  const found = await owner.execute<{ table: string; column: string }>(sql`
    select c.relname as table, a.attname as column from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`)
  const known = guarded.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
  expect(found.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(known.sort())
})

test('whatever names a person or a handle tells of a person', async () => {
  const naming = await owner.execute<{ named: string }>(sql`
    select k.conrelid::regclass || '.' || a.attname as named from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
      join pg_class c on c.oid = k.conrelid and not c.relispartition
    where k.contype = 'f' and k.confrelid in ('people'::regclass, 'handles'::regclass)`)
  expect(naming.map(({ named }) => named).filter((named) => !marked.includes(named))).toEqual([])
  const unguarded = guarded.filter(({ guard, personal }) => guard === 'nothing personal' && personal.length > 0)
  expect(unguarded).toEqual([])
})

test('the database guards each table with the policies that its line names, and with no others', async () => {
  const found = await owner.execute<{ table: string; secured: boolean; policies: string[] }>(sql`
    select c.relname as table, c.relrowsecurity as secured,
      array(select p.polname::text from pg_policy p where p.polrelid = c.oid order by p.polname) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`)
  const inDatabase = Object.fromEntries(found.filter(({ secured }) => secured).map(({ table, policies }) => [table, [...policies].sort()]))
  const said = guarded.flatMap(({ table, guard }) =>
    typeof guard === 'object' && 'rows' in guard ? [[table, [...guard.rows].sort()] as const] : [],
  )
  expect(inDatabase).toEqual(Object.fromEntries(said))
})

test('the role of the application is bound by them: it owns nothing and passes nothing by', async () => {
  const [role] = await db.execute<{ bound: boolean }>(sql`
    select not r.rolsuper and not r.rolbypassrls and not exists (
      select 1 from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace) as bound
    from pg_roles r where r.rolname = current_user`)
  expect(role).toEqual({ bound: true })
})

test('what a page may show names a permission that there is', () => {
  const asked = guarded.flatMap(({ guard }) => (typeof guard === 'object' && 'pages' in guard ? [guard.pages] : []))
  expect(asked.filter((permission) => !Object.hasOwn(policy, permission))).toEqual([])
})

test('a table that few parts of the server read is named by no other', () => {
  const names = new Map(
    Object.entries(schema).flatMap(([name, table]) => (isTable(table) ? [[getTableName(table) as string, name] as const] : [])),
  )
  const code = ['server', 'app']
    .flatMap((folder) => readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({ part: /^server\/([\w-]+)/.exec(file)?.[1] ?? file, text: readFileSync(join(projectRoot, file), 'utf8') }))
  const said = guarded.flatMap(({ table, guard }) =>
    typeof guard === 'object' && 'readBy' in guard ? [{ table, parts: guard.readBy }] : [],
  )
  for (const { table, parts } of said) {
    const inSql = new RegExp(`\\b(from|join|into|update)\\s+${table}\\b`)
    const imported = new RegExp(`import \\{[^}]*\\b${names.get(table) ?? '-'}\\b[^}]*\\} from '~/db/schema'`)
    const naming = code.filter(({ text }) => inSql.test(text) || imported.test(text)).map(({ part }) => part)
    expect.soft([...new Set(naming)].sort(), table).toEqual([...parts].sort())
  }
})

test('docs/personal-data.md says what db/personal-data.ts says; npm run docs prints it', () => {
  expect(readFileSync(join(projectRoot, 'docs/personal-data.md'), 'utf8')).toBe(personalDataPage())
})
