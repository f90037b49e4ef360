import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { accounts, handOffs, organizationClosure, organizationEdges, vendorOrganizations, vendorStaff } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { accountPage, accountsOf, changeAccount, endPlace, keepAccount, placeUnder } from '~/server/identity'
import { AccountInput } from '~/server/identity/input'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const facts = (person: PersonViewer, name: string, more: Record<string, string> = {}) =>
  AccountInput.parse({ name, owner: person.handle, ...more })

async function aVendorWithStaff() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const keep = (name: string, more?: Record<string, string>) => keepAccount(dara, vendor.slug, facts(dara, name, more))
  return { vendor, dara, keep }
}
const eventsOf = (vendor: { id: string }) =>
  owner.execute<{ kind: string }>(sql`select kind from interactions where vendor_id = ${vendor.id} order by occurred_at, id`)
const list = (viewer: PersonViewer, slug: string, search = '', before: string | null = null) => accountsOf(viewer, slug, { search, before })
const refusal = (work: Promise<unknown>) => work.then(() => 'taken').catch((error: { fields?: Record<string, string> }) => error.fields)
const since = '2024-01-01'

test('staff keep a company, and it stands in the list by last touch', async () => {
  const { vendor, dara, keep } = await aVendorWithStaff()
  const first = await keep('Norrhavn Shipping AB', { domain: 'https://www.norrhavn.example/x', segment: 'Shipping' })
  await keep('Brandt & Söhne GmbH')
  const { accounts: shown, may } = await list(dara, vendor.slug)
  expect(shown.map(({ name, suffix }) => [name, suffix])).toEqual([
    ['Brandt & Söhne', 'GmbH'],
    ['Norrhavn Shipping', 'AB'],
  ])
  expect(may.keep).toBe(true)
  const page = await accountPage(dara, first)
  expect(page.account).toMatchObject({ domains: ['norrhavn.example'], segment: 'Shipping', owner: { handle: dara.handle } })
  expect((await eventsOf(vendor)).map(({ kind }) => kind)).toEqual(['account.kept', 'account.kept'])
})

