import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { definitions, integrationFields, integrations, relationships, stewards } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import {
  auditPage,
  defineField,
  defineTerm,
  endIntegration,
  fieldsAboutMe,
  fieldsOn,
  fillField,
  glossaryPage,
  integrationForm,
  keepIntegration,
  nameSteward,
  registerPage,
  sayItWorks,
  termPage,
  verifyAudit,
} from '~/server/governance'
import { DefinitionInput, FieldInput, IntegrationInput } from '~/server/governance/input'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

async function aHouse() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const define = (name: string, object: 'account' | 'relationship' = 'account') =>
    defineField(
      dara,
      vendor.slug,
      FieldInput.parse({
        ...{ name, object, kind: 'text', class: 'business', group: 'Contract', owner: dara.handle, sources: ['staff'] },
        decision: 'Success chooses whom to call before a contract ends.',
      }),
    )
  const says = (term: string, sentence?: string) => defineTerm(dara, vendor.slug, DefinitionInput.parse({ term, sentence }))
  const system = (more: object = {}) =>
    IntegrationInput.parse({
      ...{ name: 'Billing', owner: dara.handle, direction: 'in', failureModes: 'Stops when a customer has two contracts.' },
      ...{ fields: [], trueFor: [], ...more },
    })
  return { vendor, dara, define, says, system }
}
const refusal = (work: Promise<unknown>) => work.then(() => 'taken').catch((error: { fields?: object }) => error.fields)
async function refuses(viewer: PersonViewer, work: (tx: Tx) => Promise<unknown>, constraint: string | RegExp) {
  const error = await transaction(viewer, work).then(
    () => null,
    (problem: Error) => (problem.cause ?? problem) as Error & { constraint_name?: string },
  )
  expect(error?.constraint_name || error?.message).toMatch(constraint)
}

test('a word has one meaning here; a new one leaves the earlier readable, and an empty one takes it out', async () => {
  const { vendor, dara, says } = await aHouse()
  await says('Customer', 'Somebody with whom both sides say that a contract holds.')
  await says('customer', 'Somebody with a contract that holds today.')
  await says('customer', 'Somebody with a contract that holds today.')
  const { terms } = await glossaryPage(dara, vendor.slug)
  expect(terms).toMatchObject([{ term: 'customer', version: 2, by: { handle: dara.handle } }])
  const page = await termPage(dara, vendor.slug, terms[0]?.id ?? '')
  expect(page.earlier.map(({ sentence }) => sentence)).toEqual(['Somebody with whom both sides say that a contract holds.'])
  await says('Customer')
  expect((await glossaryPage(dara, vendor.slug)).terms).toEqual([])
  expect((await termPage(dara, vendor.slug, terms[0]?.id ?? '')).now).toMatchObject({ sentence: '', version: 3 })
  expect(DefinitionInput.safeParse({ term: 'x', sentence: 'Too short' }).success).toBe(false)
})

test('where a field stands its word’s meaning is at hand, for staff and for whom it tells of', async () => {
  const { vendor, dara, define, says } = await aHouse()
  const amina = await aMember()
  const [record, now] = [newId(), new Date()]
  await owner.insert(relationships).values({ id: record, vendorId: vendor.id, handleId: amina.handleId, since: now, lastAt: now })
  const field = await define('Champion', 'relationship')
  await says('champion', 'Whoever speaks for us where it is decided.')
  await fillField(dara, field, 'relationship', record, { value: 'At the fair' })
  expect((await fieldsOn(dara, 'relationship', record)).meanings).toEqual({ champion: 'Whoever speaks for us where it is decided.' })
  expect((await fieldsAboutMe(amina, vendor.slug)).meanings).toEqual({ champion: 'Whoever speaks for us where it is decided.' })
})

test('each kind of thing has one steward among the staff, and a change of it is audited', async () => {
  const { vendor, dara } = await aHouse()
  const sam = await aStaffMember(vendor, 'Sam', 'advisor')
  await nameSteward(dara, vendor.slug, { object: 'accounts', owner: dara.handle })
  await nameSteward(dara, vendor.slug, { object: 'accounts', owner: sam.handle })
  await nameSteward(dara, vendor.slug, { object: 'accounts', owner: sam.handle })
  const { stewards: named } = await registerPage(dara, vendor.slug)
  expect(named.find(({ object }) => object === 'accounts')?.by?.handle).toBe(sam.handle)
  expect(named.filter(({ by }) => by)).toHaveLength(1)
  const { changes } = await auditPage(dara, vendor.slug, { kind: 'steward', of: '', person: '', before: null })
  expect(changes.map(({ name }) => name)).toEqual(['accounts', 'accounts'])
  expect(changes.map(({ act, old, new: becomes }) => [act, old, becomes])).toEqual([
    ['changed', 'Dara', 'Sam'],
    ['created', null, null],
  ])
  const amina = await aMember()
  const row = { id: newId(), vendorId: vendor.id, object: 'fields' as const, personId: amina.personId }
  await refuses(dara, (tx) => tx.insert(stewards).values(row), 'stewards_by_staff')
  await refuses(dara, (tx) => tx.insert(stewards).values({ ...row, object: 'accounts', personId: sam.personId }), 'stewards_one')
})

