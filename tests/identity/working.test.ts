import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { NotFound } from '~/server/errors'
import { accountPage, contactPage, endPart, endWork, keepAccount, keepContact, keepWork, namePart, sayConsents } from '~/server/identity'
import { AccountInput, ConsentsInput, ContactInput, WorkInput } from '~/server/identity/input'
import { aStaffMember, aVendor, owner } from '../support/cast'

const refusal = (work: Promise<unknown>) => work.then(() => 'taken').catch((error: { fields?: Record<string, string> }) => error.fields)

async function somebodyKnown() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const keep = (name: string) => keepAccount(dara, vendor.slug, AccountInput.parse({ name, owner: dara.handle }))
  const [norrhavn, brandt] = [await keep('Norrhavn AB'), await keep('Brandt GmbH')]
  const amina = await keepContact(dara, vendor.slug, ContactInput.parse({ name: 'Amina Haddad', cameFrom: 'event', basis: 'contract' }))
  const works = (company: string, since: string, more: Record<string, string> = {}) =>
    keepWork(dara, vendor.slug, amina, WorkInput.parse({ company, since, ...more }))
  const history = async () =>
    (await contactPage(dara, vendor.slug, amina)).contact.work.map(({ company, title, main, since, until }) => [
      company,
      title,
      main,
      since,
      until,
    ])
  return { vendor, dara, norrhavn, brandt, amina, works, history }
}

test('where somebody works is dated, and what they were before stays', async () => {
  const { norrhavn, dara, works, history, amina } = await somebodyKnown()
  await works('Norrhavn AB', '2020-01-01', { title: 'Clerk', main: 'on' })
  await works('Norrhavn', '2022-05-01', { title: 'Head of office IT', main: 'on' })
  await works('Brandt', '2023-01-01', { title: 'Adviser' })
  expect(await history()).toEqual([
    ['Brandt', 'Adviser', false, '2023-01-01', null],
    ['Norrhavn', 'Head of office IT', true, '2022-05-01', null],
    ['Norrhavn', 'Clerk', false, '2020-01-01', '2022-05-01'],
  ])
  const { people } = await accountPage(dara, norrhavn)
  expect(people.map(({ contact, title, until }) => [contact, title, until])).toEqual([
    [amina, 'Head of office IT', null],
    [amina, 'Clerk', '2022-05-01'],
  ])
})

test('the main place is one, by the database too', async () => {
  const { works, history, amina } = await somebodyKnown()
  await works('Norrhavn', '2020-01-01', { main: 'on' })
  await works('Brandt', '2021-01-01', { main: 'on' })
  expect((await history()).map(([company, , main]) => [company, main])).toEqual([
    ['Brandt', true],
    ['Norrhavn', false],
  ])
  await expect(owner.execute(sql`update vendor_affiliations set is_primary = true where contact_id = ${amina}`)).rejects.toThrow()
  await expect(
    owner.execute(sql`insert into vendor_affiliations (id, vendor_id, contact_id, organization_id, started_on, source)
      select gen_random_uuid(), vendor_id, contact_id, organization_id, started_on + 30, source from vendor_affiliations where contact_id = ${amina} limit 1`),
  ).rejects.toThrow()
})

test('a company that is not kept, a day to come and a day already worked are refused beside their fields', async () => {
  const { works } = await somebodyKnown()
  expect(await refusal(works('Nobody knows Ltd', '2020-01-01'))).toEqual({ company: 'account.notKnown' })
  expect(await refusal(works('Norrhavn', '2999-01-01'))).toEqual({ since: 'account.notYet' })
  await works('Norrhavn', '2020-01-01')
  expect(await refusal(works('Norrhavn', '2019-01-01'))).toEqual({ since: 'contact.work.before' })
})

test('whoever leaves has no part there any more; twice is once', async () => {
  const { vendor, dara, norrhavn, amina, works } = await somebodyKnown()
  expect(await refusal(namePart(dara, norrhavn, { contact: amina, role: 'champion' }))).toEqual({ contact: 'notChoice' })
  await works('Norrhavn', '2020-01-01', { main: 'on' })
  await namePart(dara, norrhavn, { contact: amina, role: 'champion' })
  await namePart(dara, norrhavn, { contact: amina, role: 'champion' })
  await namePart(dara, norrhavn, { contact: amina, role: 'economic-buyer' })
  const parts = async () => (await accountPage(dara, norrhavn)).people.flatMap(({ roles }) => roles)
  expect((await parts()).map(({ role }) => role)).toEqual(['champion', 'economic-buyer'])
  const buyer = (await parts())[1]?.id ?? ''
  await endPart(dara, norrhavn, buyer)
  await endPart(dara, norrhavn, buyer)
  const [work] = (await contactPage(dara, vendor.slug, amina)).contact.work
  await endWork(dara, vendor.slug, amina, work?.id ?? '', { until: '2021-01-01' })
  await endWork(dara, vendor.slug, amina, work?.id ?? '', { until: '2021-01-01' })
  expect(await parts()).toEqual([])
  expect((await contactPage(dara, vendor.slug, amina)).contact.work[0]?.until).toBe('2021-01-01')
  const kinds = await owner.execute<{ kind: string }>(
    sql`select kind from interactions where vendor_id = ${vendor.id} and kind ~ '^(contact.work|account.part)' order by occurred_at, id`,
  )
  expect(kinds.map(({ kind }) => kind)).toEqual([
    'contact.work-kept',
    'account.part-named',
    'account.part-named',
    'account.part-ended',
    'contact.work-ended',
  ])
})

test('what they said to being reached is kept by channel with its day; what was not said is not kept', async () => {
  const { vendor, dara, amina } = await somebodyKnown()
  const say = (said: Record<string, string>) => sayConsents(dara, vendor.slug, amina, ConsentsInput.parse(said))
  const said = async () => (await contactPage(dara, vendor.slug, amina)).contact.consents.map(({ channel, allowed }) => [channel, allowed])
  await say({ email: 'yes', phone: 'no' })
  await owner.execute(sql`update contact_consents set said_on = '2024-01-01' where contact_id = ${amina}`)
  await say({ email: 'no', phone: 'no' })
  expect(await said()).toEqual([
    ['email', false],
    ['phone', false],
  ])
  const days = await owner.execute(sql`select channel from contact_consents where contact_id = ${amina} and said_on = '2024-01-01'`)
  expect(days).toEqual([{ channel: 'phone' }])
  await say({})
  expect(await said()).toEqual([])
})

test('nobody else says where they work, nor what part they have', async () => {
  const { vendor, norrhavn, amina } = await somebodyKnown()
  const ines = await aStaffMember(await aVendor('Rival'), 'Ines')
  await expect(keepWork(ines, vendor.slug, amina, WorkInput.parse({ company: 'Norrhavn', since: '2020-01-01' }))).rejects.toThrow(NotFound)
  await expect(endWork(ines, vendor.slug, amina, amina, { until: '2021-01-01' })).rejects.toThrow(NotFound)
  await expect(sayConsents(ines, vendor.slug, amina, ConsentsInput.parse({}))).rejects.toThrow(NotFound)
  await expect(namePart(ines, norrhavn, { contact: amina, role: 'champion' })).rejects.toThrow(NotFound)
  await expect(endPart(ines, norrhavn, amina)).rejects.toThrow(NotFound)
})
