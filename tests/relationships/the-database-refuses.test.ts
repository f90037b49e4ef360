import { sql, type SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { keepAccount, keepContact, keepWork, layBeside, mergePair, placeUnder } from '~/server/identity'
import { AccountInput, ContactInput, MergeInput, WorkInput } from '~/server/identity/input'
import { giveGrant, keepAttribute } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aProduct, aStaffMember, aVendor, owner, unique } from '../support/cast'

// What a record rests on is held by the database, whoever writes and from wherever: each line by plain SQL, as the role of the application where it is
// rights that hold it, and as the owner of the tables where nobody at all may.

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const as = (person: PersonViewer, statement: SQL) => transaction(person, (tx) => tx.execute(statement))
/** What refused: the constraint, or that it is no right of theirs. */
const refusal = (work: Promise<unknown>) =>
  work
    .then(() => 'taken')
    .catch(
      (error: { cause?: { code?: string; constraint_name?: string } }) =>
        error.cause?.constraint_name ?? error.cause?.code ?? String(error),
    )

async function aRecordOfMany() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const account = (name: string) => keepAccount(dara, vendor.slug, AccountInput.parse({ name, owner: dara.handle }))
  const contact = (name: string) => keepContact(dara, vendor.slug, ContactInput.parse({ name, cameFrom: 'event', basis: 'contract' }))
  const works = (id: string, company: string) =>
    keepWork(dara, vendor.slug, id, WorkInput.parse({ company, since: '2020-01-01', main: 'on' }))
  return { vendor, dara, account, contact, works }
}

test('an opportunity without an account', async () => {
  const { vendor, dara } = await aRecordOfMany()
  const opened = sql`insert into opportunities (id, vendor_id, motion, name, amount, currency, created_by)
    values (gen_random_uuid(), ${vendor.id}, 'new', 'Mail', 1, 'EUR', ${dara.personId})`
  expect(await refusal(owner.execute(opened))).toBe('23502')
  const elsewhere = await (await aRecordOfMany()).account('Norrhavn')
  const onTheirs = sql`insert into opportunities (id, vendor_id, account_id, motion, name, amount, currency, created_by)
    values (gen_random_uuid(), ${vendor.id}, ${elsewhere}, 'new', 'Mail', 1, 'EUR', ${dara.personId})`
  expect(await refusal(owner.execute(onTheirs))).toBe('opportunities_account')
})

test('a stage without its sentence, and a stage entered without what shows it or by staff', async () => {
  const { vendor, dara, account } = await aRecordOfMany()
  const stage = (sentence: string) => sql`insert into stages (id, vendor_id, motion, position, sentence, created_by)
    values (gen_random_uuid(), ${vendor.id}, 'new', 1, ${sentence}, ${dara.personId}) returning id`
  for (const sentence of ['', 'Too short.', 'Two sentences are said here. This is the other.', `${'Long '.repeat(40)}.`])
    expect(await refusal(owner.execute(stage(sentence)))).toBe('stages_one_sentence')
  const [{ id: stageId } = { id: '' }] = await owner.execute<{ id: string }>(stage('Their security lead has passed our answers.'))
  const [{ id: opportunity } = { id: '' }] = await owner.execute<{
    id: string
  }>(sql`insert into opportunities (id, vendor_id, account_id, motion, name, amount, currency, created_by)
    values (gen_random_uuid(), ${vendor.id}, ${await account('Norrhavn')}, 'new', 'Mail', 1, 'EUR', ${dara.personId}) returning id`)
  const [{ id: step } = { id: '' }] = await owner.execute<{
    id: string
  }>(sql`insert into plan_steps (id, vendor_id, opportunity_id, side, stage_id, place, what, created_by)
    values (gen_random_uuid(), ${vendor.id}, ${opportunity}, 'theirs', ${stageId}, 1, 'Passes our answers', ${dara.personId}) returning id`)
  const entered = sql`update plan_steps set done_by = ${dara.personId}, done_at = now(), evidence = 'It is signed, they say.' where id = ${step}`
  expect(await refusal(owner.execute(entered))).toBe('plan_steps_customers_act')
  expect(await refusal(as(dara, entered))).toBe('plan_steps_customers_act')
  const amina = await aMember()
  await owner.execute(sql`insert into plan_people (id, vendor_id, opportunity_id, person_id, handle_id, company, invited_by, accepted_at)
    values (gen_random_uuid(), ${vendor.id}, ${opportunity}, ${amina.personId}, ${amina.handleId}, 'Norrhavn', ${dara.personId}, now())`)
  const shownNothing = sql`update plan_steps set done_by = ${amina.personId}, done_at = now() where id = ${step}`
  expect(await refusal(as(amina, shownNothing))).toBe('plan_steps_commitments_are_shown')
})

