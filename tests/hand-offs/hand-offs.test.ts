import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { handOffs, interactions, notifications, relationships, vendorStaff, vendors } from '~/db/schema'
import { defineStage, openOpportunity, signContract, switchBuying } from '~/server/buying'
import { ContractInput, OpportunityInput } from '~/server/buying/input'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import type { Happened } from '~/server/events'
import {
  acceptHandOff,
  checkHandOffs,
  handOffPage,
  handOffsOf,
  handOffsOfMine,
  handOverBy,
  returnHandOff,
  rulePage,
  runningOn,
  setRule,
  startHandOff,
  tickStep,
  withdrawHandOff,
} from '~/server/hand-offs'
import { HandOffInput, RuleInput } from '~/server/hand-offs/input'
import { accountPage, keepAccount, keepContact, keepWork, sayThisIsMe } from '~/server/identity'
import { AccountInput, ContactInput, WorkInput } from '~/server/identity/input'
import { notifyWhoIsTold } from '~/server/notifications'
import { publishCalendar } from '~/server/operations'
import { setClock } from '~/server/platform/clock'
import { ownRecordPage, keepRelationship } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner, unique } from '../support/cast'

afterEach(() => setClock(null))

const day = '9-17'
const hours = { zone: 'UTC', monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: undefined, sunday: undefined }
const at = (moment: string) => setClock(new Date(moment))
const minute = (moment: Date | undefined) => moment?.toISOString().slice(0, 16)
const over = (to: PersonViewer, more: Record<string, string> = {}) => HandOffInput.parse({ to: to.handle, hours: '16', ...more })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: { cause?: { code?: string; constraint_name?: string } }) => error.cause?.constraint_name ?? error.cause?.code ?? String(error),
  )

/** Dara owns an account where Amina works; Sam and Lien serve the vendor too, and Lien leads. */
async function anAccount() {
  const vendor = await aVendor()
  const [dara, sam] = [await aStaffMember(vendor), await aStaffMember(vendor, 'Sam')]
  const lien = await aStaffMember(vendor, 'Lien', 'admin')
  await owner.update(vendors).set({ defaultOwnerId: lien.personId }).where(eq(vendors.id, vendor.id))
  const email = `${unique('amina')}@norrhavn.example`
  const amina = await aMember('Amina', { email })
  const account = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn Shipping', owner: dara.handle }))
  const contact = await keepContact(
    dara,
    vendor.slug,
    ContactInput.parse({ name: 'Amina Diallo', email, cameFrom: 'event', basis: 'contract' }),
  )
  await keepWork(dara, vendor.slug, contact, WorkInput.parse({ company: 'Norrhavn Shipping', since: '2020-01-01', main: 'on' }))
  await sayThisIsMe(amina, contact)
  const record = newId()
  const now = new Date()
  await owner.insert(relationships).values({ id: record, vendorId: vendor.id, handleId: amina.handleId, since: now, lastAt: now })
  return { vendor, dara, sam, lien, amina, account, record, ownerNow: async () => (await accountPage(lien, account)).account.owner?.handle }
}
const happened = async (kind: string, vendorId: string) =>
  (await owner
    .select()
    .from(interactions)
    .where(sql`kind = ${kind} and vendor_id = ${vendorId}`)
    .orderBy(interactions.occurredAt)) as unknown as Happened[]
async function tell(kind: string, vendorId: string) {
  for (const event of await happened(kind, vendorId)) await notifyWhoIsTold(event)
}
const toldOf = async (kind: string, handOffId: string) =>
  (
    await owner
      .select({ personId: notifications.personId })
      .from(notifications)
      .where(sql`${notifications.kind} = ${kind} and ${notifications.objectId} = ${handOffId}`)
  ).map(({ personId }) => personId)

