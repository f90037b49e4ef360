import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import {
  accountPage,
  accountsOf,
  addKey,
  contactPage,
  contactsOf,
  deleteContact,
  duplicatesOf,
  keepAccount,
  keepContact,
  keepWork,
  layBeside,
  mergePair,
  mergesOf,
  namePart,
  pairPage,
  refusePair,
  sayConsents,
  unmerge,
} from '~/server/identity'
import { compareAnew } from '~/server/identity/duplicates'
import { AccountInput, ConsentsInput, ContactInput, MergeInput, WorkInput } from '~/server/identity/input'
import { systemViewer } from '~/server/viewer'
import { aStaffMember, aVendor, owner } from '../support/cast'

async function aVendorThatKnows() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const account = (name: string, more: Record<string, string> = {}) =>
    keepAccount(dara, vendor.slug, AccountInput.parse({ name, owner: dara.handle, anyway: 'on', ...more }))
  const keep = (name: string, more: Record<string, string> = {}) =>
    keepContact(dara, vendor.slug, ContactInput.parse({ name, cameFrom: 'event', basis: 'contract', anyway: 'on', ...more }))
  const works = (contact: string, company: string, since = '2020-01-01', more: Record<string, string> = {}) =>
    keepWork(dara, vendor.slug, contact, WorkInput.parse({ company, since, ...more }))
  const compare = (kind: 'contact' | 'organization', ...ids: string[]) =>
    transaction(systemViewer('find-duplicates'), (tx) => compareAnew(tx, kind, ids))
  const proposed = async (all = false) => (await duplicatesOf(dara, vendor.slug, { all, after: null })).pairs
  const merge = (pair: string, more: Record<string, string> = {}) =>
    mergePair(dara, vendor.slug, pair, MergeInput.parse({ stands: 'a', ...more }))
  const merges = async () => (await mergesOf(dara, vendor.slug, null)).merges
  const contact = async (id: string) => (await contactPage(dara, vendor.slug, id)).contact
  return { vendor, dara, account, keep, works, compare, proposed, merge, merges, contact }
}

/** Two who share a number, a company and a name: `a` was known first. */
async function amountingToOne() {
  const it = await aVendorThatKnows()
  const norrhavn = await it.account('Norrhavn AB')
  const a = await it.keep('Amina Haddad', { phone: '+49 30 901820', email: 'amina@norrhavn.example', city: 'Malmö' })
  const b = await it.keep('Amina Hadad', { phone: '030 901820', country: 'DE' })
  for (const contact of [a, b]) await it.works(contact, 'Norrhavn')
  await it.compare('contact', a, b)
  const [pair] = await it.proposed()
  return { ...it, norrhavn, a, b, pair: pair?.id ?? '' }
}

/** Every row that says who the people and companies of a vendor are, as it is stored. */
async function asStored(vendorId: string) {
  const rows = await Promise.all(
    [
      'contacts',
      'identity_keys',
      'vendor_affiliations',
      'buying_roles',
      'contact_consents',
      'vendor_organizations',
      'accounts',
      'organization_edges',
    ].map((table) =>
      owner.execute(
        sql`select to_jsonb(x) as row from ${sql.identifier(table)} x where vendor_id = ${vendorId} order by to_jsonb(x)::text`,
      ),
    ),
  )
  return rows.map((of) => of.map(({ row }) => row))
}

test('two who share a number, a company and a name are proposed with the reasons, and nothing is made one by itself', async () => {
  const { proposed, pair, a, b, dara, vendor } = await amountingToOne()
  expect(await proposed()).toMatchObject([{ id: pair, kind: 'contact', score: 1, reasons: { name: 1, phone: 1, company: 1 } }])
  const page = await pairPage(dara, vendor.slug, pair)
  expect([page.a.id, page.b.id, page.stands]).toEqual([a, b, 'a'])
  expect(page.may.merge).toBe(true)
  const standing = await owner.execute(sql`select 1 from contacts where vendor_id = ${vendor.id} and merged_into is null`)
  expect(standing.length).toBe(2)
})