test('nobody else keeps or reads them: not a member, not a visitor’s guess, not the staff of another vendor', async () => {
  const { vendor, keep } = await aVendorWithStaff()
  const id = await keep('Norrhavn')
  const [amina, rival] = [await aMember(), await aStaffMember(await aVendor('Rival'), 'Ines')]
  for (const person of [amina, rival]) {
    await expect(list(person, vendor.slug)).rejects.toThrow(Forbidden)
    await expect(keepAccount(person, vendor.slug, facts(person, 'Norrhavn'))).rejects.toThrow(Forbidden)
    await expect(accountPage(person, id)).rejects.toThrow(NotFound)
    await expect(changeAccount(person, id, facts(person, 'Taken'))).rejects.toThrow(NotFound)
    await expect(placeUnder(person, id, { parent: 'x', kind: 'owns', since })).rejects.toThrow(NotFound)
    for (const table of ['vendor_organizations', 'accounts', 'organization_edges', 'organization_closure', 'identity_keys'])
      expect(
        await transaction(person, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`)),
      ).toEqual([])
  }
  await expect(accountPage(amina, 'no-such-id')).rejects.toThrow(NotFound)
})

test('a second company of one name is kept only when somebody says that it is another', async () => {
  const { keep } = await aVendorWithStaff()
  await keep('Norrhavn AB', { domain: 'norrhavn.example' })
  expect(await refusal(keep('NORRHAVN'))).toEqual({ name: 'account.alike' })
  await keep('Norrhavn Inc.', { anyway: 'on' })
  expect(await refusal(keep('Another', { domain: 'mail.norrhavn.example' }))).toEqual({ domain: 'account.domainTaken' })
  expect(await refusal(keep('Mailers', { domain: 'gmail.com' }))).toEqual({ domain: 'account.notDomain' })
})

test('facts are changed, and a domain that is taken away is free again', async () => {
  const { dara, keep } = await aVendorWithStaff()
  const id = await keep('Norrhavn AB', { domain: 'norrhavn.example' })
  await changeAccount(dara, id, facts(dara, 'Norrhavn Group AB', { city: 'Malmö', country: 'SE', urgency: 'now' }))
  const { account } = await accountPage(dara, id)
  expect(account).toMatchObject({ name: 'Norrhavn Group', city: 'Malmö', country: 'SE', urgency: 'now', domains: [] })
  await keep('Other', { domain: 'norrhavn.example' })
})

test('it is found by the beginning of a word or a domain; hostile text finds nothing and breaks nothing', async () => {
  const { vendor, dara, keep } = await aVendorWithStaff()
  await keep('Norrhavn Shipping AB', { domain: 'norrhavn.example' })
  await keep('<script>alert(1)</script> & Co.')
  const found = async (typed: string) => (await list(dara, vendor.slug, typed)).accounts.map(({ name }) => name)
  expect(await found('ship')).toEqual(['Norrhavn Shipping'])
  expect(await found('norrhavn.ex')).toEqual(['Norrhavn Shipping'])
  expect(await found('%')).toEqual([])
  expect(await found("'; drop table accounts; --")).toEqual([])
  expect(await found('\0script')).toEqual(['<script>alert(1)</script>'])
})

test('the list goes on from a page to the next, each company once', async () => {
  const { vendor, dara, keep } = await aVendorWithStaff()
  for (let n = 0; n < 33; n += 1) await keep(`Company ${n}`)
  const first = await list(dara, vendor.slug)
  const second = await list(dara, vendor.slug, '', first.older)
  expect([first.accounts.length, second.accounts.length, second.older]).toEqual([30, 3, null])
  expect(new Set([...first.accounts, ...second.accounts].map(({ id }) => id)).size).toBe(33)
})

test('a company belongs to another since a day, and no more from today; the tree above and below is known at any depth', async () => {
  const { dara, keep } = await aVendorWithStaff()
  const [group, middle, shop] = [await keep('Group', { domain: 'group.example' }), await keep('Middle'), await keep('Shop')]
  await placeUnder(dara, shop, { parent: 'middle', kind: 'franchise', since })
  await placeUnder(dara, middle, { parent: 'www.group.example', kind: 'owns', since })
  const top = await accountPage(dara, group)
  expect([top.descendants, top.below.map(({ name }) => name)]).toEqual([2, ['Middle']])
  const page = await accountPage(dara, shop)
  expect(page.above).toMatchObject([{ name: 'Middle', kind: 'franchise', since, until: null }])
  const edge = (await accountPage(dara, middle)).above[0]?.id ?? ''
  await endPlace(dara, middle, edge)
  await endPlace(dara, middle, edge)
  expect((await accountPage(dara, group)).descendants).toBe(0)
  expect((await accountPage(dara, middle)).descendants).toBe(1)
  expect((await accountPage(dara, middle)).above[0]?.until).not.toBeNull()
  await expect(endPlace(dara, shop, edge)).rejects.toThrow(NotFound)
})

test('what cannot be is refused beside its field', async () => {
  const { dara, keep } = await aVendorWithStaff()
  const [group, shop] = [await keep('Group'), await keep('Shop')]
  await keep('Twin', {})
  await keep('Twin', { anyway: 'on' })
  const place = (id: string, parent: string, on = since) => refusal(placeUnder(dara, id, { parent, kind: 'owns', since: on }))
  expect(await place(shop, 'Group')).toBe('taken')
  expect(await place(shop, 'Group', '2025-05-05')).toEqual({ parent: 'account.already' })
  expect(await place(group, 'Shop')).toEqual({ parent: 'account.ring' })
  expect(await place(group, 'Group')).toEqual({ parent: 'account.ring' })
  expect(await place(shop, 'Nobody')).toEqual({ parent: 'account.notKnown' })
  expect(await place(shop, 'Twin')).toEqual({ parent: 'account.several' })
  expect(await place(shop, 'Group', '2999-01-01')).toEqual({ since: 'account.notYet' })
})

// By plain SQL, as the role of the application, in the name of staff who may.
async function refuses(viewer: PersonViewer, work: (tx: Tx) => Promise<unknown>, constraint: string | RegExp) {
  const error = await transaction(viewer, work).then(
    () => null,
    (problem: Error) => (problem.cause ?? problem) as Error & { constraint_name?: string },
  )
  expect(error?.constraint_name || error?.message).toMatch(constraint)
}

async function threeOrganisations() {
  const { vendor, dara, keep } = await aVendorWithStaff()
  const ids = await Promise.all(
    ['A', 'B', 'C'].map(async (name) => {
      const [row] = await owner
        .select({ id: accounts.organizationId })
        .from(accounts)
        .where(eq(accounts.id, await keep(`Company ${name}`)))
      return row?.id ?? ''
    }),
  )
  const edge = (parentId = '', childId = '', startedOn = since, endedOn: string | null = null) =>
    ({ id: newId(), vendorId: vendor.id, parentId, childId, kind: 'owns', startedOn, endedOn }) as const
  const [a, b, c] = ids as [string, string, string]
  return { vendor, dara, a, b, c, edge }
}

test('the database refuses a ring of companies, whoever asks and in whichever order', async () => {
  const { dara, a, b, c, edge } = await threeOrganisations()
  await transaction(dara, (tx) => tx.insert(organizationEdges).values([edge(a, b), edge(b, c)]))
  await refuses(dara, (tx) => tx.insert(organizationEdges).values(edge(c, a)), 'organization_edges_no_ring')
  await refuses(dara, (tx) => tx.insert(organizationEdges).values(edge(a, a)), 'organization_edges_no_ring')
  // Once the chain has ended, it may go the other way.
  await transaction(dara, (tx) => tx.update(organizationEdges).set({ endedOn: '2024-06-01' }).where(eq(organizationEdges.childId, c)))
  await refuses(dara, (tx) => tx.insert(organizationEdges).values(edge(c, a, '2024-05-01')), 'organization_edges_no_ring')
  await transaction(dara, (tx) => tx.insert(organizationEdges).values(edge(c, a, '2024-06-01')))
  const closure = await transaction(dara, (tx) => tx.select().from(organizationClosure).where(eq(organizationClosure.ancestorId, c)))
  expect(closure.map(({ descendantId, depth }) => [descendantId, depth]).sort()).toEqual(
    [
      [a, 1],
      [b, 2],
    ].sort(),
  )
})

test('the database refuses two edges of one pair at one time, an edge backwards, and rows of another vendor', async () => {
  const { dara, a, b, edge } = await threeOrganisations()
  await transaction(dara, (tx) => tx.insert(organizationEdges).values(edge(a, b, '2020-01-01', '2021-01-01')))
  await transaction(dara, (tx) => tx.insert(organizationEdges).values(edge(a, b, '2021-01-01')))
  await refuses(dara, (tx) => tx.insert(organizationEdges).values(edge(a, b, '2023-01-01', '2024-01-01')), 'organization_edges_no_overlap')
  await refuses(
    dara,
    (tx) => tx.insert(organizationEdges).values(edge(b, a, '2019-01-01', '2018-01-01')),
    /organization_edges_forward|range lower bound/,
  )
  const other = await threeOrganisations()
  await refuses(dara, (tx) => tx.insert(organizationEdges).values(edge(a, other.b)), 'organization_edges_child')
  await refuses(dara, (tx) => tx.insert(organizationEdges).values(other.edge(other.a, other.b)), /row-level security/)
  await refuses(
    dara,
    (tx) => tx.insert(organizationClosure).values({ vendorId: other.vendor.id, ancestorId: a, descendantId: b, depth: 1 }),
    /permission denied/,
  )
})

test('the database refuses an account without an owner, and one that does not serve the vendor', async () => {
  const { vendor, dara, a } = await threeOrganisations()
  const amina = await aMember()
  const mine = (tx: Tx, set: Record<string, string | null>) => tx.update(accounts).set(set).where(eq(accounts.organizationId, a))
  await refuses(dara, (tx) => mine(tx, { ownerId: null }), /null value/)
  await refuses(dara, (tx) => mine(tx, { ownerId: amina.personId }), 'accounts_owned_until_accepted')
  const [account] = await owner.select().from(accounts).where(eq(accounts.organizationId, a))
  const [now, hour] = [new Date(), new Date(Date.now() + 3_600_000)]
  const over = {
    vendorId: account?.vendorId ?? '',
    accountId: account?.id,
    cause: 'by-hand' as const,
    minutes: 60,
    startedAt: now,
    dueAt: hour,
  }
  const to = { fromId: dara.personId, toId: amina.personId, startedBy: dara.personId, nextCheckAt: hour }
  await refuses(dara, (tx) => tx.insert(handOffs).values({ id: newId(), ...over, ...to }), 'hand_offs_to_staff')
  // Nor is anybody named as the one whose it was who never served the vendor.
  const from = { fromId: amina.personId, toId: dara.personId, startedBy: dara.personId, nextCheckAt: hour }
  await refuses(dara, (tx) => tx.insert(handOffs).values({ id: newId(), ...over, ...from }), 'hand_offs_from_staff')
  await refuses(dara, (tx) => mine(tx, { vendorId: (vendor as { id: string }).id }), /permission denied/)
  await refuses(dara, (tx) => tx.delete(accounts).where(eq(accounts.organizationId, a)), /permission denied/)
})

test('the database refuses to merge a company into itself, or into one that was merged away', async () => {
  const { dara, a, b, c } = await threeOrganisations()
  const into = (id: string, mergedInto: string) => (tx: Tx) =>
    tx.update(vendorOrganizations).set({ mergedInto }).where(eq(vendorOrganizations.id, id))
  await refuses(dara, into(a, a), 'vendor_organizations_not_into_itself')
  await transaction(dara, into(a, b))
  await refuses(dara, into(c, a), 'vendor_organizations_into_one_that_stands')
  await refuses(dara, into(b, a), 'vendor_organizations_into_one_that_stands')
})

test('whoever has left the vendor reads nothing of it any more', async () => {
  const { vendor, dara, keep } = await aVendorWithStaff()
  const id = await keep('Norrhavn')
  await owner.update(vendorStaff).set({ endedAt: new Date() }).where(eq(vendorStaff.personId, dara.personId))
  // Even with a viewer that was loaded before.
  await expect(accountPage(dara, id)).rejects.toThrow(NotFound)
  expect((await list(dara, vendor.slug)).accounts).toEqual([])
})