test('signed on a Friday at half past four, a first contract hands the account over by Tuesday at half past four; nobody can drop it', async () => {
  const { vendor, dara, sam, lien, amina, account, ownerNow } = await anAccount()
  await publishCalendar(dara, vendor.slug, { ...hours, holidays: undefined })
  await switchBuying(lien, vendor.slug, { turn: 'on', reason: 'Three of us sell now, and lose sight of each other.' })
  await defineStage(dara, vendor.slug, { motion: 'new', sentence: 'Their director has agreed to the price.' })
  const checklist = 'Who decides there\n\nWhat was agreed beside the contract'
  await setRule(dara, vendor.slug, 'first-contract', RuleInput.parse({ to: sam.handle, hours: '16', checklist }))
  expect(await rulePage(dara, vendor.slug, 'first-contract')).toMatchObject({ to: sam.handle, hours: '16' })

  at('2027-03-05T16:30:00Z')
  const deal = { name: 'Mail for 140', motion: 'new', amount: '12000', currency: 'EUR', expected: '2027-06-01' }
  const sign = async () => {
    const paper = {
      from: '2027-04-01',
      until: '2028-03-31',
      notice: '2028-01-01',
      amount: '12000',
      currency: 'EUR',
      agreed: '140 mailboxes',
    }
    const opportunity = await openOpportunity(dara, account, OpportunityInput.parse(deal))
    await signContract(dara, opportunity, ContractInput.parse({ ...paper, signedBy: 'Signe Aalto', signedOn: '2027-03-05' }))
    const event = (await happened('contract.signed', vendor.id)).at(-1)
    if (!event) throw new Error('Nothing was signed')
    // Told twice, as an outbox may: it is one hand-off.
    await handOverBy(event)
    await handOverBy(event)
  }
  await sign()
  const { open } = await handOffsOf(sam, vendor.slug, null)
  const [running] = open
  expect(open).toHaveLength(1)
  expect(running).toMatchObject({ cause: 'first-contract', mine: true, steps: 2, done: 0, zone: 'UTC', late: false })
  expect([running?.from?.handle, running?.to?.handle, minute(running?.dueAt)]).toEqual([dara.handle, sam.handle, '2027-03-09T16:30'])
  const id = running?.id ?? ''
  expect((await runningOn(dara, { accountId: account }))?.id).toBe(id)

  // The customer reads who comes, by when, and who it is until then.
  expect(await handOffsOfMine(amina, vendor.slug)).toMatchObject([
    { company: 'Norrhavn Shipping', from: { handle: dara.handle }, to: { handle: sam.handle }, takenAt: null },
  ])
  expect(await ownerNow()).toBe(dara.handle)

  // Twelve of the sixteen hours have passed on Tuesday at half past twelve.
  at('2027-03-09T12:29:00Z')
  await checkHandOffs()
  expect(await happened('hand-off.warned', vendor.id)).toHaveLength(0)
  at('2027-03-09T12:30:00Z')
  await checkHandOffs()
  await Promise.all([checkHandOffs(), checkHandOffs()])
  expect(await happened('hand-off.warned', vendor.id)).toHaveLength(1)
  await tell('hand-off.warned', vendor.id)
  expect(new Set(await toldOf('hand-off.warned', id))).toEqual(new Set([dara, sam, lien].map(({ personId }) => personId)))
  at('2027-03-09T16:30:00Z')
  await Promise.all([checkHandOffs(), checkHandOffs()])
  expect(await happened('hand-off.missed', vendor.id)).toHaveLength(1)
  expect((await handOffPage(sam, id)).handOff).toMatchObject({ late: true, outcome: null })
  expect(await ownerNow()).toBe(dara.handle)

  // Only whom it is for answers; without a reason it does not go back.
  await expect(acceptHandOff(dara, id)).rejects.toThrow(Forbidden)
  await expect(returnHandOff(lien, id, { reason: 'They are not hers to have.' })).rejects.toThrow(Forbidden)
  expect(RuleInput.safeParse({ to: '', hours: '' }).error?.issues[0]?.message).toBe('required')
  await returnHandOff(sam, id, { reason: 'I am away in March: ask Lien.' })
  expect(await ownerNow()).toBe(dara.handle)
  await tell('hand-off.returned', vendor.id)
  expect(new Set(await toldOf('hand-off.returned', id))).toEqual(new Set([dara, lien].map(({ personId }) => personId)))
  expect((await handOffsOf(dara, vendor.slug, null)).ended).toMatchObject([
    { id, outcome: 'returned', reason: 'I am away in March: ask Lien.' },
  ])
  await expect(acceptHandOff(sam, id)).rejects.toThrow(Conflict)

  // A second contract is not the first.
  await sign()
  expect((await handOffsOf(sam, vendor.slug, null)).open).toEqual([])
  await startHandOff(dara, { accountId: account }, over(sam))
  const again = (await runningOn(sam, { accountId: account }))?.id ?? ''
  await acceptHandOff(sam, again)
  expect(await ownerNow()).toBe(sam.handle)
  expect(await handOffsOfMine(amina, vendor.slug)).toMatchObject([{ to: { handle: sam.handle } }])
})