test('a system stands in the register with owner, direction, what goes wrong and what it writes; one side of a field is true', async () => {
  const { vendor, dara, define, system } = await aHouse()
  const [plan, seats] = [await define('Plan'), await define('Seats')]
  const billing = await keepIntegration(dara, vendor.slug, null, system({ fields: [plan, seats], trueFor: [plan] }))
  expect(await refusal(keepIntegration(dara, vendor.slug, null, system()))).toEqual({ name: 'register.nameTaken' })
  const second = system({ name: 'Warehouse', fields: [plan], trueFor: [plan] })
  expect(await refusal(keepIntegration(dara, vendor.slug, null, second))).toEqual({ trueFor: 'register.oneTrueSide' })
  expect(await refusal(keepIntegration(dara, vendor.slug, null, system({ name: 'X', trueFor: [plan] })))).toEqual({
    trueFor: 'register.writesFirst',
  })
  expect(await refusal(keepIntegration(dara, vendor.slug, null, system({ name: 'X', fields: [newId()] })))).toEqual({ fields: 'notChoice' })
  await sayItWorks(dara, vendor.slug, billing)
  const [shown] = (await registerPage(dara, vendor.slug)).integrations
  expect(shown).toMatchObject({ name: 'Billing', owner: { handle: dara.handle }, direction: 'in' })
  expect(shown?.fields).toEqual([
    { name: 'Plan', isTrue: true },
    { name: 'Seats', isTrue: false },
  ])
  expect(shown?.lastOkAt).toBeInstanceOf(Date)
  await endIntegration(dara, vendor.slug, billing)
  await keepIntegration(dara, vendor.slug, null, second)
  await expect(keepIntegration(dara, vendor.slug, billing, system())).rejects.toThrow(NotFound)
  expect((await verifyAudit(vendor.slug)).broken).toBeNull()
})

test('the database refuses a second true side, a system without owner or without what goes wrong, and a sentence that is none', async () => {
  const { vendor, dara, define, system } = await aHouse()
  const plan = await define('Plan')
  const billing = await keepIntegration(dara, vendor.slug, null, system({ fields: [plan], trueFor: [plan] }))
  const other = await keepIntegration(dara, vendor.slug, null, system({ name: 'Warehouse', fields: [plan] }))
  await refuses(
    dara,
    (tx) => tx.update(integrationFields).set({ isTrue: true }).where(eq(integrationFields.integrationId, other)),
    'integration_fields_one_true_side',
  )
  const mine = eq(integrations.id, billing)
  await refuses(
    dara,
    (tx) =>
      tx
        .update(integrations)
        .set({ ownerId: null as never })
        .where(mine),
    /null value/,
  )
  await refuses(dara, (tx) => tx.update(integrations).set({ failureModes: 'none' }).where(mine), 'integrations_bounds')
  await refuses(dara, (tx) => tx.delete(integrations).where(mine), /permission denied/)
  const row = {
    id: newId(),
    vendorId: vendor.id,
    term: 'Lead',
    version: 1,
    sentence: 'One.\nAnd one more sentence.',
    saidBy: dara.personId,
  }
  await refuses(dara, (tx) => tx.insert(definitions).values(row), 'definitions_one_sentence')
  await transaction(dara, (tx) => tx.insert(definitions).values({ ...row, sentence: 'Somebody who asked for an offer.' }))
  await refuses(
    dara,
    (tx) => tx.update(definitions).set({ sentence: 'Anybody at all, of course.' }).where(eq(definitions.id, row.id)),
    /permission denied/,
  )
})

test('nobody else reads or writes them: not a member, not the staff of another vendor; who looks on reads', async () => {
  const { vendor, dara, says, system } = await aHouse()
  await says('Lead', 'Somebody who asked for an offer.')
  const billing = await keepIntegration(dara, vendor.slug, null, system())
  const rival = await aStaffMember(await aVendor('Rival'), 'Ines')
  const theirs = rival.staffOf[0]?.vendorSlug ?? ''
  for (const person of [await aMember(), rival]) {
    await expect(glossaryPage(person, vendor.slug)).rejects.toThrow(Forbidden)
    await expect(registerPage(person, vendor.slug)).rejects.toThrow(Forbidden)
    await expect(keepIntegration(person, vendor.slug, null, system())).rejects.toThrow(Forbidden)
    for (const table of ['definitions', 'stewards', 'integrations', 'integration_fields'])
      expect(
        await transaction(person, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`)),
      ).toEqual([])
  }
  await expect(integrationForm(rival, theirs, billing)).rejects.toThrow(NotFound)
  await expect(endIntegration(rival, theirs, billing)).rejects.toThrow(NotFound)
  const analyst = await aStaffMember(vendor, 'Ana', 'analyst')
  expect((await glossaryPage(analyst, vendor.slug)).may.define).toBe(false)
  await expect(nameSteward(analyst, vendor.slug, { object: 'fields', owner: dara.handle })).rejects.toThrow(Forbidden)
  await expect(defineTerm(analyst, vendor.slug, { term: 'Lead', sentence: 'Anybody who once wrote to us.' })).rejects.toThrow(Forbidden)
})
