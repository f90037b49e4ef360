import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { closeDates, interactions, opportunities, planPeople, planSteps, relationships, stages, vendorStaff } from '~/db/schema'
import {
  addStep,
  answerPlan,
  completeStep,
  defineStage,
  inviteToPlan,
  moveDate,
  myPlan,
  myPlans,
  openOpportunity,
  opportunitiesOf,
  opportunitiesOn,
  opportunityPage,
  retireStage,
  stagesPage,
  stepPage,
  switchBuying,
  switchPage,
} from '~/server/buying'
import { EvidenceInput, OpportunityInput, StageInput, SwitchInput } from '~/server/buying/input'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { keepAccount } from '~/server/identity'
import { AccountInput } from '~/server/identity/input'
import type { PersonViewer } from '~/server/viewer'
import { inboxPage, notifyWhoIsTold } from '~/server/notifications'
import type { Happened } from '~/server/events'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const PASSED = 'Their security lead has passed our answers.'
const AGREED = 'Their director has agreed to the price.'
const reason = 'Three of us sell now, and lose sight of each other.'
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** A vendor that keeps a company, led by Lien and served by Dara, and deals with Amina. */
async function aHouse() {
  const vendor = await aVendor()
  const lien = await aStaffMember(vendor, 'Lien', 'admin')
  const dara = await aStaffMember(vendor)
  const amina = await aMember()
  const account = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn Shipping AB', owner: dara.handle }))
  await knows(vendor, amina)
  return { vendor, lien, dara, amina, account }
}
async function knows(vendor: { id: string }, person: PersonViewer) {
  const now = new Date()
  await owner.insert(relationships).values({ id: newId(), vendorId: vendor.id, handleId: person.handleId, since: now, lastAt: now })
}
async function aBuyingHouse() {
  const house = await aHouse()
  await switchBuying(house.lien, house.vendor.slug, { turn: 'on', reason })
  await defineStage(house.dara, house.vendor.slug, { motion: 'new', sentence: PASSED })
  await defineStage(house.dara, house.vendor.slug, { motion: 'new', sentence: AGREED })
  return house
}
const deal = (more: Record<string, string> = {}) =>
  OpportunityInput.parse({ name: 'Mail for 140', motion: 'new', amount: '12000.50', currency: 'EUR', expected: inDays(60), ...more })

/** An opportunity on whose plan Amina speaks for the company. */
async function aPlan() {
  const house = await aBuyingHouse()
  const id = await openOpportunity(house.dara, house.account, deal())
  await inviteToPlan(house.dara, id, { handle: house.amina.handle })
  await answerPlan(house.amina, id, { answer: 'accept' })
  const [first] = (await opportunityPage(house.dara, id)).plan.commitments.map((step) => step.id)
  return { ...house, id, first: first ?? '' }
}
const nothing = EvidenceInput.parse({})
const shows = { evidence: 'Our review of 12 March is signed.', link: 'https://norrhavn.example/review.pdf' }
const wrongIn = (schema: typeof StageInput | typeof SwitchInput | typeof EvidenceInput | typeof OpportunityInput, given: object) =>
  schema.safeParse(given).error?.issues.map(({ path, message }) => [path[0], message])
const refusal = (work: Promise<unknown>) =>
  work.then(() => 'taken').catch((error: { fields?: object; key?: string }) => error.fields ?? error.key)
const eventsOf = async (vendor: { id: string }) =>
  (
    await owner.execute<{ kind: string }>(
      sql`select kind from interactions where vendor_id = ${vendor.id} and kind ~ '^(buying|stage|opportunity|plan)' order by occurred_at, id`,
    )
  ).map(({ kind }) => kind)

async function refuses(viewer: PersonViewer, work: (tx: Tx) => Promise<unknown>, constraint: string | RegExp) {
  const error = await transaction(viewer, work).then(
    () => null,
    (problem: Error) => (problem.cause ?? problem) as Error & { constraint_name?: string },
  )
  expect(error?.constraint_name || error?.message).toMatch(constraint)
}

