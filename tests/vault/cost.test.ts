import { eq, inArray } from 'drizzle-orm'
import { PostgresJsSession } from 'drizzle-orm/postgres-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newId } from '~/db/ids'
import { accessRecords, grantAttributes, grants, handles, people, vaultAttributes } from '~/db/schema'
import { readGrantedOf } from '~/server/vault/granted'
import type { AttributeKey } from '~/server/vault'
import { aStaffMember, aVendor, owner } from '../support/cast'

const FIELDS = Array.from({ length: 40 }, (_, index) => `field-${index}` as AttributeKey)

async function granted(vendor: { id: string }, many: number, fields: readonly string[]) {
  const rows = Array.from({ length: many }, (_, index) => ({ id: newId(), handleId: newId(), grantId: newId(), index }))
  const inPieces = async (work: (some: typeof rows) => Promise<unknown>) => {
    for (let from = 0; from < rows.length; from += 500) await work(rows.slice(from, from + 500))
  }
  await inPieces((some) => owner.insert(people).values(some.map(({ id }) => ({ id }))))
  await inPieces((some) =>
    owner.insert(handles).values(
      some.map(({ id, handleId }) => ({
        id: handleId,
        kind: 'member' as const,
        personId: id,
        handle: `cost-${handleId}`,
        displayName: 'Ada',
      })),
    ),
  )
  await inPieces((some) =>
    owner.insert(grants).values(
      some.map(({ id, handleId, grantId }) => ({
        id: grantId,
        personId: id,
        handleId,
        vendorId: vendor.id,
        purpose: 'answer' as const,
        endsAt: new Date(Date.now() + 86_400_000),
      })),
    ),
  )
  await inPieces((some) => owner.insert(grantAttributes).values(some.flatMap(({ grantId }) => fields.map((key) => ({ grantId, key })))))
  await inPieces((some) =>
    owner
      .insert(vaultAttributes)
      .values(some.flatMap(({ id, index }) => fields.map((key) => ({ id: newId(), personId: id, key, value: `${key} of ${index}` })))),
  )
  const persons = rows.map(({ id }) => id)
  // What is not sealed yet is sealed by the clock, in every test that turns it.
  onTestFinished(async () => void (await owner.delete(vaultAttributes).where(inArray(vaultAttributes.personId, persons))))
  return persons
}

/** What a work asks of the database, beginnings and ends of transactions and their settings not counted. */
async function statementsOf<T>(work: () => Promise<T>): Promise<{ statements: string[]; result: T }> {
  const sent = vi.spyOn(PostgresJsSession.prototype, 'prepareQuery')
  const result = await work()
  const statements = sent.mock.calls.map(([{ sql }]) => sql).filter((sql) => !sql.includes('set_config'))
  sent.mockRestore()
  return { statements, result }
}

test('forty granted fields are read, and written down as read, by one statement', async () => {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const [ada = ''] = await granted(vendor, 1, FIELDS)
  const { statements, result } = await statementsOf(() => readGrantedOf(dara, [ada], vendor.id, 'answer', FIELDS))
  expect(result.get(ada)).toHaveLength(40)
  expect(statements.filter((sql) => /vault_attributes|access_records/.test(sql))).toHaveLength(1)
  expect(await owner.select().from(accessRecords).where(eq(accessRecords.personId, ada))).toHaveLength(40)
})

test('ten thousand people who granted one vendor a field are read by one statement, and as few for what happened', async () => {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const everybody = await granted(vendor, 10_000, ['role'])
  const { statements, result } = await statementsOf(() => readGrantedOf(dara, everybody, vendor.id, 'answer', ['role']))
  expect(result.size).toBe(10_000)
  expect(statements.filter((sql) => /vault_attributes/.test(sql))).toHaveLength(1)
  // An event for each grant that was read, and its place in the outbox: a thousand at a time.
  expect(statements.length).toBeLessThanOrEqual(1 + 3 * 10)
})