test('a name alone is proposed on request alone, or where staff lay two side by side', async () => {
  const { keep, compare, proposed, dara, vendor } = await aVendorThatKnows()
  const one = await keep('Bo Lund', { email: 'bo@lund.example', city: 'Aarhus' })
  const other = await keep('Bo Lund', { phone: '+45 33 12 12 12', city: 'Aarhus' })
  await compare('contact', one, other)
  expect(await proposed(true)).toEqual([])
  const pair = await layBeside(dara, vendor.slug, one, { other: 'Bo Lund' })
  expect(await proposed(true)).toMatchObject([{ id: pair, score: 0.79 }])
  await compare('contact', one)
  expect((await proposed(true)).map(({ id }) => id)).toEqual([pair])
  await expect(layBeside(dara, vendor.slug, one, { other: 'nobody@lund.example' })).rejects.toMatchObject({
    fields: { other: 'contact.notKnown' },
  })
  await keep('Bo Lund', { email: 'third@lund.example' })
  await expect(layBeside(dara, vendor.slug, one, { other: 'bo lund' })).rejects.toMatchObject({ fields: { other: 'contact.several' } })
})

test('one record stands: histories, roles and addresses of both are on it, and the stricter of what they said', async () => {
  const { dara, vendor, norrhavn, a, b, pair, merge, contact, keep, works } = await amountingToOne()
  await namePart(dara, norrhavn, { contact: b, role: 'economic-buyer' })
  await sayConsents(dara, vendor.slug, a, ConsentsInput.parse({ email: 'yes', phone: 'yes' }))
  await sayConsents(dara, vendor.slug, b, ConsentsInput.parse({ email: 'no' }))
  const somebodyElse = await keep('Chen')
  await works(somebodyElse, 'Norrhavn')
  expect(await merge(pair)).toBe(a)
  const one = await contact(a)
  expect(one).toMatchObject({ name: 'Amina Hadad', city: 'Malmö', country: 'DE', merged: 1 })
  expect(one.keys.map(({ value }) => value).sort()).toEqual(['+49 30 901820', '030 901820', 'amina@norrhavn.example'])
  expect(one.consents.map(({ channel, allowed }) => [channel, allowed])).toEqual([
    ['email', false],
    ['phone', true],
  ])
  expect(one.work).toHaveLength(2)
  const { people } = await accountPage(dara, norrhavn)
  expect(people.filter(({ contact: who }) => who === a).flatMap(({ roles }) => roles.map(({ role }) => role))).toContain('economic-buyer')
  expect(new Set(people.map(({ contact: who }) => who))).toEqual(new Set([a, somebodyElse]))
  const { accounts } = await accountsOf(dara, vendor.slug, { search: '', before: null })
  expect(accounts[0]?.people).toBe(2)
  // The other leads to it, and is in no list.
  expect(await contactPage(dara, vendor.slug, b)).toMatchObject({ elsewhere: true, contact: { id: a } })
  const { contacts } = await contactsOf(dara, vendor.slug, { search: '', before: null })
  expect(contacts.map(({ id }) => id).sort()).toEqual([a, somebodyElse].sort())
  // What they say after it stands, whatever the other record says.
  await sayConsents(dara, vendor.slug, a, ConsentsInput.parse({ email: 'yes', phone: 'yes' }))
  expect((await contact(a)).consents.map(({ allowed }) => allowed)).toEqual([true, true])
})

test('taken apart, both are again exactly what they were', async () => {
  const { vendor, dara, a, b, pair, merge, merges, proposed, compare, norrhavn } = await amountingToOne()
  await namePart(dara, norrhavn, { contact: b, role: 'champion' })
  await sayConsents(dara, vendor.slug, b, ConsentsInput.parse({ phone: 'no' }))
  const before = await asStored(vendor.id)
  await merge(pair, { stands: 'b', name: 'a', why: 'She told us' })
  expect(await asStored(vendor.id)).not.toEqual(before)
  const [made] = await merges()
  expect(made).toMatchObject({ survivor: { id: b }, loser: { id: a }, why: 'She told us', later: false })
  await unmerge(dara, vendor.slug, made?.id ?? '')
  expect(await asStored(vendor.id)).toEqual(before)
  await expect(unmerge(dara, vendor.slug, made?.id ?? '')).rejects.toThrow(Conflict)
  // Nobody is asked again, until one of them is known by something else.
  await compare('contact', a, b)
  expect(await proposed(true)).toEqual([])
  const kinds = await owner.execute<{ kind: string }>(
    sql`select kind from interactions where vendor_id = ${vendor.id} and kind ~ 'merged' order by occurred_at, id`,
  )
  expect(kinds.map(({ kind }) => kind)).toEqual(['contact.merged', 'contact.unmerged'])
})

