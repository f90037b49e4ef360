import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { NotFound } from '~/server/errors'
import { accountBrief, keepAccount, keepContact, keepWork, namePart, sayThisIsMe } from '~/server/identity'
import { AccountInput, ContactInput, WorkInput } from '~/server/identity/input'
import { assignTask, noteOnRelationship } from '~/server/relationships'
import { giveGrant, keepAttribute, myReadings, revokeGrant } from '~/server/vault'
import { aMember, aStaffMember, aVendor, owner, unique } from '../support/cast'

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const SECRET = 'Seventeen people, and none of them sells'

/** Two work at Norrhavn: Amina is a member who said so and shares what she does; Bo is known to the vendor alone. */
async function aMeetingAhead() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const address = `${unique('amina')}@norrhavn.example`.toLowerCase()
  const amina = await aMember('Amina', { email: address })
  const account = await keepAccount(
    dara,
    vendor.slug,
    AccountInput.parse({ name: 'Norrhavn AB', owner: dara.handle, useCase: 'Mail on board', urgency: 'now' }),
  )
  const keep = async (name: string, more: Record<string, string>) => {
    const contact = await keepContact(dara, vendor.slug, ContactInput.parse({ name, cameFrom: 'event', basis: 'contract', ...more }))
    await keepWork(dara, vendor.slug, contact, WorkInput.parse({ company: 'Norrhavn', since: '2020-01-01', main: 'on' }))
    return contact
  }
  const [contact, bo] = [await keep('Amina Haddad', { email: address }), await keep('Bo Lund', {})]
  const [{ id: record } = { id: '' }] = await owner.execute<{
    id: string
  }>(sql`insert into relationships (id, vendor_id, handle_id, owner_id, since, last_at)
    values (gen_random_uuid(), ${vendor.id}, ${amina.handleId}, ${dara.personId}, now(), now()) returning id`)
  await sayThisIsMe(amina, contact)
  await keepAttribute(amina, 'role', { value: 'Head of office IT' })
  await keepAttribute(amina, 'organisation', { value: SECRET })
  const grant = await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'relationship', until: in30Days })
  return { vendor, dara, amina, account, contact, bo, record, grant }
}

test('a brief has aims, promises and what is shared with its day; what colleagues think stands apart, and what is withheld says nothing', async () => {
  const { dara, account, contact, bo, record } = await aMeetingAhead()
  await namePart(dara, account, { contact, role: 'champion' })
  await assignTask(dara, record, { what: 'Send the list', owner: dara.handle, due: in30Days })
  await noteOnRelationship(dara, record, { body: 'She will not move before spring.' })
  const brief = await accountBrief(dara, account)
  expect(brief.account).toMatchObject({ useCase: 'Mail on board', urgency: 'now' })
  const [amina, other] = [brief.people.find((one) => one.contact === contact), brief.people.find((one) => one.contact === bo)]
  expect(amina?.roles.map(({ role }) => role)).toEqual(['champion'])
  expect(amina?.record?.values).toMatchObject([{ key: 'role', value: 'Head of office IT' }])
  expect(amina?.record?.values[0]?.confirmedAt).toBeInstanceOf(Date)
  expect(amina?.record?.open.map(({ what }) => what)).toEqual(['Send the list'])
  expect(amina?.record?.notes).toMatchObject([{ body: 'She will not move before spring.', author: { handle: dara.handle } }])
  expect(amina?.record?.withheld).toContain('organisation')
  expect(amina?.record?.withheld).not.toContain('role')
  expect(amina?.record?.asked).toBeNull()
  expect(JSON.stringify(brief)).not.toContain(SECRET)
  expect(other).toMatchObject({ name: 'Bo Lund', record: null })
})

test('opening it is written down where she sees it, once an hour, and after a revocation it is dark', async () => {
  const { vendor, dara, amina, account, contact, grant } = await aMeetingAhead()
  await accountBrief(dara, account)
  await accountBrief(dara, account)
  const lines = await owner.execute<{ key: string; reads: number }>(
    sql`select key, reads from access_records where person_id = ${amina.personId} and vendor_id = ${vendor.id}`,
  )
  expect(lines).toEqual([{ key: 'role', reads: 2 }])
  expect(JSON.stringify(await myReadings(amina, null))).toContain(dara.displayName)
  await revokeGrant(amina, grant)
  const dark = (await accountBrief(dara, account)).people.find((one) => one.contact === contact)
  expect(dark?.record?.values).toEqual([])
  expect(dark?.record?.withheld).toContain('role')
  expect(JSON.stringify(dark)).not.toContain('Head of office IT')
})

test('what is granted to answer a question is not read for a meeting; a company of whom nobody is known has a brief too', async () => {
  const { vendor, dara, amina, account, contact } = await aMeetingAhead()
  await keepAttribute(amina, 'industry', { value: 'Shipping' })
  await giveGrant(amina, { vendor: vendor.slug, attributes: ['industry'], purpose: 'answer', until: in30Days })
  const person = (await accountBrief(dara, account)).people.find((one) => one.contact === contact)
  expect(person?.record?.values.map(({ key }) => key)).toEqual(['role'])
  expect(person?.record?.withheld).toContain('industry')
  const empty = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Nobody there', owner: dara.handle }))
  expect((await accountBrief(dara, empty)).people).toEqual([])
})

test('nobody reads the brief of another vendor', async () => {
  const { account, amina } = await aMeetingAhead()
  const ines = await aStaffMember(await aVendor('Rival'), 'Ines')
  for (const person of [ines, amina]) await expect(accountBrief(person, account)).rejects.toThrow(NotFound)
})
