import { and, eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import * as schema from '~/db/schema'
import { defineStage, openOpportunity, switchBuying } from '~/server/buying'
import { OpportunityInput } from '~/server/buying/input'
import { NotFound } from '~/server/errors'
import { accountsInNeed, addAccountTask, endWork, finishAccountTask, keepAccount, namePart, tasksOfAccount } from '~/server/identity'
import { AccountInput, AccountTaskInput, PartInput } from '~/server/identity/input'
import { accountHealth, countedOfMe, healthAtAGlance, vendorHealth, weighHealth } from '~/server/insight'
import { inboxPage, notifyWhoIsTold } from '~/server/notifications'
import { setClock } from '~/server/platform/clock'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import { aMember, aProduct, aCommunity, aStaffMember, aVendor, owner, unique } from '../support/cast'
import { following } from '../support/following'

const DAY = 86_400_000
const start = new Date()
const after = (days: number) => new Date(start.getTime() + days * DAY)
const dayAfter = (days: number) => after(days).toISOString().slice(0, 10)
afterEach(() => setClock(null))
const told = following(notifyWhoIsTold)
const as = <T>(viewer: Viewer, work: (tx: Tx) => Promise<T>) => transaction(viewer, work)

/** A company that Dara owns, with so many people who work there, said who they are, and grant the relationship. */
async function aCompany(size: number) {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const [dara, lien] = [await aStaffMember(vendor), await aStaffMember(vendor, 'Lien', 'admin')]
  const account = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: `Norrhavn ${unique('port')}`, owner: dara.handle }))
  const [company] = await owner.select().from(schema.accounts).where(eq(schema.accounts.id, account))
  const organizationId = company?.organizationId ?? ''
  const someone = async (name: string) => {
    const person = await aMember(name)
    const [contactId, workId, recordId, grantId] = [newId(), newId(), newId(), newId()]
    const vendorId = vendor.id
    await owner
      .insert(schema.contacts)
      .values({ id: contactId, vendorId, name, nameNorm: name.toLowerCase(), cameFrom: 'event', basis: 'contract' })
    await owner
      .insert(schema.vendorAffiliations)
      .values({ id: workId, vendorId, contactId, organizationId, startedOn: '2020-01-01', source: 'staff', isPrimary: true })
    await owner.insert(schema.contactLinks).values({ id: newId(), vendorId, contactId, handleId: person.handleId })
    const who = { personId: person.personId, handleId: person.handleId, vendorId }
    await owner.insert(schema.grants).values({ id: grantId, ...who, purpose: 'relationship', endsAt: after(400) })
    await owner
      .insert(schema.relationships)
      .values({ id: recordId, vendorId, handleId: person.handleId, since: after(-400), lastAt: after(-1) })
    return { person, contactId, workId, recordId, grantId }
  }
  const people = []
  for (let nth = 0; nth < size; nth += 1) people.push(await someone(`Holm ${nth}`))
  return { vendor, product, dara, lien, account, people }
}

type Company = Awaited<ReturnType<typeof aCompany>>
type Someone = Company['people'][number]

async function acted({ recordId, person }: Someone, at: Date, kind = 'question.answered', objectId: string | null = null) {
  await owner.insert(schema.timelineEntries).values({
    ...{ relationshipId: recordId, occurredAt: at, interactionId: newId(), kind, side: 'theirs', actorHandleId: person.handleId },
    ...(objectId ? { objectKind: 'thread', objectId } : {}),
  })
}

/** A question of theirs, answered to their satisfaction or not. */
async function asked(room: { id: string }, one: Someone, number: number, at: Date, solved: boolean) {
  const threadId = newId()
  const thread = { id: threadId, communityId: room.id, kind: 'question' as const, title: `How does it float, ${number}?` }
  await owner.insert(schema.threads).values({ ...thread, handleId: one.person.handleId, createdAt: at, activeAt: at })
  if (solved) {
    const postId = newId()
    await owner
      .insert(schema.posts)
      .values({ id: postId, threadId, handleId: one.person.handleId, kind: 'answer', markdown: 'So.', html: '<p>So.</p>', createdAt: at })
    await owner.update(schema.threads).set({ acceptedPostId: postId }).where(eq(schema.threads.id, threadId))
  }
  await acted(one, at, 'question.asked', threadId)
}

