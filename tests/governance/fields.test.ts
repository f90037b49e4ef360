import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { fieldValues, handles, relationships, vendorFields, vendorStaff } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  bringBackField,
  changeField,
  defineField,
  fieldPage,
  fieldsAboutMe,
  fieldsOn,
  fieldsPage,
  fillField,
  restoreEarlier,
  retireField,
  valuePage,
} from '~/server/governance'
import { FieldChangeInput, FieldInput } from '~/server/governance/input'
import { keepAccount } from '~/server/identity'
import { AccountInput } from '~/server/identity/input'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const DECISION = 'Success chooses whom to call before a contract ends.'
type Given = Record<string, string | string[]>

/** A vendor whose Dara keeps a company, and who deals with Amina. */
async function aHouse() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const amina = await aMember()
  const account = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn AB', owner: dara.handle }))
  const record = newId()
  const now = new Date()
  await owner.insert(relationships).values({ id: record, vendorId: vendor.id, handleId: amina.handleId, since: now, lastAt: now })
  const facts = (more: Given = {}) => ({
    ...{ name: 'Contract ends', object: 'account', kind: 'text', class: 'business', group: 'Contract', decision: DECISION },
    ...{ owner: dara.handle, sources: ['staff'], ...more },
  })
  const define = (more: Given = {}) => defineField(dara, vendor.slug, FieldInput.parse(facts(more)))
  const says = async (object: 'account' | 'relationship' = 'account') =>
    (await fieldsOn(dara, object, object === 'account' ? account : record)).fields.map(({ name, value }) => [name, value?.value ?? null])
  return { vendor, dara, amina, account, record, facts, define, says }
}
const wrongIn = (given: Given) => FieldInput.safeParse(given).error?.issues.map(({ path, message }) => [path[0], message])
const refusal = (work: Promise<unknown>) =>
  work.then(() => 'taken').catch((error: { fields?: object; key?: string }) => error.fields ?? error.key)

async function refuses(viewer: PersonViewer, work: (tx: Tx) => Promise<unknown>, constraint: string | RegExp) {
  const error = await transaction(viewer, work).then(
    () => null,
    (problem: Error) => (problem.cause ?? problem) as Error & { constraint_name?: string },
  )
  expect(error?.constraint_name || error?.message).toMatch(constraint)
}

test('a field has an owner, and a decision that reads it, or it is not made', async () => {
  const { facts, define, dara, vendor } = await aHouse()
  expect(wrongIn(facts({ owner: '' }))).toEqual([['owner', 'required']])
  expect(wrongIn(facts({ decision: 'Reporting' }))).toEqual([['decision', 'tooShort:15']])
  expect(wrongIn(facts({ group: ' ' }))).toEqual([['group', 'required']])
  expect(wrongIn(facts({ class: 'sensitive' }))).toEqual([['class', 'notChoice']])
  expect(await refusal(define({ owner: 'nobody-here' }))).toEqual({ owner: 'notChoice' })
  const field = await define()
  const { fields, may } = await fieldsPage(dara, vendor.slug)
  expect(fields).toMatchObject([{ fieldId: field, name: 'Contract ends', decision: DECISION, owner: { handle: dara.handle }, filled: 0 }])
  expect(may.define).toBe(true)
  expect(await refusal(define({ name: 'CONTRACT ENDS' }))).toEqual({ name: 'field.nameTaken' })
})

test('the database refuses a field without owner, decision or group, of a class that is not kept, or owned by a stranger', async () => {
  const { vendor, dara, amina } = await aHouse()
  const row = {
    vendorId: vendor.id,
    object: 'account',
    name: 'X',
    kind: 'text',
    fieldGroup: 'G',
    decision: DECISION,
    class: 'business',
  } as const
  const insert = (set: object) => (tx: Tx) =>
    tx
      .insert(vendorFields)
      .values({ id: newId(), ...row, ownerId: dara.personId, createdBy: dara.personId, sources: ['staff'], ...set } as never)
  await refuses(dara, insert({ ownerId: null }), /null value/)
  await refuses(dara, insert({ decision: null }), /null value/)
  await refuses(dara, insert({ decision: '  short reason   ' }), 'vendor_fields_decides')
  await refuses(dara, insert({ fieldGroup: null }), /null value/)
  await refuses(dara, insert({ fieldGroup: '  ' }), 'vendor_fields_grouped')
  await refuses(dara, insert({ class: 'sensitive' }), 'vendor_fields_class')
  await refuses(dara, insert({ object: 'relationship', class: 'personal' }), 'vendor_fields_class')
  await refuses(dara, insert({ sources: [] }), 'vendor_fields_written')
  await refuses(dara, insert({ ownerId: amina.personId }), 'vendor_fields_owned_by_staff')
  await refuses(amina, insert({}), /row-level security/)
})