test('what was changed after a merge stays changed when it is taken apart', async () => {
  const { vendor, dara, a, pair, merge, merges, contact } = await amountingToOne()
  await merge(pair)
  await owner.execute(sql`update contacts set name = 'Amina H.', name_norm = 'amina h' where id = ${a}`)
  await unmerge(dara, vendor.slug, (await merges())[0]?.id ?? '')
  expect(await contact(a)).toMatchObject({ name: 'Amina H.', country: '' })
})

test('later merges come apart first, by the database too', async () => {
  const { vendor, dara, a, pair, merge, merges, keep, works, compare, proposed } = await amountingToOne()
  await merge(pair)
  const third = await keep('Amina Haddad', { phone: '+49 30 901820' })
  await works(third, 'Norrhavn')
  await compare('contact', third)
  const [again] = await proposed()
  expect(await merge(again?.id ?? '')).toBe(a)
  const [later, earlier] = await merges()
  expect(earlier?.later).toBe(true)
  await expect(unmerge(dara, vendor.slug, earlier?.id ?? '')).rejects.toThrow(Conflict)
  await expect(owner.execute(sql`update record_merges set undone_at = now() where id = ${earlier?.id}`)).rejects.toThrow()
  await unmerge(dara, vendor.slug, later?.id ?? '')
  await unmerge(dara, vendor.slug, earlier?.id ?? '')
  const standing = await owner.execute(sql`select 1 from contacts where vendor_id = ${vendor.id} and merged_into is null`)
  expect(standing.length).toBe(3)
})

test('nobody is merged into themself, nor into a record that is no more', async () => {
  const { a, b, pair, merge, keep } = await amountingToOne()
  await merge(pair)
  const third = await keep('Chen')
  for (const [who, into] of [
    [third, third],
    [third, b],
    [a, b],
  ])
    await expect(owner.execute(sql`update contacts set merged_into = ${into} where id = ${who}`)).rejects.toThrow()
})

test('two are kept apart with a reason, and asked again only where an address or a number changes', async () => {
  const { vendor, dara, a, b, pair, compare, proposed } = await amountingToOne()
  await refusePair(dara, vendor.slug, pair, { why: 'Mother and daughter' })
  await refusePair(dara, vendor.slug, pair, { why: 'Once more' })
  await compare('contact', a, b)
  expect(await proposed(true)).toEqual([])
  await addKey(dara, vendor.slug, b, { kind: 'email', value: 'daughter@norrhavn.example' })
  await compare('contact', b)
  // Two different addresses speak for two.
  expect(await proposed()).toEqual([])
  const [row] = await owner.execute(sql`select state, why from duplicate_pairs where id = ${pair}`)
  expect(row).toEqual({ state: 'refused', why: 'Mother and daughter' })
  await addKey(dara, vendor.slug, b, { kind: 'phone', value: '+49 30 901821' })
  await owner.execute(sql`delete from identity_keys where contact_id = ${b} and kind = 'email'`)
  await compare('contact', b)
  expect((await proposed()).map(({ id }) => id)).toEqual([pair])
})

