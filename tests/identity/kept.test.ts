import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { Conflict, NotFound } from '~/server/errors'
import {
  addKey,
  contactOnRecord,
  contactPage,
  correctKept,
  endThisIsMe,
  keepAccount,
  keepContact,
  keepWork,
  keptAboutMe,
  layBeside,
  mergePair,
  mergesOf,
  sayThisIsMe,
  unmerge,
} from '~/server/identity'
import { AccountInput, ContactInput, MergeInput, WorkInput } from '~/server/identity/input'
import { aMember, aStaffMember, aVendor, owner, unique } from '../support/cast'

/** Amina has an account with her address; Tern Works met her at a fair and guessed what she is called at work. */
async function keptByTwo() {
  const address = `${unique('amina')}@norrhavn.example`.toLowerCase()
  const amina = await aMember('Amina', { email: address })
  const keepIn = async (name: string, title: string) => {
    const vendor = await aVendor(name)
    const dara = await aStaffMember(vendor)
    await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn AB', owner: dara.handle }))
    const contact = await keepContact(
      dara,
      vendor.slug,
      ContactInput.parse({ name: 'Amina Hadad', email: address, cameFrom: 'event', cameFromWords: 'Fair in May', basis: 'contract' }),
    )
    await keepWork(dara, vendor.slug, contact, WorkInput.parse({ company: 'Norrhavn', title, since: '2020-01-01', main: 'on' }))
    await owner.execute(sql`update vendor_affiliations set source = 'inferred' where contact_id = ${contact}`)
    return { vendor, dara, contact }
  }
  const [tern, rival] = [await keepIn('Tern Works', 'Office manager'), await keepIn('Rival', 'Buyer')]
  return { amina, address, tern, rival }
}

const from = async (viewer: Parameters<typeof keptAboutMe>[0], vendor: { slug: string }) =>
  (await keptAboutMe(viewer)).filter(({ vendorSlug }) => vendorSlug === vendor.slug)

test('whoever confirmed an address reads what vendors keep of it, with source and date; nobody else does', async () => {
  const { amina, tern, rival, address } = await keptByTwo()
  const kept = await keptAboutMe(amina)
  expect(kept.map(({ vendorSlug }) => vendorSlug).sort()).toEqual([tern.vendor.slug, rival.vendor.slug].sort())
  const [one] = await from(amina, tern.vendor)
  expect(one).toMatchObject({ name: 'Amina Hadad', cameFrom: 'event', cameFromWords: 'Fair in May', basis: 'contract', linked: false })
  expect(one?.work).toMatchObject([{ company: 'Norrhavn', title: 'Office manager', from: 'inferred' }])
  expect(one?.keys).toMatchObject([{ kind: 'email', value: address, from: 'staff' }])
  expect(one?.provenance.name?.from).toBe('staff')
  const bo = await aMember('Bo')
  expect(await keptAboutMe(bo)).toEqual([])
  await expect(correctKept(bo, tern.contact, { field: 'name', value: 'Bo' })).rejects.toThrow(NotFound)
  await expect(sayThisIsMe(bo, tern.contact)).rejects.toThrow(NotFound)
  // Nor by an address that is a claim and no more.
  const claiming = await aMember('Clara', { email: `${unique('clara')}@norrhavn.example`.toLowerCase(), confirmed: false })
  await addKey(tern.dara, tern.vendor.slug, tern.contact, { kind: 'email', value: 'clara@norrhavn.example' })
  expect(await keptAboutMe(claiming)).toEqual([])
  expect(await transaction(bo, (tx) => tx.execute(sql`select 1 from contact_corrections`))).toEqual([])
})

test('an inferred title is put right: theirs wins at once, the guess is kept as contested, and nobody writes it again', async () => {
  const { amina, tern, rival } = await keptByTwo()
  await correctKept(amina, tern.contact, { field: 'title', value: 'Head of office IT' })
  await correctKept(amina, tern.contact, { field: 'title', value: 'Head of office IT' })
  await correctKept(amina, tern.contact, { field: 'name', value: 'Amina Haddad' })
  const { contact } = await contactPage(tern.dara, tern.vendor.slug, tern.contact)
  expect(contact.name).toBe('Amina Haddad')
  expect(contact.work).toMatchObject([{ title: 'Head of office IT', source: 'self' }])
  expect(contact.corrections.map(({ field, became }) => [field, became])).toEqual([
    ['name', 'Amina Haddad'],
    ['title', 'Head of office IT'],
  ])
  const [mine] = await from(amina, tern.vendor)
  expect(mine?.corrections).toMatchObject([
    { field: 'name', was: 'Amina Hadad', from: 'staff' },
    { field: 'title', was: 'Office manager', from: 'inferred' },
  ])
  for (const again of [
    sql`update vendor_affiliations set title = 'Office manager', source = 'enriched' where contact_id = ${tern.contact}`,
    sql`update contacts set name = 'Amina Hadad' where id = ${tern.contact}`,
  ])
    await expect(owner.execute(again)).rejects.toThrow()
  // The other vendor keeps what it kept.
  expect((await from(amina, rival.vendor))[0]?.work).toMatchObject([{ title: 'Buyer', from: 'inferred' }])
  // Who put it right is said by no event.
  const events = await owner.execute(
    sql`select actor_handle_id, payload from interactions where vendor_id = ${tern.vendor.id} and kind = 'contact.corrected'`,
  )
  expect(events.length).toBe(2)
  expect(JSON.stringify(events)).not.toContain(amina.handleId)
})