test('what a field says is written with source, who and when; what it said before stays, and can stand again', async () => {
  const { dara, vendor, account, define, says } = await aHouse()
  const field = await define()
  const sam = await aStaffMember(vendor, 'Sam', 'advisor')
  await fillField(dara, field, 'account', account, { value: 'in June' })
  await fillField(sam, field, 'account', account, { value: 'in July' })
  await fillField(sam, field, 'account', account, { value: 'in July' })
  expect(await says()).toEqual([['Contract ends', 'in July']])
  await restoreEarlier(dara, field, 'account', account, { nth: 1 })
  await restoreEarlier(dara, field, 'account', account, { nth: 1 })
  const page = await valuePage(dara, field, 'account', account)
  expect(page.now).toMatchObject({ value: 'in June', restores: 1, source: 'staff', by: { handle: dara.handle } })
  expect(page.earlier.map(({ value, by }) => [value, by?.handle])).toEqual([
    ['in July', sam.handle],
    ['in June', dara.handle],
  ])
  await fillField(dara, field, 'account', account, { value: undefined })
  expect(await says()).toEqual([['Contract ends', null]])
  await expect(restoreEarlier(dara, field, 'account', account, { nth: 99 })).rejects.toThrow(NotFound)
  const events = await owner.execute<{ kind: string }>(
    sql`select kind from interactions where vendor_id = ${vendor.id} and kind like 'field.%' order by occurred_at, id`,
  )
  expect(events.map(({ kind }) => kind)).toEqual(['field.defined', ...Array<string>(4).fill('field.filled')])
})

test('a value is of the field’s kind, or it is refused beside the field', async () => {
  const { dara, account, define } = await aHouse()
  const fill = async (kind: string, value: string, more: Given = {}) =>
    refusal(fillField(dara, await define({ name: `${kind} ${value}`, kind, ...more }), 'account', account, { value }))
  expect(await fill('number', '1 200.50')).toBe('taken')
  expect(await fill('number', 'many')).toEqual({ value: 'field.notNumber' })
  expect(await fill('date', '2027-02-30')).toEqual({ value: 'notDate' })
  expect(await fill('yes-no', 'perhaps')).toEqual({ value: 'notChoice' })
  const choices = 'Red\nGreen\nRed\n'
  expect(await fill('choice', 'Green', { choices })).toBe('taken')
  expect(await fill('choice', 'Blue', { choices })).toEqual({ value: 'notChoice' })
  expect(await fill('text', '<script>alert(1)</script>')).toBe('taken')
  expect(await refusal(define({ kind: 'choice', choices: 'One' }))).toEqual({ choices: 'field.fewChoices' })
})

test('retiring hides a field everywhere, keeps what it said, and can be undone', async () => {
  const { dara, vendor, account, define, says } = await aHouse()
  const field = await define()
  await fillField(dara, field, 'account', account, { value: 'in June' })
  await retireField(dara, field)
  await retireField(dara, field)
  expect(await says()).toEqual([])
  expect((await fieldPage(dara, field, '')).found).toEqual([])
  await expect(valuePage(dara, field, 'account', account)).rejects.toThrow(NotFound)
  await expect(fillField(dara, field, 'account', account, { value: 'x' })).rejects.toThrow(NotFound)
  expect((await fieldsPage(dara, vendor.slug)).fields[0]?.retiredAt).not.toBeNull()
  await bringBackField(dara, field)
  expect(await says()).toEqual([['Contract ends', 'in June']])
  expect((await fieldPage(dara, field, 'IN JUNE')).found).toMatchObject([{ name: 'Norrhavn', value: 'in June' }])
})

test('on somebody’s record a field concerns the business, and they read it with source and date', async () => {
  const { dara, amina, vendor, record, define } = await aHouse()
  expect(await refusal(define({ object: 'relationship', class: 'personal' }))).toEqual({ class: 'field.ofTheVault' })
  const field = await define({ object: 'relationship', name: 'Speaks for us', kind: 'yes-no' })
  expect((await fieldsAboutMe(amina, vendor.slug)).fields).toEqual([])
  await fillField(dara, field, 'relationship', record, { value: 'yes' })
  const [mine] = (await fieldsAboutMe(amina, vendor.slug)).fields
  expect(mine).toMatchObject({ name: 'Speaks for us', value: { value: 'yes', source: 'staff', by: { handle: dara.handle } } })
  expect(mine?.value?.saidAt).toBeInstanceOf(Date)
  await expect(fieldsAboutMe(await aMember('Chen'), vendor.slug)).rejects.toThrow(NotFound)
})

