import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { relationships } from '~/db/schema'
import {
  answerPlan,
  contractForm,
  defineStage,
  endForm,
  endOpportunity,
  inviteToPlan,
  myPlan,
  openOpportunity,
  opportunitiesOf,
  opportunitiesOn,
  opportunityPage,
  sayForm,
  sayOutcome,
  signContract,
  switchBuying,
} from '~/server/buying'
import { ContractInput, OpportunityInput, OutcomeInput } from '~/server/buying/input'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { askErasure, eraseDue } from '~/server/erasure'
import { keepAccount } from '~/server/identity'
import { AccountInput } from '~/server/identity/input'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const won = OutcomeInput.parse({ outcome: 'won', reason: 'It was the only one that our clerks understood.' })
const lost = OutcomeInput.parse({ outcome: 'lost', reason: 'Our board wants to pay once, not each month.' })
const paper = (more: Record<string, string> = {}) =>
  ContractInput.parse({
    ...{ from: inDays(1), until: inDays(366), notice: inDays(270), amount: '12000.50', currency: 'EUR' },
    ...{ agreed: '140 mailboxes\nAnswers within four hours', signedBy: 'Signe Aalto', signedOn: inDays(-1), ...more },
  })

/** An opportunity that Dara keeps, and on whose plan Amina speaks for the company. */
async function aPlan() {
  const vendor = await aVendor()
  const lien = await aStaffMember(vendor, 'Lien', 'admin')
  const dara = await aStaffMember(vendor)
  const amina = await aMember()
  const account = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn Shipping', owner: dara.handle }))
  await knows(vendor, amina)
  const reason = 'Three of us sell now, and lose sight of each other.'
  await switchBuying(lien, vendor.slug, { turn: 'on', reason })
  await defineStage(dara, vendor.slug, { motion: 'new', sentence: 'Their director has agreed to the price.' })
  const deal = { name: 'Mail for 140', motion: 'new', amount: '12000.50', currency: 'EUR', expected: inDays(60) }
  const id = await openOpportunity(dara, account, OpportunityInput.parse(deal))
  await inviteToPlan(dara, id, { handle: amina.handle })
  await answerPlan(amina, id, { answer: 'accept' })
  return { vendor, lien, dara, amina, account, id }
}
async function knows(vendor: { id: string }, person: PersonViewer) {
  const now = new Date()
  await owner.insert(relationships).values({ id: newId(), vendorId: vendor.id, handleId: person.handleId, since: now, lastAt: now })
}
const refusal = (work: Promise<unknown>) =>
  work.then(() => 'taken').catch((error: { fields?: object; key?: string }) => error.fields ?? error.key)
const eventsOf = async (vendor: { id: string }) =>
  (
    await owner.execute<{ kind: string; payload: object }>(
      sql`select kind, payload from interactions where vendor_id = ${vendor.id} and kind ~ '^(contract|opportunity.ended)' order by occurred_at, id`,
    )
  ).map(({ kind, payload }) => ({ kind, payload: (typeof payload === 'string' ? JSON.parse(payload) : payload) as object }))

async function refuses(viewer: PersonViewer, work: (tx: Tx) => Promise<unknown>, constraint: string | RegExp) {
  const error = await transaction(viewer, work).then(
    () => null,
    (problem: Error) => (problem.cause ?? problem) as Error & { constraint_name?: string },
  )
  expect(error?.constraint_name || error?.message).toMatch(constraint)
}

test('an opportunity ends with the customer’s reason: staff write what they were told, the customer says it themselves, each once', async () => {
  const { vendor, dara, amina, account, id } = await aPlan()
  expect(OutcomeInput.safeParse({ outcome: 'lost', reason: 'price' }).error?.issues[0]?.message).toBe('tooShort:10')
  expect(OutcomeInput.safeParse({ outcome: 'asleep', reason: won.reason }).error?.issues[0]?.message).toBe('notChoice')
  await endOpportunity(dara, id, lost)
  await expect(endOpportunity(dara, id, won)).rejects.toThrow(Conflict)
  await sayOutcome(amina, id, { ...won, reason: '<b>Nobody</b> else & nothing else.' })
  expect(await refusal(sayOutcome(amina, id, lost))).toBe('outcome.once')
  const ends = [
    { side: 'theirs', outcome: 'won', reason: '<b>Nobody</b> else & nothing else.', by: 'Amina' },
    { side: 'ours', outcome: 'lost', reason: lost.reason, by: 'Dara' },
  ]
  expect((await opportunityPage(dara, id)).ends).toMatchObject(ends)
  expect((await myPlan(amina, id)).ends).toMatchObject(ends)
  expect((await opportunitiesOf(dara, vendor.slug, null)).opportunities).toMatchObject([{ id, outcome: 'won', next: null }])
  expect((await opportunitiesOn(dara, account))?.opportunities).toMatchObject([{ id, outcome: 'won' }])
  const of = { vendorId: vendor.id, opportunityId: id }
  expect(await eventsOf(vendor)).toMatchObject([
    { kind: 'opportunity.ended', payload: { ...of, endKind: 'lost', sideKind: 'ours' } },
    { kind: 'opportunity.ended', payload: { ...of, endKind: 'won', sideKind: 'theirs' } },
  ])
})