test('companies of one domain become one, with the account of the one that had one; and two again', async () => {
  const { vendor, dara, account, compare, proposed, merge, merges } = await aVendorThatKnows()
  const norrhavn = await account('Norrhavn Shipping AB', { city: 'Malmö' })
  const [{ id: other } = { id: '' }] = await owner.execute<{
    id: string
  }>(sql`insert into vendor_organizations (id, vendor_id, name, name_norm, city)
    values (gen_random_uuid(), ${vendor.id}, 'Norrhavn Shipping', 'norrhavn shipping', 'Malmö') returning id`)
  const [{ id: first } = { id: '' }] = await owner.execute<{ id: string }>(
    sql`select organization_id as id from accounts where id = ${norrhavn}`,
  )
  for (const [id, identifies] of [
    [first, true],
    [other, false],
  ] as const)
    await owner.execute(sql`insert into identity_keys (id, vendor_id, organization_id, kind, value_norm, value_raw, identifies, source)
      values (gen_random_uuid(), ${vendor.id}, ${id}, 'domain', 'norrhavn.example', 'norrhavn.example', ${identifies}, 'import')`)
  await compare('organization', first, other)
  const [pair] = await proposed()
  expect(pair).toMatchObject({ kind: 'organization', score: 1, reasons: { name: 1, domain: 1, city: 1 } })
  const before = await asStored(vendor.id)
  const stands = pair?.a.id === other ? 'a' : 'b'
  await merge(pair?.id ?? '', { stands })
  const { account: moved } = await accountPage(dara, norrhavn)
  expect(moved.organizationId).toBe(other)
  expect((await accountsOf(dara, vendor.slug, { search: 'norrhavn', before: null })).accounts).toHaveLength(1)
  await unmerge(dara, vendor.slug, (await merges())[0]?.id ?? '')
  expect(await asStored(vendor.id)).toEqual(before)
})

test('more than two hundred under one key say nothing of each other', async () => {
  const { vendor, dara, compare, proposed } = await aVendorThatKnows()
  const people = await owner.execute<{ id: string }>(sql`insert into contacts (id, vendor_id, name, name_norm, came_from, basis, created_by)
    select gen_random_uuid(), ${vendor.id}, 'Amina Haddad', 'amina haddad', 'event', 'contract', ${dara.personId} from generate_series(1, 205) returning id`)
  await owner.execute(sql`insert into identity_keys (id, vendor_id, contact_id, kind, value_norm, value_raw, identifies, source)
    select gen_random_uuid(), ${vendor.id}, id, 'phone', '+4930901820', '030 901820', false, 'import' from contacts where vendor_id = ${vendor.id}`)
  await compare('contact', ...people.map(({ id }) => id))
  expect(await proposed(true)).toEqual([])
})

test('nobody else sees, merges or takes apart, and with a person goes all that says who they were', async () => {
  const { vendor, dara, a, pair, merge, merges } = await amountingToOne()
  const ines = await aStaffMember(await aVendor('Rival'), 'Ines')
  const analyst = await aStaffMember(vendor, 'Anna', 'analyst')
  await expect(duplicatesOf(ines, vendor.slug, { all: true, after: null })).rejects.toThrow(Forbidden)
  await expect(pairPage(ines, vendor.slug, pair)).rejects.toThrow(NotFound)
  await expect(mergePair(ines, vendor.slug, pair, MergeInput.parse({ stands: 'a' }))).rejects.toThrow(NotFound)
  await expect(mergePair(analyst, vendor.slug, pair, MergeInput.parse({ stands: 'a' }))).rejects.toThrow(Forbidden)
  await expect(refusePair(analyst, vendor.slug, pair, { why: 'x' })).rejects.toThrow(Forbidden)
  await merge(pair)
  const [made] = await merges()
  await expect(unmerge(ines, vendor.slug, made?.id ?? '')).rejects.toThrow(NotFound)
  await expect(unmerge(analyst, vendor.slug, made?.id ?? '')).rejects.toThrow(Forbidden)
  const readBy = (person: typeof ines, table: string) =>
    transaction(person, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`))
  for (const table of ['duplicate_pairs', 'record_merges']) expect(await readBy(ines, table)).toEqual([])
  expect(await readBy(dara, 'likeness_blocks')).toEqual([])
  await expect(transaction(dara, (tx) => tx.execute(sql`delete from record_merges where vendor_id = ${vendor.id}`))).rejects.toThrow()
  await deleteContact(dara, vendor.slug, a)
  for (const table of ['contacts', 'likeness_blocks', 'duplicate_pairs', 'record_merges'])
    expect(await owner.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`)).toEqual([])
})
