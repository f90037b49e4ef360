import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { Forbidden, NotFound } from '~/server/errors'
import { addKey, contactPage, contactsOf, deleteContact, keepContact, removeKey } from '~/server/identity'
import { ContactInput } from '~/server/identity/input'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const input = (name: string, more: Record<string, string> = {}) =>
  ContactInput.parse({ name, cameFrom: 'event', basis: 'contract', ...more })
const refusal = (work: Promise<unknown>) => work.then(() => 'taken').catch((error: { fields?: Record<string, string> }) => error.fields)
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function aVendorWithStaff() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const keep = (name: string, more?: Record<string, string>) => keepContact(dara, vendor.slug, input(name, more))
  const list = async (search = '') => (await contactsOf(dara, vendor.slug, { search, before: null })).contacts.map(({ name }) => name)
  const keys = async (id: string) => (await contactPage(dara, vendor.slug, id)).contact.keys
  return { vendor, dara, keep, list, keys }
}

test('staff keep somebody, with where they come from and on which ground', async () => {
  const { vendor, dara, keep, list } = await aVendorWithStaff()
  const id = await keep('  Amina   Haddad ', {
    email: 'Amina+fair@Example.org',
    phone: '030 901820',
    country: 'DE',
    cameFromWords: 'Fair in May',
  })
  const { contact } = await contactPage(dara, vendor.slug, id)
  expect(contact).toMatchObject({ name: 'Amina Haddad', cameFrom: 'event', cameFromWords: 'Fair in May', basis: 'contract' })
  expect(contact.keys.map(({ kind, identifies }) => [kind, identifies])).toEqual([
    ['email', true],
    ['phone', false],
  ])
  expect(await list()).toEqual(['Amina Haddad'])
  const kinds = await owner.execute<{ kind: string }>(sql`select kind from interactions where vendor_id = ${vendor.id}`)
  expect(kinds.map(({ kind }) => kind)).toEqual(['contact.kept'])
})

test('nobody else keeps, reads or deletes them, not even by plain SQL', async () => {
  const { vendor, keep } = await aVendorWithStaff()
  const id = await keep('Amina', { email: 'a@example.org' })
  const rival = await aVendor('Rival')
  const ines = await aStaffMember(rival, 'Ines')
  for (const person of [await aMember(), ines] as PersonViewer[]) {
    await expect(contactsOf(person, vendor.slug, { search: '', before: null })).rejects.toThrow(Forbidden)
    await expect(keepContact(person, vendor.slug, input('Bo'))).rejects.toThrow(Forbidden)
    await expect(contactPage(person, vendor.slug, id)).rejects.toThrow(NotFound)
    await expect(addKey(person, vendor.slug, id, { kind: 'email', value: 'b@example.org' })).rejects.toThrow(NotFound)
    await expect(removeKey(person, vendor.slug, id, id)).rejects.toThrow(NotFound)
    await expect(deleteContact(person, vendor.slug, id)).rejects.toThrow(NotFound)
    for (const table of ['contacts', 'identity_keys'])
      expect(
        await transaction(person, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`)),
      ).toEqual([])
  }
  // Nor by the address of another vendor.
  await expect(contactPage(ines, rival.slug, id)).rejects.toThrow(NotFound)
})

test('an address is one person’s; a mailbox that several answer is nobody’s, and a number may be shared', async () => {
  const { keep, dara, vendor, keys } = await aVendorWithStaff()
  const amina = await keep('Amina', { email: 'amina@example.org', phone: '+49 30 901820' })
  expect(await refusal(keep('Other', { email: 'AMINA@example.org' }))).toEqual({ email: 'contact.taken' })
  const bo = await keep('Bo', { email: 'info@example.org', phone: '+49 30 901820' })
  await addKey(dara, vendor.slug, amina, { kind: 'email', value: 'info@example.org' })
  expect((await keys(bo)).every(({ identifies }) => !identifies)).toBe(true)
  const add = (kind: 'email' | 'phone' | 'external', value: string) => refusal(addKey(dara, vendor.slug, bo, { kind, value }))
  expect(await add('email', 'amina@example.org')).toEqual({ value: 'contact.taken' })
  expect(await add('email', 'no address')).toEqual({ value: 'contact.not.email' })
  expect(await add('external', 'crm:17')).toBe('taken')
  expect(await add('external', 'crm:17')).toBe('taken')
  expect((await keys(bo)).length).toBe(3)
})

test('an address that is removed is free again; twice is once', async () => {
  const { dara, vendor, keep, keys } = await aVendorWithStaff()
  const id = await keep('Amina', { email: 'amina@example.org' })
  const key = (await keys(id))[0]?.id ?? ''
  await removeKey(dara, vendor.slug, id, key)
  await removeKey(dara, vendor.slug, id, key)
  await keep('Another', { email: 'amina@example.org' })
  const gone = await owner.execute(sql`select 1 from interactions where vendor_id = ${vendor.id} and kind = 'contact.key-removed'`)
  expect(gone.length).toBe(1)
})

test('without a contract there is a day by which they are asked, within a year; a second of the name is said to be another', async () => {
  const { keep } = await aVendorWithStaff()
  expect(await refusal(keep('Amina', { basis: 'consent' }))).toEqual({ askBy: 'contact.askBy' })
  expect(await refusal(keep('Amina', { basis: 'consent', askBy: inDays(-1) }))).toEqual({ askBy: 'contact.askBySoon' })
  expect(await refusal(keep('Amina', { basis: 'consent', askBy: inDays(400) }))).toEqual({ askBy: 'contact.askBySoon' })
  expect(await refusal(keep('Amina', { phone: '12' }))).toEqual({ phone: 'contact.not.phone' })
  await keep('Amina', { basis: 'consent', askBy: inDays(30) })
  expect(await refusal(keep('AMINA'))).toEqual({ name: 'contact.alike' })
  await keep('AMINA', { anyway: 'on' })
})

test('they are found by the beginning of a word or an address; hostile text finds nothing', async () => {
  const { keep, list } = await aVendorWithStaff()
  await keep('Amina Haddad', { email: 'ah@norrhavn.example' })
  await keep('<b>Bo</b>')
  expect(await list('had')).toEqual(['Amina Haddad'])
  expect(await list('ah@norr')).toEqual(['Amina Haddad'])
  expect(await list('%')).toEqual([])
  expect(await list("'; drop table contacts; --")).toEqual([])
})

test('who is deleted is gone, with every address', async () => {
  const { dara, vendor, keep, list } = await aVendorWithStaff()
  const id = await keep('Amina', { email: 'amina@example.org' })
  await deleteContact(dara, vendor.slug, id)
  await expect(deleteContact(dara, vendor.slug, id)).rejects.toThrow(NotFound)
  expect(await list()).toEqual([])
  expect(await owner.execute(sql`select 1 from identity_keys where contact_id = ${id}`)).toEqual([])
})