test('a field without an owner or a decision', async () => {
  const { vendor, dara } = await aRecordOfMany()
  const field = (
    ownerId: string | null,
    decision: string | null,
  ) => sql`insert into vendor_fields (id, vendor_id, object, name, kind, field_group, owner_id, decision, class, sources, created_by)
    values (gen_random_uuid(), ${vendor.id}, 'account', 'Contract ends', 'date', 'Contract', ${ownerId}, ${decision}, 'business', '["staff"]', ${dara.personId})`
  expect(await refusal(owner.execute(field(null, 'When we write to them about renewing')))).toBe('23502')
  expect(await refusal(owner.execute(field(dara.personId, null)))).toBe('23502')
  expect(await refusal(owner.execute(field(dara.personId, 'Just so')))).toBe('vendor_fields_decides')
  const amina = await aMember()
  expect(await refusal(owner.execute(field(amina.personId, 'When we write to them about renewing')))).toBe('vendor_fields_owned_by_staff')
})

test('a grant without an end, and a grant edited in place', async () => {
  const { vendor } = await aRecordOfMany()
  const amina = await aMember()
  await keepAttribute(amina, 'role', { value: 'Head of office IT' })
  const given = (until: SQL) => sql`insert into grants (id, person_id, handle_id, vendor_id, purpose, ends_at)
    values (gen_random_uuid(), ${amina.personId}, ${amina.handleId}, ${vendor.id}, 'relationship', ${until})`
  expect(await refusal(owner.execute(given(sql`null`)))).toBe('23502')
  expect(await refusal(owner.execute(given(sql`now() + interval '25 months'`)))).toBe('grants_bounded')
  const grant = await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'relationship', until: in30Days })
  expect(await refusal(as(amina, sql`update grants set ends_at = ends_at + interval '1 day' where id = ${grant}`))).toBe('42501')
  expect(await refusal(as(amina, sql`delete from grants where id = ${grant}`))).toBe('42501')
})

test('two people with one confirmed address, and two contacts with one that identifies', async () => {
  const address = `${unique('amina')}@norrhavn.example`.toLowerCase()
  await aMember('Amina', { email: address })
  const bo = await aMember('Bo', { email: `${unique('bo')}@norrhavn.example`.toLowerCase() })
  expect(await refusal(owner.execute(sql`update account_emails set address_norm = ${address} where person_id = ${bo.personId}`))).toBe(
    'account_emails_confirmed',
  )
  const { vendor, contact } = await aRecordOfMany()
  const key = (id: string) => sql`insert into identity_keys (id, vendor_id, contact_id, kind, value_norm, value_raw, identifies, source)
    values (gen_random_uuid(), ${vendor.id}, ${id}, 'email', ${address}, ${address}, true, 'staff')`
  await owner.execute(key(await contact('Amina')))
  expect(await refusal(owner.execute(key(await contact('Bo'))))).toBe('identity_keys_one_record')
})