test('it is off until somebody who answers for the vendor turns it on and says why; until then none of it is found', async () => {
  const { vendor, lien, dara, account } = await aHouse()
  for (const ask of [
    () => opportunitiesOf(dara, vendor.slug, null),
    () => stagesPage(dara, vendor.slug),
    () => openOpportunity(dara, account, deal()),
  ])
    await expect(ask()).rejects.toThrow(NotFound)
  expect(await opportunitiesOn(dara, account)).toBeNull()
  await expect(switchBuying(dara, vendor.slug, { turn: 'on', reason })).rejects.toThrow(Forbidden)
  expect(wrongIn(SwitchInput, { turn: 'on', reason: 'because' })).toEqual([['reason', 'tooShort:15']])
  await switchBuying(lien, vendor.slug, { turn: 'on', reason })
  await switchBuying(lien, vendor.slug, { turn: 'on', reason })
  expect((await opportunitiesOf(dara, vendor.slug, null)).opportunities).toEqual([])
  await switchBuying(lien, vendor.slug, { turn: 'off', reason: 'Nobody sells this year any more.' })
  await expect(opportunitiesOf(dara, vendor.slug, null)).rejects.toThrow(NotFound)
  const page = await switchPage(dara, vendor.slug)
  expect([page.isOn, page.may.turn, page.turns.map(({ turned, who }) => [turned, who])]).toEqual([
    false,
    false,
    [
      ['off', 'Lien'],
      ['on', 'Lien'],
    ],
  ])
  expect(await eventsOf(vendor)).toEqual(['buying.switched', 'buying.switched'])
  await refuses(
    dara,
    (tx) =>
      tx.execute(sql`insert into buying_switches (id, vendor_id, nth, turned, reason, turned_by)
        values (${newId()}, ${vendor.id}, 3, 'on', ${reason}, ${dara.personId})`),
    /row-level security/,
  )
})