test('nobody else reads or writes them: not a member, not the staff of another vendor; who looks on defines none', async () => {
  const { vendor, dara, amina, account, record, facts, define } = await aHouse()
  const field = await define()
  await fillField(dara, field, 'account', account, { value: 'in June' })
  const [rival, analyst] = [await aStaffMember(await aVendor('Rival'), 'Ines'), await aStaffMember(vendor, 'Ana', 'analyst')]
  for (const person of [amina, rival]) {
    await expect(fieldsPage(person, vendor.slug)).rejects.toThrow(Forbidden)
    await expect(defineField(person, vendor.slug, FieldInput.parse(facts({ name: 'Y' })))).rejects.toThrow(Forbidden)
    await expect(fieldPage(person, field, '')).rejects.toThrow(NotFound)
    await expect(fieldsOn(person, 'account', account)).rejects.toThrow(NotFound)
    await expect(fillField(person, field, 'account', account, { value: 'x' })).rejects.toThrow(NotFound)
    await expect(retireField(person, field)).rejects.toThrow(NotFound)
    for (const table of ['vendor_fields', 'field_values'])
      expect(
        await transaction(person, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`)),
      ).toEqual([])
  }
  await expect(defineField(analyst, vendor.slug, FieldInput.parse(facts({ name: 'Y' })))).rejects.toThrow(Forbidden)
  await expect(changeField(analyst, field, FieldChangeInput.parse(facts()))).rejects.toThrow(Forbidden)
  await expect(retireField(analyst, field)).rejects.toThrow(Forbidden)
  // A field of accounts is none of a person’s record.
  await expect(fillField(dara, field, 'relationship', record, { value: 'x' })).rejects.toThrow(NotFound)
  await expect(fillField(dara, field, 'person', record, { value: 'x' })).rejects.toThrow(NotFound)
})

test('a field says who may write it, and the database holds that with its kind and its place', async () => {
  const { vendor, dara, account, record, define } = await aHouse()
  const imported = await define({ name: 'From elsewhere', sources: ['import'] })
  await expect(fillField(dara, imported, 'account', account, { value: 'x' })).rejects.toThrow(Conflict)
  const field = await define({ kind: 'number' })
  const row = {
    vendorId: vendor.id,
    fieldId: field,
    accountId: account,
    nth: 1,
    value: '7',
    source: 'staff',
    saidBy: dara.personId,
  } as const
  const insert = (set: object) => (tx: Tx) => tx.insert(fieldValues).values({ id: newId(), ...row, ...set })
  await refuses(dara, insert({ value: 'seven' }), 'field_values_kind')
  await refuses(dara, insert({ source: 'import' }), 'field_values_source')
  await refuses(dara, insert({ nth: 2 }), 'field_values_order')
  await refuses(dara, insert({ accountId: null, relationshipId: record }), 'field_values_object')
  await refuses(dara, insert({ accountId: null }), 'field_values_object')
  await refuses(dara, insert({ saidBy: null }), /row-level security/)
  await transaction(dara, insert({}))
  const mine = and(eq(fieldValues.fieldId, field), eq(fieldValues.accountId, account))
  await refuses(dara, (tx) => tx.update(fieldValues).set({ value: '8' }).where(mine), /permission denied/)
  await refuses(dara, (tx) => tx.delete(fieldValues).where(mine), /permission denied/)
  await refuses(dara, (tx) => tx.update(vendorFields).set({ kind: 'text' }).where(eq(vendorFields.id, field)), /permission denied/)
})

test('another owner is named, and a choice that is taken away stays where it was made', async () => {
  const { dara, vendor, account, facts, define, says } = await aHouse()
  const field = await define({ kind: 'choice', choices: 'Red\nGreen' })
  await fillField(dara, field, 'account', account, { value: 'Red' })
  const sam = await aStaffMember(vendor, 'Sam', 'advisor')
  await changeField(dara, field, FieldChangeInput.parse(facts({ name: 'Colour', owner: sam.handle, choices: 'Green\nBlue' })))
  expect(await says()).toEqual([['Colour', 'Red']])
  expect((await fieldPage(dara, field, '')).field).toMatchObject({
    name: 'Colour',
    owner: { handle: sam.handle },
    choices: ['Green', 'Blue'],
  })
  await owner.update(vendorStaff).set({ endedAt: new Date() }).where(eq(vendorStaff.personId, dara.personId))
  await expect(fieldPage(dara, field, '')).rejects.toThrow(NotFound)
  await expect(changeField(sam, field, FieldChangeInput.parse(facts({ kind: 'choice', choices: 'A\nB' })))).rejects.toThrow(Invalid)
})

test('with a person goes what was noted down on their record', async () => {
  const { dara, amina, record, define } = await aHouse()
  const field = await define({ object: 'relationship' })
  await fillField(dara, field, 'relationship', record, { value: 'Knows the board' })
  await owner.execute(sql`insert into erasures (id, person_id, posts, shown_as, due_at, created_at, token_hash)
    values (${newId()}, ${amina.personId}, 'kept', 'Former member', now(), now(), ${newId()})`)
  const [erasure] = await owner.execute<{ id: string }>(sql`select id from erasures where person_id = ${amina.personId}`)
  await transaction({ kind: 'system', job: 'erase' }, (tx) =>
    tx.execute(sql`select erase_person(${erasure?.id ?? ''}::uuid, 'gone', 'former')`),
  )
  expect(await owner.select().from(fieldValues).where(eq(fieldValues.relationshipId, record))).toEqual([])
  expect(await owner.select().from(handles).where(eq(handles.id, amina.handleId))).toMatchObject([{ personId: null }])
})