async function recommended({ vendor, product }: Company, { person }: Someone, verdict: number, at: Date) {
  await owner.insert(schema.recommendations).values({
    ...{ id: newId(), vendorId: vendor.id, productId: product.id, handleId: person.handleId, headline: 'It floats', useCase: 'Mail' },
    ...{ whatIsGood: 'It floats.', whatIsNot: 'It drifts.', verdict, timeUsed: '1-to-3-years', chooseAgain: 'yes', relation: 'customer' },
    ...{ incentive: 'none', invitedBy: 'nobody', createdAt: at, confirmedAt: at },
  })
}

async function promised(company: Company, opportunityId: string, due: string, doneAt: Date | null) {
  const { vendor, dara, people } = company
  // As it was written down then: a step is done by who may, from the moment on.
  await owner.transaction(async (tx) => {
    await tx.execute(sql`alter table plan_steps disable trigger user`)
    await tx.insert(schema.planSteps).values({
      ...{
        id: newId(),
        vendorId: vendor.id,
        opportunityId,
        side: 'theirs',
        what: `Send the papers by ${due}`,
        dueOn: due,
        createdBy: dara.personId,
      },
      ...{ createdAt: after(-300), doneAt, doneBy: doneAt ? (people[0]?.person.personId ?? null) : null },
    })
    await tx.execute(sql`alter table plan_steps enable trigger user`)
  })
}