test('nobody else finds any of it: not a member, not the staff of another vendor', async () => {
  const { vendor, id, first } = await aPlan()
  const rivals = await aVendor('Rival')
  const ines = await aStaffMember(rivals, 'Ines', 'admin')
  await switchBuying(ines, rivals.slug, { turn: 'on', reason })
  for (const person of [await aMember('Jun'), ines]) {
    for (const ask of [
      () => opportunitiesOf(person, vendor.slug, null),
      () => stagesPage(person, vendor.slug),
      () => opportunityPage(person, id),
      () => moveDate(person, id, { day: inDays(9), reason: 'Because I say so.' }),
      () => inviteToPlan(person, id, { handle: person.handle }),
      () => stepPage(person, first),
      () => completeStep(person, first, shows),
      () => myPlan(person, id),
      () => answerPlan(person, id, { answer: 'accept' }),
    ])
      await expect(ask()).rejects.toThrow(NotFound)
    for (const table of ['buying_switches', 'stages', 'opportunities', 'close_dates', 'plan_steps', 'plan_people'])
      expect(
        await transaction(person, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`)),
      ).toEqual([])
  }
})

test('a stage is explained in one sentence of at most 160 characters, or is not made; no motion has more than five', async () => {
  const { vendor, dara } = await aBuyingHouse()
  const wrong = (sentence: string) => wrongIn(StageInput, { motion: 'new', sentence })
  expect(wrong('Qualified')).toEqual([['sentence', 'tooShort:15']])
  expect(wrong('They said yes. We noted it.')).toEqual([['sentence', 'stage.oneSentence']])
  expect(wrong('Something that never ends')).toEqual([['sentence', 'stage.oneSentence']])
  expect(wrong(`${'x'.repeat(160)}.`)).toEqual([['sentence', 'tooLong:160']])
  for (const sentence of ['One. And another one.', 'No end in this one', `${'y'.repeat(160)}.`, 'Two\nlines of it.', '...............'])
    await refuses(
      dara,
      (tx) =>
        tx.insert(stages).values({ id: newId(), vendorId: vendor.id, motion: 'new', position: 3, sentence, createdBy: dara.personId }),
      'stages_one_sentence',
    )
  for (const nth of [3, 4, 5]) await defineStage(dara, vendor.slug, { motion: 'new', sentence: `They have done thing ${nth}.` })
  expect(await refusal(defineStage(dara, vendor.slug, { motion: 'new', sentence: 'A sixth thing is done.' }))).toBe('stage.tooMany')
  await defineStage(dara, vendor.slug, { motion: 'renewal', sentence: 'They have asked for terms.' })
  await refuses(
    dara,
    (tx) =>
      tx
        .insert(stages)
        .values({ id: newId(), vendorId: vendor.id, motion: 'new', position: 6, sentence: PASSED, createdBy: dara.personId }),
    'stages_few',
  )
  const [, second] = (await stagesPage(dara, vendor.slug)).stages.filter(({ motion }) => motion === 'new')
  await retireStage(dara, vendor.slug, second?.id ?? '')
  await retireStage(dara, vendor.slug, second?.id ?? '')
  const left = (await stagesPage(dara, vendor.slug)).stages.filter(({ motion }) => motion === 'new')
  expect(left.map(({ position }) => position)).toEqual([1, 2, 3, 4])
  await defineStage(dara, vendor.slug, { motion: 'new', sentence: '<b>They</b> have paid & gone.' })
})

test('an opportunity stands on an account of its vendor, and asks of the customer what its kind asks', async () => {
  const { vendor, dara, account } = await aBuyingHouse()
  const rivals = await aVendor('Rival')
  const ines = await aStaffMember(rivals, 'Ines')
  const theirs = await keepAccount(ines, rivals.slug, AccountInput.parse({ name: 'Elsewhere', owner: ines.handle }))
  await expect(openOpportunity(dara, theirs, deal())).rejects.toThrow(NotFound)
  const row = { vendorId: vendor.id, motion: 'new', name: 'Mail', amount: '1', currency: 'EUR', createdBy: dara.personId } as const
  await refuses(dara, (tx) => tx.insert(opportunities).values({ ...row, id: newId(), accountId: theirs }), 'opportunities_account')
  await refuses(dara, (tx) => tx.insert(opportunities).values({ ...row, id: newId(), accountId: null as never }), /null value/)
  expect(await refusal(openOpportunity(dara, account, deal({ motion: 'renewal' })))).toEqual({ motion: 'opportunity.noStages' })
  expect(await refusal(openOpportunity(dara, account, deal({ expected: '2020-01-01' })))).toEqual({ expected: 'past' })
  expect(wrongIn(OpportunityInput, { ...deal(), amount: '-3' })).toEqual([['amount', 'notNumber']])
  const id = await openOpportunity(dara, account, deal({ name: '<script>alert(1)</script>' }))
  const page = await opportunityPage(dara, id)
  expect(page.opportunity).toMatchObject({ name: '<script>alert(1)</script>', amount: 12000.5, currency: 'EUR' })
  expect(page.plan.commitments.map(({ what, doneAt }) => [what, doneAt])).toEqual([
    [PASSED, null],
    [AGREED, null],
  ])
  expect([page.plan.stage, page.missing]).toEqual([null, ['champion', 'economic-buyer']])
  expect((await opportunitiesOn(dara, account))?.opportunities.map((one) => one.id)).toEqual([id])
})

test('staff neither set a stage nor tick what enters it: they are refused with the sentence that defines it', async () => {
  const { dara, first, vendor, id, amina } = await aPlan()
  const refused = await completeStep(dara, first, shows).catch((error: Forbidden) => error)
  expect(refused).toMatchObject({ status: 403, key: 'plan.commitment', values: { customer: 'Norrhavn Shipping', sentence: PASSED } })
  expect((await stepPage(dara, first)).may.complete).toBe(false)
  const tick =
    (by: string, more: object = {}) =>
    (tx: Tx) =>
      tx
        .update(planSteps)
        .set({ doneBy: by, doneAt: new Date(), evidence: shows.evidence, ...more })
        .where(eq(planSteps.id, first))
  await refuses(dara, tick(dara.personId), 'plan_steps_customers_act')
  await refuses(dara, tick(amina.personId), /row-level security/)
  await refuses(amina, tick(amina.personId, { evidence: '' }), 'plan_steps_commitments_are_shown')
  const step = { vendorId: vendor.id, opportunityId: id, what: PASSED, createdBy: dara.personId, id: newId() }
  const born = { ...step, side: 'theirs' as const, doneBy: amina.personId, doneAt: new Date() }
  await refuses(dara, (tx) => tx.insert(planSteps).values(born), 'plan_steps_begin_open')
  await refuses(
    dara,
    (tx) => tx.insert(planSteps).values({ ...step, side: 'ours', stageId: newId(), place: 1 }),
    'plan_steps_commitments_are_theirs',
  )
  // Whoever goes over to the vendor speaks for its customer no more.
  await owner.insert(vendorStaff).values({ id: newId(), vendorId: vendor.id, personId: amina.personId, role: 'support' })
  await refuses(amina, tick(amina.personId), 'plan_steps_customers_act')
  expect((await opportunityPage(dara, id)).plan.stage).toBeNull()
})

test('the customer’s act enters the stage: then, by them, with what shows it; its clock starts', async () => {
  const { dara, amina, id, first, vendor } = await aPlan()
  expect(await refusal(completeStep(amina, first, nothing))).toEqual({ evidence: 'plan.needsEvidence' })
  expect(wrongIn(EvidenceInput, { evidence: '', link: 'javascript:alert(1)' })).toEqual([['link', 'notUrl']])
  await completeStep(amina, first, shows)
  await expect(completeStep(amina, first, shows)).rejects.toThrow(Conflict)
  await refuses(
    amina,
    (tx) =>
      tx
        .update(planSteps)
        .set({ doneAt: new Date(0), doneBy: amina.personId })
        .where(eq(planSteps.id, first)),
    'plan_steps_done_once',
  )
  const { plan } = await opportunityPage(dara, id)
  expect(plan.stage).toMatchObject({ sentence: PASSED, days: 0 })
  expect(plan.commitments[0]).toMatchObject({ by: 'Amina', ...shows })
  const listed = (await opportunitiesOf(dara, vendor.slug, null)).opportunities[0]
  expect(listed).toMatchObject({ stage: { sentence: PASSED, days: 0 }, next: { what: AGREED, side: 'theirs', commitment: true } })
  expect(await eventsOf(vendor)).toEqual([
    ...['buying.switched', 'stage.defined', 'stage.defined', 'opportunity.opened', 'plan.invited', 'plan.joined'],
    ...['plan.step-done', 'stage.entered'],
  ])
})

test('a day that moves says why, and the one before it stays', async () => {
  const { dara, amina, id, vendor } = await aPlan()
  const [was] = (await opportunityPage(dara, id)).plan.dates
  await moveDate(dara, id, { day: inDays(90), reason: 'Their lawyer is away until May.' })
  expect(await refusal(moveDate(dara, id, { day: inDays(90), reason: 'The very same day.' }))).toEqual({ day: 'opportunity.sameDay' })
  expect((await myPlan(amina, id)).plan.dates).toMatchObject([
    { day: inDays(90), reason: 'Their lawyer is away until May.' },
    { day: was?.day, reason: '' },
  ])
  const day = { id: newId(), vendorId: vendor.id, opportunityId: id, day: inDays(95), saidBy: dara.personId }
  await refuses(dara, (tx) => tx.insert(closeDates).values({ ...day, nth: 3, reason: '' }), 'close_dates_reasoned')
  await refuses(dara, (tx) => tx.insert(closeDates).values({ ...day, nth: 5, reason: 'A gap in between.' }), 'close_dates_in_order')
  await refuses(
    dara,
    (tx) => tx.update(closeDates).set({ reason: 'Another story.' }).where(eq(closeDates.opportunityId, id)),
    /permission denied/,
  )
})

test('who speaks for a customer says so themselves; until then they tick nothing, and nobody who serves the vendor is asked', async () => {
  const { vendor, dara, lien, amina, account } = await aBuyingHouse()
  const id = await openOpportunity(dara, account, deal())
  expect(await refusal(inviteToPlan(dara, id, { handle: 'nobody-of-this-name' }))).toEqual({ handle: 'plan.notKnown' })
  expect(await refusal(inviteToPlan(dara, id, { handle: (await aMember('Jun')).handle }))).toEqual({ handle: 'plan.notKnown' })
  await knows(vendor, lien)
  expect(await refusal(inviteToPlan(dara, id, { handle: lien.handle }))).toEqual({ handle: 'plan.staff' })
  await inviteToPlan(dara, id, { handle: `@${amina.handle}` })
  expect(await refusal(inviteToPlan(dara, id, { handle: amina.handle }))).toEqual({ handle: 'plan.invitedAlready' })
  const step = (await opportunityPage(dara, id)).plan.commitments[0]?.id ?? ''
  await expect(completeStep(amina, step, shows)).rejects.toThrow(Forbidden)
  expect((await myPlans(amina)).plans).toMatchObject([{ id, company: 'Norrhavn Shipping AB', accepted: false }])
  await expect(stepPage(await aMember('Bo'), step)).rejects.toThrow(NotFound)
  await refuses(dara, (tx) => tx.update(planPeople).set({ acceptedAt: new Date() }).where(eq(planPeople.opportunityId, id)).returning().then((rows) => {
    if (rows.length === 0) throw new Error('nothing was changed')
  }), 'nothing was changed') // prettier-ignore
  await answerPlan(amina, id, { answer: 'accept' })
  await answerPlan(amina, id, { answer: 'accept' })
  await answerPlan(amina, id, { answer: 'decline' })
  await expect(myPlan(amina, id)).rejects.toThrow(NotFound)
  await expect(completeStep(amina, step, shows)).rejects.toThrow(NotFound)
})

test('whoever is asked and has not answered reads what a plan is about, and nothing of who speaks there and what they showed', async () => {
  const { dara, amina, vendor, id, first } = await aPlan()
  await completeStep(amina, first, shows)
  const jun = await aMember('Jun')
  await knows(vendor, jun)
  await inviteToPlan(dara, id, { handle: jun.handle })
  const asked = JSON.stringify(await myPlan(jun, id))
  expect(asked).toContain(PASSED)
  for (const theirs of [shows.evidence, shows.link, amina.displayName]) expect(asked).not.toContain(theirs)
  expect(JSON.stringify(await stepPage(jun, first))).not.toContain(shows.evidence)
  await answerPlan(jun, id, { answer: 'accept' })
  expect(JSON.stringify(await myPlan(jun, id))).toContain(shows.evidence)
})

test('whoever is asked to speak for a customer is told, once, and led to their plans', async () => {
  const { dara, amina, account, vendor } = await aBuyingHouse()
  const id = await openOpportunity(dara, account, deal())
  await inviteToPlan(dara, id, { handle: amina.handle })
  const [invited] = await owner
    .select()
    .from(interactions)
    .where(and(eq(interactions.vendorId, vendor.id), eq(interactions.kind, 'plan.invited')))
  for (const _ of [1, 2]) await notifyWhoIsTold(invited as unknown as Happened)
  const { notices } = await inboxPage(amina)
  expect(notices).toMatchObject([{ kind: 'plan.invited', about: { kind: 'plan', slug: vendor.slug } }])
})

test('each side does its own steps, and the list goes by what is needed next', async () => {
  const { vendor, dara, amina, id, account } = await aPlan()
  const later = await openOpportunity(dara, account, deal({ name: 'More mailboxes' }))
  await addStep(dara, id, { what: 'Send the contract', side: 'ours', due: inDays(9) })
  await addStep(dara, id, { what: 'Name who moves the mail', side: 'theirs', due: inDays(5) })
  await addStep(dara, later, { what: 'Call them', side: 'ours', due: inDays(2) })
  expect(await refusal(addStep(dara, id, { what: 'Too late', side: 'ours', due: '2020-01-01' }))).toEqual({ due: 'past' })
  expect((await opportunitiesOf(dara, vendor.slug, null)).opportunities.map((one) => one.next?.what)).toEqual([
    'Call them',
    'Name who moves the mail',
  ])
  const [theirs, ours] = (await myPlan(amina, id)).plan.steps
  expect(await refusal(completeStep(dara, theirs?.id ?? '', nothing))).toBe('plan.theirs')
  expect(await refusal(completeStep(amina, ours?.id ?? '', nothing))).toBe('plan.ours')
  await completeStep(amina, theirs?.id ?? '', nothing)
  await completeStep(dara, ours?.id ?? '', nothing)
  expect((await myPlan(amina, id)).plan.steps.map(({ by }) => by)).toEqual(['Amina', 'Dara'])
  const page = await myPlan(amina, id)
  expect(JSON.stringify(page)).not.toContain('12000')
})

test('what stood on an account that became one with another is found on that one', async () => {
  const { vendor, dara, account } = await aBuyingHouse()
  const other = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn Ferries', owner: dara.handle }))
  const id = await openOpportunity(dara, other, deal())
  await owner.execute(sql`update vendor_organizations set merged_into = (select organization_id from accounts where id = ${account})
    where id = (select organization_id from accounts where id = ${other})`)
  expect((await opportunitiesOn(dara, account))?.opportunities.map((one) => one.id)).toEqual([id])
})