test('what they said of themself outlives a merge, whatever is chosen, and comes apart again', async () => {
  const { amina, tern } = await keptByTwo()
  await correctKept(amina, tern.contact, { field: 'name', value: 'Amina Haddad' })
  const other = await keepContact(
    tern.dara,
    tern.vendor.slug,
    ContactInput.parse({ name: 'A. Hadad', phone: '+49 30 901820', cameFrom: 'event', basis: 'contract' }),
  )
  const pair = await layBeside(tern.dara, tern.vendor.slug, other, { other: 'Amina Haddad' })
  const stands = other < tern.contact ? 'a' : 'b'
  await mergePair(tern.dara, tern.vendor.slug, pair, MergeInput.parse({ stands, name: stands }))
  expect((await contactPage(tern.dara, tern.vendor.slug, other)).contact.name).toBe('Amina Haddad')
  expect((await from(amina, tern.vendor))[0]).toMatchObject({ id: other, name: 'Amina Haddad' })
  const [merge] = (await mergesOf(tern.dara, tern.vendor.slug, null)).merges
  await unmerge(tern.dara, tern.vendor.slug, merge?.id ?? '')
  expect((await contactPage(tern.dara, tern.vendor.slug, other)).contact.name).toBe('A. Hadad')
  await expect(unmerge(tern.dara, tern.vendor.slug, merge?.id ?? '')).rejects.toThrow(Conflict)
})

test('what somebody said they are outlives a merge, for both sides, and ends with one word', async () => {
  const { amina, tern } = await keptByTwo()
  await sayThisIsMe(amina, tern.contact)
  const other = await keepContact(
    tern.dara,
    tern.vendor.slug,
    ContactInput.parse({ name: 'A. Hadad', phone: '+49 30 901820', cameFrom: 'event', basis: 'contract' }),
  )
  const pair = await layBeside(tern.dara, tern.vendor.slug, other, { other: 'Amina Hadad' })
  await mergePair(tern.dara, tern.vendor.slug, pair, MergeInput.parse({ stands: other < tern.contact ? 'a' : 'b' }))
  const member = async () => (await contactPage(tern.dara, tern.vendor.slug, other)).contact.member?.handle ?? null
  expect(await member()).toBe(amina.handle)
  expect((await from(amina, tern.vendor))[0]).toMatchObject({ id: other, linked: true })
  await endThisIsMe(amina, other)
  expect(await member()).toBeNull()
  expect((await from(amina, tern.vendor))[0]).toMatchObject({ id: other, linked: false })
  await expect(
    transaction(amina, (tx) => tx.execute(sql`update contact_links set ended_at = null where handle_id = ${amina.handleId} returning id`)),
  ).resolves.toEqual([])
})

test('staff learn that a contact is a member when the member says so, and not longer', async () => {
  const { amina, tern, rival } = await keptByTwo()
  const member = async (it: typeof tern) => (await contactPage(it.dara, it.vendor.slug, it.contact)).contact.member?.handle ?? null
  expect(await member(tern)).toBeNull()
  await sayThisIsMe(amina, tern.contact)
  await sayThisIsMe(amina, tern.contact)
  expect([await member(tern), await member(rival)]).toEqual([amina.handle, null])
  expect((await from(amina, tern.vendor))[0]?.linked).toBe(true)
  await expect(endThisIsMe(await aMember('Bo'), tern.contact)).rejects.toThrow(NotFound)
  expect(await member(tern)).toBe(amina.handle)
  const [{ id: record } = { id: '' }] = await owner.execute<{
    id: string
  }>(sql`insert into relationships (id, vendor_id, handle_id, since, last_at)
    values (gen_random_uuid(), ${tern.vendor.id}, ${amina.handleId}, now(), now()) returning id`)
  expect(await contactOnRecord(tern.dara, record)).toEqual({ id: tern.contact, name: 'Amina Hadad' })
  expect([await contactOnRecord(rival.dara, record), await contactOnRecord(amina, record)]).toEqual([null, null])
  await endThisIsMe(amina, tern.contact)
  expect(await contactOnRecord(tern.dara, record)).toBeNull()
  expect(await member(tern)).toBeNull()
  // Nobody else says it in their place, by plain SQL neither.
  const said = (handleId: string) =>
    sql`insert into contact_links (id, vendor_id, contact_id, handle_id) values (gen_random_uuid(), ${tern.vendor.id}, ${tern.contact}, ${handleId})`
  await expect(transaction(tern.dara, (tx) => tx.execute(said(amina.handleId)))).rejects.toThrow()
  await expect(transaction(amina, (tx) => tx.execute(said(tern.dara.handleId)))).rejects.toThrow()
})