test('A7: health falls from 74 to a cap of 50 the next morning with three rows as reasons, its owner is asked for a new champion, and without fresh data there is no number', async () => {
  const company = await aCompany(25)
  const { vendor, dara, lien, account, people, product } = company
  const [champion, buyer, ...others] = people
  if (!champion || !buyer) throw new Error('Nobody works there')
  await switchBuying(lien, vendor.slug, { turn: 'on', reason: 'Three of us sell now, and lose sight of each other.' })
  await defineStage(lien, vendor.slug, { motion: 'new', sentence: 'Their director has agreed to the price.' })
  const opportunity = await openOpportunity(
    dara,
    account,
    OpportunityInput.parse({ name: 'Mail for the port', motion: 'new', amount: '12000', currency: 'EUR', expected: dayAfter(60) }),
  )
  await owner.insert(schema.buyingRoles).values(
    ([champion, buyer] as const).map(({ contactId }, nth) => ({
      ...{ id: newId(), vendorId: vendor.id, accountId: account, contactId, startedOn: '2021-01-01', createdBy: dara.personId },
      role: nth === 0 ? ('champion' as const) : ('economic-buyer' as const),
    })),
  )
  const room = await aCommunity({ hostVendorId: vendor.id, productId: product.id })
  // Twenty of the others and the buyer’s were here in the month; the champion before it.
  await acted(champion, after(-40))
  await acted(buyer, after(-1))
  for (const one of others.slice(0, 19)) await acted(one, after(-3))
  for (let nth = 0; nth < 9; nth += 1)
    await promised(company, opportunity, dayAfter(-21 - nth), nth < 5 ? after(-22 - nth) : after(-20.5 - nth))
  for (const [nth, solved] of [true, true, false, false].entries()) {
    const asker = others[20 + (nth % 2)]
    if (asker) await asked(room, asker, nth + 1, after(-120 - nth), solved)
  }
  for (const one of others.slice(0, 2)) await recommended(company, one, 4, after(-730))
  // Due tomorrow, and not done when tomorrow has long passed.
  await promised(company, opportunity, dayAfter(1), null)

  await weighHealth()
  const healthy = await accountHealth(dara, account)
  expect(healthy).toMatchObject({ score: 74, reasons: [], weighed: true, candidates: [] })
  expect(healthy.coverage).toBeCloseTo(0.8, 1)
  expect(healthy.measures.find(({ measure }) => measure === 'active')?.stood).toMatchObject({ share: 80, of: 25 })

  // A month goes by: nine are still there, two questions are answered, somebody recommends. Then the champion leaves.
  for (const one of [buyer, ...others.slice(0, 8)]) await acted(one, after(25))
  const [curious, happy] = [others[0], others[7]]
  if (!curious || !happy) throw new Error('Too few')
  for (const nth of [5, 6]) await asked(room, curious, nth, after(26), true)
  await recommended(company, happy, 5, after(28))
  setClock(after(31))
  await endWork(dara, vendor.slug, champion.contactId, champion.workId, { until: dayAfter(31) })
  setClock(after(32))
  await weighHealth()

  const page = await accountHealth(dara, account)
  expect(page).toMatchObject({ score: 50, weighed: true, day: dayAfter(32), before: { score: 74, day: dayAfter(0) } })
  expect(page.reasons).toMatchObject([
    { kind: 'champion-left', figures: [1], caps: true, words: 'Holm 0', contact: champion.contactId },
    { kind: 'commitment-overdue', figures: [31], caps: true, opportunity, words: `Send the papers by ${dayAfter(1)}` },
    { kind: 'fewer-active', figures: [20, 9], caps: false },
  ])
  // Without the reasons it would have been more: it is held, not just low.
  const rows = page.measures.flatMap((measure) => measure.rows)
  expect(rows.filter(({ measure, n }) => measure === 'active' && (n ?? 0) > 0)).toHaveLength(9)
  expect(await healthAtAGlance(dara, account)).toEqual({ score: 50, capped: true })
  const list = await vendorHealth(lien, vendor.slug)
  expect(list.accounts).toMatchObject([{ accountId: account, score: 50, owner: 'Dara' }])
  expect(list.accounts[0]?.reasons.map(({ kind }) => kind)).toEqual(['champion-left', 'commitment-overdue', 'fewer-active'])

  // Its owner is asked, once, and told; those who could stand in are those who are active already.
  await weighHealth()
  const { tasks } = await tasksOfAccount(dara, account)
  expect(tasks).toMatchObject([{ kind: 'new-champion', owner: { displayName: 'Dara' }, dueAt: dayAfter(39), doneAt: null }])
  expect(await accountsInNeed(dara, { vendorId: vendor.id })).toMatchObject([{ accountId: account, kind: 'new-champion' }])
  await told()
  expect(JSON.stringify(await inboxPage(dara, {} as never))).toContain('account.task-asked')
  expect(JSON.stringify(await inboxPage(lien, {} as never))).not.toContain('account.task-asked')
  expect(page.candidates.map(({ contact }) => contact?.id)).not.toContain(champion.contactId)
  const active = new Set([buyer, ...others.slice(0, 8)].map(({ contactId }) => contactId))
  expect(page.candidates).toHaveLength(5)
  for (const { contact } of page.candidates) expect(active).toContain(contact?.id)

  // Named, the task is done, and the next morning that reason is gone.
  await namePart(dara, account, PartInput.parse({ contact: page.candidates[0]?.contact?.id ?? '', role: 'champion' }))
  expect((await tasksOfAccount(dara, account)).tasks).toMatchObject([{ kind: 'new-champion', late: false }])
  expect((await tasksOfAccount(dara, account)).tasks[0]?.doneAt).toBeInstanceOf(Date)
  setClock(after(33))
  await weighHealth()
  expect((await accountHealth(dara, account)).reasons.map(({ kind }) => kind)).toEqual(['commitment-overdue', 'fewer-active'])

  // Nobody does anything for most of a year: commitments and people know nothing new, and no better number takes their place.
  setClock(after(250))
  await weighHealth()
  const silent = await accountHealth(dara, account)
  expect(silent.score).toBeNull()
  expect(silent.measures.filter(({ fresh }) => !fresh).map(({ measure }) => measure)).toEqual(
    expect.arrayContaining(['commitments', 'active']),
  )
}, 60_000)