test('a record goes from hand to hand by hand: one at a time, ticked off, withdrawn with a reason, or taken at once by whoever wants it', async () => {
  const { vendor, dara, sam, lien, amina, record } = await anAccount()
  const elsewhere = await aStaffMember(await aVendor('Halyard'), 'Joost')
  const of = { relationshipId: record }
  await expect(startHandOff(elsewhere, of, over(elsewhere))).rejects.toThrow(NotFound)
  await expect(startHandOff(amina, of, over(sam))).rejects.toThrow(NotFound)
  await expect(startHandOff(dara, of, over(elsewhere))).rejects.toMatchObject({ fields: { to: 'notChoice' } })
  // Nobody was named: it is whose nobody else’s is.
  await expect(startHandOff(dara, of, over(lien))).rejects.toMatchObject({ fields: { to: 'handOff.ownsAlready' } })
  const many = HandOffInput.safeParse({
    to: sam.handle,
    hours: '0',
    checklist: Array.from({ length: 13 }, (_, nth) => `${nth}`).join('\n'),
  })
  expect(many.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
    ['hours', 'targets.hours'],
    ['checklist', 'handOff.manySteps'],
  ])

  at('2027-03-06T10:00:00Z')
  const id = await startHandOff(dara, of, over(sam, { why: 'She writes in French.', checklist: 'Introduce them\nHand on the plan' }))
  // No hours are published, so every hour counts.
  const { handOff } = await handOffPage(sam, id)
  expect(handOff).toMatchObject({ zone: null, cause: 'by-hand', why: 'She writes in French.', of: { kind: 'relationship', name: 'Amina' } })
  expect([minute(handOff.dueAt), handOff.from?.handle]).toEqual(['2027-03-07T02:00', lien.handle])
  await expect(startHandOff(lien, of, over(dara))).rejects.toThrow(Conflict)
  await tickStep(dara, id, '1', { done: 'yes' })
  await tickStep(sam, id, '2', { done: 'yes' })
  await tickStep(sam, id, '2', { done: 'no' })
  await expect(tickStep(sam, id, '3', { done: 'yes' })).rejects.toThrow(NotFound)
  expect((await handOffPage(dara, id)).steps).toMatchObject([{ by: { handle: dara.handle } }, { doneAt: null }])
  await expect(handOffPage(elsewhere, id)).rejects.toThrow(NotFound)
  await expect(handOffPage(amina, id)).rejects.toThrow(NotFound)

  await expect(withdrawHandOff(sam, id, { reason: 'I would rather not.' })).rejects.toThrow(Forbidden)
  await withdrawHandOff(dara, id, { reason: 'She asked for Edda.' })
  expect((await ownRecordPage(amina, vendor.slug, null)).record.owner?.handle).toBe(lien.handle)
  await expect(tickStep(sam, id, '1', { done: 'yes' })).rejects.toThrow(Conflict)

  at('2027-03-06T11:00:00Z')
  await startHandOff(sam, of, over(sam))
  for (const kind of ['hand-off.started', 'hand-off.accepted'])
    for (const event of await happened(kind, vendor.id)) await keepRelationship(event)
  const own = await ownRecordPage(amina, vendor.slug, null)
  expect(own.record.owner?.handle).toBe(sam.handle)
  expect(own.timeline.entries.map(({ kind, actor }) => [kind, actor?.handle])).toEqual([
    ['hand-off.accepted', sam.handle],
    ['hand-off.started', sam.handle],
    ['hand-off.started', dara.handle],
  ])
  expect(await handOffsOfMine(amina, vendor.slug)).toMatchObject([
    { company: null, to: { handle: sam.handle }, takenAt: new Date('2027-03-06T11:00:00Z') },
  ])
  expect(await handOffsOfMine(elsewhere, vendor.slug)).toEqual([])
})