test('two main places of work at one time, and one place twice', async () => {
  const { contact, account, works } = await aRecordOfMany()
  await account('Norrhavn')
  await account('Brandt')
  const amina = await contact('Amina')
  await works(amina, 'Norrhavn')
  await works(amina, 'Brandt')
  expect(await refusal(owner.execute(sql`update vendor_affiliations set is_primary = true where contact_id = ${amina}`))).toBe(
    'vendor_affiliations_one_primary',
  )
  const again = sql`insert into vendor_affiliations (id, vendor_id, contact_id, organization_id, started_on, source)
    select gen_random_uuid(), vendor_id, contact_id, organization_id, started_on + 30, source from vendor_affiliations where contact_id = ${amina} limit 1`
  expect(await refusal(owner.execute(again))).toBe('vendor_affiliations_no_overlap')
})

test('a company that belongs to one that belongs to it', async () => {
  const { dara, account } = await aRecordOfMany()
  const [holding, shipping] = [await account('Norrhavn Holding'), await account('Norrhavn Shipping')]
  await placeUnder(dara, shipping, { parent: 'Norrhavn Holding', kind: 'owns', since: '2020-01-01' })
  const ring = sql`insert into organization_edges (id, vendor_id, parent_id, child_id, kind, started_on)
    select gen_random_uuid(), c.vendor_id, c.organization_id, p.organization_id, 'owns', '2021-01-01' from accounts p, accounts c where p.id = ${holding} and c.id = ${shipping}`
  expect(await refusal(owner.execute(ring))).toBe('organization_edges_no_ring')
})

test('a recommendation about a vendor by somebody who serves it', async () => {
  const { vendor, dara } = await aRecordOfMany()
  const product = await aProduct(vendor)
  const written = sql`insert into recommendations (id, vendor_id, product_id, handle_id, headline, use_case, what_is_good, what_is_not, verdict, time_used, choose_again, relation, incentive, invited_by)
    values (gen_random_uuid(), ${vendor.id}, ${product.id}, ${dara.handleId}, 'Best of all', 'Mail on board', 'All of it', 'Nothing', 5, 'over-two-years', 'yes', 'user', 'none', 'nobody')`
  expect(await refusal(as(dara, written))).toBe('42501')
})

test('somebody merged into themself, or into a record that is no more', async () => {
  const { vendor, dara, contact } = await aRecordOfMany()
  const [one, other, third] = [await contact('Amina Haddad'), await contact('Amina Hadad'), await contact('Chen')]
  const into = (id: string, standing: string) => owner.execute(sql`update contacts set merged_into = ${standing} where id = ${id}`)
  expect(await refusal(into(one, one))).toBe('contacts_not_into_itself')
  const pair = await layBeside(dara, vendor.slug, one, { other: 'Amina Hadad' })
  const standing = await mergePair(dara, vendor.slug, pair, MergeInput.parse({ stands: 'a' }))
  const gone = standing === one ? other : one
  expect(await refusal(into(third, gone))).toBe('contacts_into_one_that_stands')
})

test('an audited row changed or removed', async () => {
  const { vendor, dara, account } = await aRecordOfMany()
  await account('Norrhavn')
  const rows = await owner.execute(sql`select 1 from audit_events where vendor_id = ${vendor.id}`)
  expect(rows.length).toBeGreaterThan(0)
  for (const change of [
    sql`update audit_events set act = 'ended' where vendor_id = ${vendor.id}`,
    sql`delete from audit_events where vendor_id = ${vendor.id}`,
  ]) {
    expect(await refusal(owner.execute(change))).toMatch(/^(audit_stands|42501)$/)
    expect(await refusal(as(dara, change))).toBe('42501')
  }
})

test('an owner changed without being accepted', async () => {
  const { dara, account } = await aRecordOfMany()
  const [id, other] = [await account('Norrhavn Shipping'), await aMember('Sam')]
  const change = sql`update accounts set owner_id = ${other.personId} where id = ${id}`
  expect(await refusal(as(dara, change))).toBe('accounts_owned_until_accepted')
  expect(await refusal(owner.execute(change))).toBe('accounts_owned_until_accepted')
})
