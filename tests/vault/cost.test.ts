import { eq, sql } from 'drizzle-orm'
import { PostgresJsSession } from 'drizzle-orm/postgres-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newId } from '~/db/ids'
import { accessRecords, grantAttributes, grants, handles, relationships } from '~/db/schema'
import { staffRecordPage } from '~/server/relationships'
import { readGrantedOf } from '~/server/vault/granted'
import type { AttributeKey } from '~/server/vault'
import { aStaffMember, aVendor, owner } from '../support/cast'

const FIELDS = Array.from({ length: 40 }, (_, index) => `field-${index}` as AttributeKey)

/** So many people, each with these fields and a live grant of them: made in the database itself. */
async function granted(vendor: { id: string }, many: number, fields: readonly string[]) {
  const scene = newId()
  const id = (kind: string) =>
    sql`overlay(overlay(md5(${scene}::text || ${kind}::text || i) placing '7' from 13) placing '8' from 17)::uuid`
  const each = sql`generate_series(1, ${many}::int) i`
  const keys = sql`unnest(${`{${fields.join(',')}}`}::text[]) key`
  await owner.execute(sql`insert into people (id) select ${id('person')} from ${each}`)
  await owner.execute(
    sql`insert into handles (id, kind, person_id, handle, display_name) select ${id('handle')}, 'member', ${id('person')}, 'cost-' || ${id('handle')}, 'Ada' from ${each}`,
  )
  await owner.execute(sql`insert into grants (id, person_id, handle_id, vendor_id, purpose, ends_at)
    select ${id('grant')}, ${id('person')}, ${id('handle')}, ${vendor.id}::uuid, 'answer', now() + interval '1 day' from ${each}`)
  await owner.execute(sql`insert into grant_attributes (grant_id, key) select ${id('grant')}, key from ${each}, ${keys}`)
  await owner.execute(
    sql`insert into vault_attributes (id, person_id, key, value) select gen_random_uuid(), ${id('person')}, key, key || ' of ' || i from ${each}, ${keys}`,
  )
  const made = await owner.execute<{ id: string }>(sql`select ${id('person')} as id from ${each}`)
  const persons = made.map((row) => row.id)
  // What is not sealed yet is sealed by the clock, in every test that turns it.
  onTestFinished(
    async () => void (await owner.execute(sql`delete from vault_attributes where person_id in (select ${id('person')} from ${each})`)),
  )
  return persons
}

/** What a work asks of the database, beginnings and ends of transactions and their settings not counted. */
async function statementsOf<T>(work: () => Promise<T>): Promise<{ statements: string[]; result: T }> {
  const sent = vi.spyOn(PostgresJsSession.prototype, 'prepareQuery')
  const result = await work()
  const statements = sent.mock.calls.map(([sent]) => sent.sql).filter((statement) => !statement.includes('set_config'))
  sent.mockRestore()
  return { statements, result }
}

test('forty granted fields are read, and written down as read, by one statement', async () => {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const [ada = ''] = await granted(vendor, 1, FIELDS)
  const { statements, result } = await statementsOf(() => readGrantedOf(dara, [ada], vendor.id, ['answer'], FIELDS))
  expect(result.get(ada)).toHaveLength(40)
  expect(statements.filter((statement) => /vault_attributes|access_records/.test(statement))).toHaveLength(1)
  expect(await owner.select().from(accessRecords).where(eq(accessRecords.personId, ada))).toHaveLength(40)
})

test('a record shows forty granted fields, for both purposes of a record, by one statement', async () => {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const [ada = ''] = await granted(vendor, 1, FIELDS)
  const [handle] = await owner.select({ id: handles.id }).from(handles).where(eq(handles.personId, ada))
  const grantId = newId()
  await owner.insert(grants).values({ id: grantId, personId: ada, handleId: handle?.id ?? '', vendorId: vendor.id, purpose: 'relationship', endsAt: new Date(Date.now() + 86_400_000) }) // prettier-ignore
  await owner.insert(grantAttributes).values(FIELDS.map((key) => ({ grantId, key })))
  const relationshipId = newId()
  await owner
    .insert(relationships)
    .values({ id: relationshipId, vendorId: vendor.id, handleId: handle?.id ?? '', since: new Date(), lastAt: new Date() })
  const { statements, result } = await statementsOf(() => staffRecordPage(dara, relationshipId, { before: null, purpose: null }))
  expect(result.theirs.grants.map(({ purpose }) => purpose).sort()).toEqual(['answer', 'relationship'])
  expect(
    statements.filter((statement) => /from vault_attributes|join vault_attributes|insert into access_records/.test(statement)),
  ).toHaveLength(1)
  const read = await owner.select({ purpose: accessRecords.purpose }).from(accessRecords).where(eq(accessRecords.personId, ada))
  expect(['answer', 'relationship'].map((purpose) => read.filter((row) => row.purpose === purpose).length)).toEqual([40, 40])
  // The page itself asks a round of its own, which does not grow with what was granted.
  expect(statements.length).toBeLessThanOrEqual(30)
})

// bench/vault.ts reads ten thousand: each of the first readings is a link of the chain, which takes its time.
test('however many people granted one vendor a field, they are read by one statement, and what happened is written by as few', async () => {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const everybody = await granted(vendor, 2_000, ['role'])
  const { statements, result } = await statementsOf(() => readGrantedOf(dara, everybody, vendor.id, ['answer'], ['role']))
  expect(result.size).toBe(2_000)
  expect(statements.filter((statement) => /vault_attributes/.test(statement))).toHaveLength(1)
  // An event for each grant that was read, and its place in the outbox: a thousand at a time.
  expect(statements.length).toBeLessThanOrEqual(1 + 3 * 2)
})