test('what counts is theirs to see, ends with the grant, and leaves out what they do with their own data', async () => {
  const company = await aCompany(2)
  const { vendor, dara, account, people } = company
  const [ana, bea] = people
  if (!ana || !bea) throw new Error('Nobody works there')
  for (const moment of [`${dayAfter(-2)}T09:00:00Z`, `${dayAfter(-2)}T17:00:00Z`, `${dayAfter(-5)}T09:00:00Z`])
    await acted(ana, new Date(moment))
  for (const kind of ['grant.given', 'relationship.contested', 'community.left']) await acted(bea, after(-1), kind)
  await recommended(company, ana, 2, after(-3))
  const activeOf = async () =>
    (await accountHealth(dara, account)).measures
      .find(({ measure }) => measure === 'active')
      ?.rows.map(({ contact, n }) => [contact?.id, n])
      .sort()
  expect(await activeOf()).toEqual(
    [
      [ana.contactId, 2],
      [bea.contactId, 0],
    ].sort(),
  )
  expect(await countedOfMe(ana.person, vendor.slug)).toMatchObject([
    { measure: 'active', n: 2 },
    { measure: 'recommendations', n: 2, words: 'It floats' },
  ])
  expect(await countedOfMe(bea.person, vendor.slug)).toMatchObject([{ measure: 'active', n: 0 }])
  // What was written without a name is tied to nobody.
  await owner.update(schema.recommendations).set({ named: false }).where(eq(schema.recommendations.handleId, ana.person.handleId))
  expect(await countedOfMe(ana.person, vendor.slug)).toMatchObject([{ measure: 'active', n: 2 }])

  await owner.update(schema.grants).set({ revokedAt: new Date() }).where(eq(schema.grants.id, ana.grantId))
  expect(await activeOf()).toEqual([[bea.contactId, 0]])
  expect(await countedOfMe(ana.person, vendor.slug)).toEqual([])
  expect(JSON.stringify(await accountHealth(dara, account))).not.toContain(ana.recordId)
})

test('nobody but the vendor’s staff reads how an account stands, and nobody writes it: by page, and by plain SQL', async () => {
  const { vendor, dara, account, people } = await aCompany(1)
  const [ana] = people
  if (!ana) throw new Error('Nobody works there')
  await acted(ana, after(-2))
  await weighHealth()
  const elsewhere = await aStaffMember(await aVendor('Halyard'), 'Joost')
  for (const stranger of [elsewhere, ana.person]) {
    await expect(accountHealth(stranger, account)).rejects.toThrow(NotFound)
    await expect(tasksOfAccount(stranger, account)).rejects.toThrow(NotFound)
    expect([...(await as(stranger, (tx) => tx.execute(sql`select * from health_snapshots where account_id = ${account}`)))]).toEqual([])
    expect([...(await as(stranger, (tx) => tx.execute(sql`select * from account_health_rows(${account}, now())`)))]).toEqual([])
  }
  expect([...(await as(dara, (tx) => tx.execute(sql`select * from account_health_rows(${account}, now())`)))]).toHaveLength(1)
  for (const other of [dara, elsewhere])
    expect([...(await as(other, (tx) => tx.execute(sql`select * from my_health_rows(${ana.recordId}, now())`)))]).toEqual([])
  const denied = { cause: { code: '42501' } }
  for (const statement of [
    sql`select * from health_rows(${account}, now())`,
    sql`select * from members_of_account(${account})`,
    sql`update health_snapshots set score = 99 where account_id = ${account}`,
    sql`insert into health_snapshots (vendor_id, account_id, day, formula, score, coverage, measures, reasons, weighed_at)
      values (${vendor.id}, ${account}, '2020-01-01', 1, 99, 1, '{}', '[]', now())`,
    sql`insert into account_tasks (id, vendor_id, account_id, kind, owner_id, due_on) values (gen_random_uuid(), ${vendor.id}, ${account}, 'new-champion', ${dara.personId}, now())`,
    sql`update account_tasks set what = 'Something else' where account_id = ${account}`,
  ])
    await expect(as(dara, (tx) => tx.execute(statement))).rejects.toMatchObject(denied)
  // A number without the evidence for it is refused to the weighing too.
  const weighing = systemViewer('weigh-health')
  await expect(
    as(weighing, (tx) =>
      tx.execute(sql`insert into health_snapshots (vendor_id, account_id, day, formula, score, coverage, measures, reasons, weighed_at)
        values (${vendor.id}, ${account}, '2020-01-01', 1, 99, 0.4, '{}', '[]', now())`),
    ),
  ).rejects.toMatchObject({ cause: { constraint_name: 'health_snapshots_evidenced' } })
  await as(dara, (tx) => tx.execute(sql`delete from health_snapshots where account_id = ${account}`))
  expect(await owner.select().from(schema.healthSnapshots).where(eq(schema.healthSnapshots.accountId, account))).toHaveLength(1)
})