test('whom a rule names and who has left is stood in for by whoever owns what nobody else owns', async () => {
  const { vendor, dara, sam, lien, account } = await anAccount()
  await switchBuying(lien, vendor.slug, { turn: 'on', reason: 'Three of us sell now, and lose sight of each other.' })
  await defineStage(dara, vendor.slug, { motion: 'new', sentence: 'Their director has agreed to the price.' })
  await setRule(dara, vendor.slug, 'first-opportunity', RuleInput.parse({ to: sam.handle, hours: '8' }))
  await owner.update(vendorStaff).set({ endedAt: new Date() }).where(eq(vendorStaff.personId, sam.personId))
  const deal = { name: 'Mail for 140', motion: 'new', amount: '12000', currency: 'EUR', expected: '2099-06-01' }
  await openOpportunity(dara, account, OpportunityInput.parse(deal))
  for (const event of await happened('opportunity.opened', vendor.id)) await handOverBy(event)
  expect(await runningOn(dara, { accountId: account })).toMatchObject({ to: { handle: lien.handle }, cause: 'first-opportunity' })

  await setRule(dara, vendor.slug, 'first-opportunity', RuleInput.parse({ to: '', hours: '8' }))
  expect((await handOffsOf(dara, vendor.slug, null)).rules[0]).toMatchObject({ trigger: 'first-opportunity', to: null, hours: null })
  const analyst = await aStaffMember(vendor, 'Ada', 'analyst')
  await expect(setRule(analyst, vendor.slug, 'renewal', RuleInput.parse({ to: dara.handle, hours: '8' }))).rejects.toThrow(Forbidden)
  await expect(rulePage(dara, vendor.slug, 'whenever')).rejects.toThrow(NotFound)
})

test('by plain SQL an owner changes by acceptance alone, and only by whoever accepts', async () => {
  const { vendor, dara, sam, lien, account, record } = await anAccount()
  const as = (person: PersonViewer, statement: ReturnType<typeof sql>) => refusal(transaction(person, (tx) => tx.execute(statement)))
  expect(await as(dara, sql`update accounts set owner_id = ${sam.personId} where id = ${account}`)).toBe('accounts_owned_until_accepted')
  expect(await refusal(owner.execute(sql`update accounts set owner_id = ${sam.personId} where id = ${account}`))).toBe(
    'accounts_owned_until_accepted',
  )
  expect(await as(dara, sql`update relationships set owner_id = ${sam.personId} where id = ${record}`)).toBe(
    'relationships_owned_until_accepted',
  )

  const id = await startHandOff(dara, { accountId: account }, over(sam))
  const end = (by: PersonViewer, outcome: string, reason = '') =>
    sql`update hand_offs set outcome = ${outcome}, reason = ${reason}, ended_by = ${by.personId}, ended_at = now() where id = ${id}`
  expect(await as(dara, end(sam, 'accepted'))).toBe('42501')
  expect(await as(dara, end(dara, 'accepted'))).toBe('42501')
  expect(await as(sam, end(sam, 'returned', 'No.'))).toBe('hand_offs_returned_with_reason')
  expect(await as(sam, sql`update hand_offs set to_id = ${lien.personId} where id = ${id}`)).toBe('42501')
  // Nobody of the staff turns its clock.
  expect(await as(dara, sql`update hand_offs set next_check_at = '2099-01-01' where id = ${id}`)).toBe('42501')
  expect(await as(dara, sql`update accounts set owner_id = ${sam.personId} where id = ${account}`)).toBe('accounts_owned_until_accepted')
  const rival = await aStaffMember(await aVendor('Halyard'), 'Joost')
  const seen = await transaction(rival, (tx) => tx.select().from(handOffs).where(eq(handOffs.id, id)))
  expect(seen).toEqual([])
  expect(
    await as(
      rival,
      sql`insert into hand_offs (id, vendor_id, account_id, cause, from_id, to_id, started_by, minutes, started_at, due_at, next_check_at)
        values (${newId()}, ${vendor.id}, ${account}, 'by-hand', ${dara.personId}, ${sam.personId}, ${rival.personId}, 60, now(), now(), now())`,
    ),
  ).toBe('42501')

  expect(await as(sam, end(sam, 'accepted'))).toBe('taken')
  const [now] = await owner.execute<{ owner_id: string }>(sql`select owner_id from accounts where id = ${account}`)
  expect(now?.owner_id).toBe(sam.personId)
  // What was taken once is not taken again by the same words.
  expect(await as(dara, sql`update accounts set owner_id = ${dara.personId} where id = ${account}`)).toBe('accounts_owned_until_accepted')
})
