import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { fieldDays, fieldFindings, vendorFields } from '~/db/schema'
import { bringBackField, checkFields, defineField, fieldPage, fieldsOn, fieldsPage, fillField, retireField } from '~/server/governance'
import { FieldInput } from '~/server/governance/input'
import { keepAccount } from '~/server/identity'
import { AccountInput } from '~/server/identity/input'
import { aStaffMember, aVendor, owner } from '../support/cast'

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
const day = (date: Date) => date.toISOString().slice(0, 10)

async function aHouse() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const keep = (name: string) => keepAccount(dara, vendor.slug, AccountInput.parse({ name, owner: dara.handle }))
  const define = (name: string, kind = 'text') =>
    defineField(
      dara,
      vendor.slug,
      FieldInput.parse({
        ...{ name, object: 'account', kind, class: 'business', group: 'Contract', owner: dara.handle, sources: ['staff'] },
        decision: `Success decides whom to call by ${name}.`,
      }),
    )
  const fill = (field: string, account: string, value: string) => fillField(dara, field, 'account', account, { value })
  /** As if it had been made, and last used, so long ago. */
  const old = async (field: string, made: number, used: number) => {
    await owner
      .update(vendorFields)
      .set({ createdAt: daysAgo(made) })
      .where(eq(vendorFields.id, field))
    await owner
      .update(fieldDays)
      .set({ day: day(daysAgo(used)) })
      .where(eq(fieldDays.fieldId, field))
  }
  const wanting = async () => (await fieldsPage(dara, vendor.slug)).wanting
  return { vendor, dara, keep, define, fill, old, wanting }
}

test('the weekly check lists what nobody used for 90 days and what is filled with nonsense, with owner, decision and cost', async () => {
  const { vendor, dara, keep, define, fill, old, wanting } = await aHouse()
  const [unused, nonsense, young, fine] = [await define('Fax'), await define('Region'), await define('New'), await define('Plan')]
  const accounts = await Promise.all(Array.from({ length: 10 }, (_, n) => keep(`Company ${n}`)))
  await fill(unused, accounts[0] ?? '', '+46 1')
  await fill(unused, accounts[1] ?? '', '+46 2')
  for (const [n, account] of accounts.entries()) await fill(nonsense, account, n < 4 ? (['n/a', 'N/A.', '--', 'xxxx'][n] ?? '') : 'North')
  for (const [n, account] of accounts.entries()) await fill(fine, account, n < 2 ? 'n/a' : 'Gold')
  await old(unused, 100, 90)
  await old(young, 80, 80)
  await checkFields()
  await checkFields()
  expect(await wanting()).toMatchObject([
    {
      fieldId: unused,
      name: 'Fax',
      decision: 'Success decides whom to call by Fax.',
      owner: { handle: dara.handle },
      unused: true,
      seconds: 40,
    },
    { fieldId: nonsense, name: 'Region', owner: { handle: dara.handle }, unused: false, filled: 10, nonsense: 4, seconds: 200 },
  ])
  const events = await owner.execute<{ payload: { fieldId: string; reasonKind: string } }>(
    sql`select payload from interactions where vendor_id = ${vendor.id} and kind = 'field.found-wanting'`,
  )
  expect(events.map(({ payload }) => [payload.fieldId, payload.reasonKind]).sort()).toEqual(
    [
      [unused, 'unused'],
      [nonsense, 'nonsense'],
    ].sort(),
  )
})

test('a field that was read, written or looked for within 90 days is used', async () => {
  const { dara, keep, define, fill, old, wanting } = await aHouse()
  const account = await keep('Norrhavn AB')
  const [read, sought, empty] = [await define('Read'), await define('Sought'), await define('Empty')]
  await fill(read, account, 'yes it is')
  for (const field of [read, sought, empty]) await old(field, 200, 120)
  await fieldsOn(dara, 'account', account)
  await fieldPage(dara, sought, 'gold')
  await checkFields()
  // What says nothing is not read by standing there.
  expect((await wanting()).map(({ name }) => name)).toEqual(['Empty'])
  expect((await fieldPage(dara, read, '')).use).toEqual({ reads: 1, writes: 0, filters: 0 })
  expect((await fieldPage(dara, sought, '')).use).toEqual({ reads: 0, writes: 0, filters: 1 })
})

test('retiring takes a field out of the check and off every screen, keeps what it said, and is undone', async () => {
  const { vendor, dara, keep, define, fill, old, wanting } = await aHouse()
  const account = await keep('Norrhavn AB')
  const field = await define('Fax')
  await fill(field, account, '+46 1')
  await old(field, 100, 95)
  await checkFields()
  expect(await wanting()).toHaveLength(1)
  await retireField(dara, field)
  expect(await wanting()).toEqual([])
  expect((await fieldsOn(dara, 'account', account)).fields).toEqual([])
  await bringBackField(dara, field)
  expect((await fieldsOn(dara, 'account', account)).fields.map(({ value }) => value?.value)).toEqual(['+46 1'])
  expect((await fieldsPage(dara, vendor.slug)).fields).toHaveLength(1)
})

test('nobody says anything against a field but the check, and no other vendor reads what it says', async () => {
  const { vendor, dara, define, old } = await aHouse()
  const field = await define('Fax')
  await old(field, 100, 95)
  await checkFields()
  const row = { vendorId: vendor.id, fieldId: field, foundOn: '2026-01-01', unused: true, filled: 0, nonsense: 0, written: 0 }
  await expect(transaction(dara, (tx) => tx.insert(fieldFindings).values(row))).rejects.toThrow()
  const rival = await aStaffMember(await aVendor('Rival'), 'Ines')
  for (const table of ['field_days', 'field_findings'])
    expect(
      await transaction(rival, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`)),
    ).toEqual([])
})