test('nobody says an end for the other side, and none is without a reason: the database holds it', async () => {
  const { vendor, dara, amina, id } = await aPlan()
  await expect(endOpportunity(amina, id, won)).rejects.toThrow(NotFound)
  await expect(sayOutcome(dara, id, won)).rejects.toThrow(NotFound)
  const says =
    (side: string, by: PersonViewer, reason: string | null = won.reason) =>
    (tx: Tx) =>
      tx.execute(sql`insert into outcomes (id, vendor_id, opportunity_id, side, outcome, reason, said_by)
      values (${newId()}, ${vendor.id}, ${id}, ${side}, 'won', ${reason}, ${by.personId})`)
  await refuses(dara, says('theirs', dara), /row-level security/)
  await refuses(dara, says('theirs', amina), /row-level security/)
  await refuses(amina, says('ours', amina), /row-level security/)
  await refuses(dara, says('ours', dara, '         .'), 'outcomes_reasoned')
  await refuses(dara, says('ours', dara, null), /null value/)
  await endOpportunity(dara, id, lost)
  await refuses(dara, (tx) => tx.execute(sql`update outcomes set outcome = 'won' where opportunity_id = ${id}`), /permission denied/)
  await refuses(dara, (tx) => tx.execute(sql`delete from outcomes where opportunity_id = ${id}`), /permission denied/)
})