test('a task of an account has an owner and a day, and is done once', async () => {
  const { vendor, dara, lien, account } = await aCompany(0)
  const input = { what: 'Send them the winter prices', owner: lien.handle, due: dayAfter(3) }
  const task = await addAccountTask(dara, account, AccountTaskInput.parse(input))
  await expect(addAccountTask(dara, account, AccountTaskInput.parse({ ...input, due: dayAfter(-2) }))).rejects.toMatchObject({
    fields: { due: 'past' },
  })
  await expect(addAccountTask(dara, account, AccountTaskInput.parse({ ...input, owner: 'nobody-here' }))).rejects.toMatchObject({
    fields: { owner: 'notChoice' },
  })
  expect(await accountsInNeed(dara, { vendorId: vendor.id })).toEqual([])
  expect(await accountsInNeed(lien, { vendorId: vendor.id })).toMatchObject([{ taskId: task, what: input.what, late: false }])
  await finishAccountTask(lien, account, task)
  await finishAccountTask(dara, account, task)
  const [done] = await owner
    .select()
    .from(schema.accountTasks)
    .where(and(eq(schema.accountTasks.id, task)))
  expect(done?.doneBy).toBe(lien.personId)
  expect(await accountsInNeed(lien, { vendorId: vendor.id })).toEqual([])
})

const ended = async (company: Company, opportunityId: string, at: Date, by: PersonViewer) => {
  const said = { id: newId(), vendorId: company.vendor.id, opportunityId, side: 'theirs' as const, outcome: 'lost' as const }
  await owner.insert(schema.outcomes).values({ ...said, reason: 'We went elsewhere for the price.', saidBy: by.personId, saidAt: at })
}

test('whether the numbers warned is said by month: who did not renew, and how they stood ninety days before', async () => {
  const company = await aCompany(1)
  const { vendor, dara, lien, account, people } = company
  await switchBuying(lien, vendor.slug, { turn: 'on', reason: 'Three of us sell now, and lose sight of each other.' })
  await defineStage(lien, vendor.slug, { motion: 'renewal', sentence: 'Their director has agreed to another year.' })
  const deal = { name: 'Mail again', motion: 'renewal', amount: '10', currency: 'EUR', expected: dayAfter(60) }
  const [warned, unforeseen] = [
    await openOpportunity(dara, account, OpportunityInput.parse(deal)),
    await openOpportunity(dara, account, OpportunityInput.parse({ ...deal, name: 'Calendars again' })),
  ]
  const stood = { vendorId: vendor.id, accountId: account, formula: 1, coverage: 0.9, measures: {} as never, reasons: [], weighedAt: start }
  await owner.insert(schema.healthSnapshots).values({ ...stood, day: dayAfter(-100), score: 44 })
  const by = people[0]?.person ?? dara
  await ended(company, warned, after(-8), by)
  expect((await vendorHealth(dara, vendor.slug)).tested).toEqual([{ month: dayAfter(-8).slice(0, 7), left: 1, warned: 1, unknown: 0 }])
  await ended(company, unforeseen, after(-300), by)
  expect((await vendorHealth(dara, vendor.slug)).tested).toContainEqual({
    month: dayAfter(-300).slice(0, 7),
    left: 1,
    warned: 0,
    unknown: 1,
  })
})

test('where the owner of an account has left, who answers for the vendor is asked for a new champion', async () => {
  const { vendor, dara, lien, account, people } = await aCompany(1)
  const contactId = people[0]?.contactId ?? ''
  await owner.insert(schema.buyingRoles).values({
    ...{ id: newId(), vendorId: vendor.id, accountId: account, contactId, role: 'champion', createdBy: dara.personId },
    ...{ startedOn: '2021-01-01', endedOn: dayAfter(-2) },
  })
  await owner
    .update(schema.vendorStaff)
    .set({ endedAt: after(-1) })
    .where(eq(schema.vendorStaff.personId, dara.personId))
  await owner.update(schema.vendors).set({ defaultOwnerId: lien.personId }).where(eq(schema.vendors.id, vendor.id))
  await weighHealth()
  expect(await accountsInNeed(lien, { vendorId: vendor.id })).toMatchObject([{ accountId: account, kind: 'new-champion' }])
})