test('whoever is asked and has not answered neither says how it ended nor reads it, nor what was signed', async () => {
  const { vendor, dara, amina, id } = await aPlan()
  await sayOutcome(amina, id, won)
  await signContract(dara, id, paper())
  const jun = await aMember('Jun')
  await knows(vendor, jun)
  await inviteToPlan(dara, id, { handle: jun.handle })
  await expect(sayOutcome(jun, id, lost)).rejects.toThrow(Forbidden)
  expect(await myPlan(jun, id)).toMatchObject({ ends: [], contracts: [] })
  for (const table of ['outcomes', 'contracts'])
    expect(await transaction(jun, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where opportunity_id = ${id}`))).toEqual([])
})

test('what was signed is kept with its term, its notice and its value, and both sides read it', async () => {
  const { vendor, dara, amina, account, id } = await aPlan()
  const contractId = await signContract(dara, id, paper({ agreed: '<script>alert(1)</script>' }))
  const shown = { nth: 1, from: inDays(1), until: inDays(366), notice: inDays(270), amount: 12000.5, agreed: '<script>alert(1)</script>' }
  expect((await opportunityPage(dara, id)).contracts).toMatchObject([shown])
  expect((await myPlan(amina, id)).contracts).toMatchObject([shown])
  expect((await opportunitiesOn(dara, account))?.opportunities).toMatchObject([{ id, until: inDays(366), notice: inDays(270) }])
  expect(await eventsOf(vendor)).toMatchObject([
    { kind: 'contract.signed', payload: { vendorId: vendor.id, accountId: account, contractId } },
  ])
})

test('a contract has its bounds, and none is signed where nothing was bought', async () => {
  const { dara, id } = await aPlan()
  expect(await refusal(signContract(dara, id, paper({ until: inDays(0) })))).toEqual({ until: 'contract.endsBefore' })
  expect(await refusal(signContract(dara, id, paper({ notice: inDays(400) })))).toEqual({ notice: 'contract.noticeOutside' })
  expect(await refusal(signContract(dara, id, paper({ signedOn: inDays(2) })))).toEqual({ signedOn: 'contract.notYet' })
  for (const [field, wrong] of [
    ...[['amount', '-1'] as const, ['amount', '1e9'] as const, ['currency', 'XXX'] as const, ['agreed', ' '] as const],
    ...[['agreed', 'x'.repeat(2001)] as const, ['signedBy', 'x'.repeat(121)] as const, ['from', 'soon'] as const],
  ])
    expect(ContractInput.safeParse({ ...paper(), [field]: wrong }).success).toBe(false)
  await endOpportunity(dara, id, lost)
  expect(await refusal(signContract(dara, id, paper()))).toBe('contract.notWon')
})

test('a change of a contract replaces it and says what changed; nothing signed is edited', async () => {
  const { vendor, dara, account, id } = await aPlan()
  await signContract(dara, id, paper())
  expect(await refusal(signContract(dara, id, paper()))).toEqual({ changed: 'contract.sayWhat' })
  await signContract(dara, id, paper({ amount: '9000', changed: 'Twenty mailboxes fewer.' }))
  const { contracts } = await opportunityPage(dara, id)
  expect(contracts.map(({ nth, amount, changed }) => [nth, amount, changed])).toEqual([
    [2, 9000, 'Twenty mailboxes fewer.'],
    [1, 12000.5, ''],
  ])
  expect((await contractForm(dara, id)).standing).toMatchObject({ nth: 2 })
  expect((await eventsOf(vendor)).map(({ kind }) => kind)).toEqual(['contract.signed', 'contract.amended'])
  await refuses(dara, (tx) => tx.execute(sql`update contracts set amount = 1 where opportunity_id = ${id}`), /permission denied/)
  await refuses(dara, (tx) => tx.execute(sql`delete from contracts where opportunity_id = ${id}`), /permission denied/)
  const row =
    (nth: number, changed: string, notice = inDays(5), on = account) =>
    (tx: Tx) =>
      tx.execute(sql`insert into contracts (id, vendor_id, account_id, opportunity_id, nth, starts_on, ends_on, notice_on, amount, currency, agreed, signed_by, signed_on, changed, recorded_by)
      values (${newId()}, ${vendor.id}, ${on}, ${id}, ${nth}, ${inDays(1)}, ${inDays(9)}, ${notice}, 1, 'EUR', 'Mail', 'Signe', ${inDays(0)}, ${changed}, ${dara.personId})`)
  await refuses(dara, row(3, ''), 'contracts_changed')
  await refuses(dara, row(5, 'A gap in between.'), 'contracts_follow')
  await refuses(dara, row(3, 'Notice after its end.', inDays(10)), 'contracts_term')
  const other = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn Ferries', owner: dara.handle }))
  await refuses(dara, row(3, 'Of another account.', inDays(5), other), 'contracts_of_opportunity')
})

test('nobody else finds any of it: not a member, not the staff of another vendor, and nobody while it is off', async () => {
  const { vendor, lien, dara, amina, id } = await aPlan()
  await sayOutcome(amina, id, won)
  await signContract(dara, id, paper())
  const rivals = await aVendor('Rival')
  const ines = await aStaffMember(rivals, 'Ines', 'admin')
  const asks = (person: PersonViewer) => [
    ...[() => endForm(person, id), () => endOpportunity(person, id, won), () => sayForm(person, id), () => sayOutcome(person, id, won)],
    ...[() => contractForm(person, id), () => signContract(person, id, paper())],
  ]
  for (const person of [await aMember('Jun'), ines]) {
    for (const ask of asks(person)) await expect(ask()).rejects.toThrow(NotFound)
    for (const table of ['outcomes', 'contracts'])
      expect(
        await transaction(person, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where opportunity_id = ${id}`)),
      ).toEqual([])
  }
  await switchBuying(lien, vendor.slug, { turn: 'off', reason: 'Nobody sells this year any more.' })
  for (const ask of [...asks(dara), ...asks(amina)]) await expect(ask()).rejects.toThrow(NotFound)
})

test('whoever is erased takes their words with them; how it ended stays', async () => {
  const { dara, amina, id } = await aPlan()
  await sayOutcome(amina, id, lost)
  await askErasure({ ...amina, proved: true }, { posts: 'nameless', credit: undefined, when: 'now', handle: amina.handle })
  await eraseDue()
  const [end] = (await opportunityPage(dara, id)).ends
  expect(end).toMatchObject({ side: 'theirs', outcome: 'lost' })
  expect(end?.reason).not.toContain('board')
  expect(end?.by).not.toBe('Amina')
})
