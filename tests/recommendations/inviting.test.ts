import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import {
  blocks,
  draws,
  drawnCustomers,
  interactions,
  notificationChoices,
  notifications,
  relationships,
  relationshipStates,
} from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import type { Happened } from '~/server/events'
import { inboxPage } from '~/server/notifications'
import { reactor } from '~/server/reactions'
import {
  drawCustomers,
  drawsPage,
  endDraw,
  invitationStands,
  myInvitations,
  recommendationPage,
  recommendPage,
  withdrawRecommendation,
  writeRecommendation,
} from '~/server/recommendations'
import { DrawInput } from '~/server/recommendations/input'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, aProduct, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aConfirmedCustomer, aRecommendation, honest } from './scene'

/** Tern Works with Dara, its Tern Mail, and so many customers whom both sides call so. */
async function aVendorWithCustomers(count: number) {
  const vendor = await aVendor()
  const [product, dara] = await Promise.all([aProduct(vendor), aStaffMember(vendor)])
  const customers: PersonViewer[] = []
  for (let at = 0; at < count; at += 1) {
    const customer = await aMember('Customer')
    await aConfirmedCustomer(customer, vendor)
    customers.push(customer)
  }
  const ask = (like: Partial<DrawInput> = {}, by = dara) =>
    drawCustomers(by, vendor.slug, { product: product.slug, kind: 'everybody', incentive: 'none', ...like })
  return { vendor, product, dara, customers, ask }
}
const invited = async (people: PersonViewer[]) => {
  const found = await Promise.all(people.map(async (person) => (await myInvitations(person)).invitations.length > 0))
  return people.filter((_, at) => found[at])
}
const events = async (drawId: string) =>
  (await db
    .select()
    .from(interactions)
    .where(sql`${interactions.payload} ->> 'drawId' = ${drawId}`)
    .orderBy(interactions.id)) as unknown as Happened[]
async function followUp(drawId: string) {
  for (const event of await events(drawId)) for (const name of reactor.reactionsTo(event.kind)) await reactor.react(name, event)
}
const sourceOf = async (viewer: PersonViewer, id: string) => (await recommendationPage(viewer, id)).source
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
const [one, five] = [0, 5] as const

test('the portal draws so many at random; everybody reads how many, and nobody but themselves who', async () => {
  const { vendor, dara, customers, ask } = await aVendorWithCustomers(8)
  const { drawId } = await ask({ kind: 'sample', size: 5 })

  const drawn = await invited(customers)
  expect(drawn).toHaveLength(5)
  const shown = (await drawsPage(visitor, vendor.slug)).draws
  expect(shown).toMatchObject([{ kind: 'sample', among: 8, drawn: 5, incentive: 'none', answered: null }])
  expect(await events(drawId)).toMatchObject([{ kind: 'customers.drawn', actorHandleId: dara.handleId }])
  expect(JSON.stringify(await events(drawId))).not.toContain(drawn[one]?.handleId)
  expect(await transaction(dara, (tx) => tx.select().from(drawnCustomers).where(eq(drawnCustomers.drawId, drawId)))).toEqual([])

  await followUp(drawId)
  await followUp(drawId)
  const told = await owner.select().from(notifications).where(eq(notifications.objectId, drawId))
  expect(told.map(({ personId }) => personId).sort()).toEqual(drawn.map(({ personId }) => personId).sort())
  expect(told.every(({ actorHandleId }) => actorHandleId === null)).toBe(true)
  expect((await inboxPage(drawn[one] as PersonViewer)).notices).toMatchObject([
    { kind: 'customers.drawn', by: [], about: { kind: 'invitation' } },
  ])
})

test('each of many is as likely to be drawn as any other', async () => {
  const { product, customers, ask } = await aVendorWithCustomers(10)
  const times = new Map<string, number>()
  for (let at = 0; at < 60; at += 1) {
    const { drawId } = await ask({ kind: 'sample', size: 5 })
    for (const { handleId } of await owner.select().from(drawnCustomers).where(eq(drawnCustomers.drawId, drawId)))
      times.set(handleId, (times.get(handleId) ?? 0) + 1)
    await owner.delete(drawnCustomers).where(eq(drawnCustomers.drawId, drawId))
    await owner.delete(draws).where(eq(draws.productId, product.id))
  }
  // 30 of 60 on average; less than 10 or more than 50 is one in ten million.
  for (const { handleId } of customers) {
    expect(times.get(handleId) ?? 0).toBeGreaterThan(9)
    expect(times.get(handleId) ?? 0).toBeLessThan(51)
  }
})

test('everybody, or as many as there are, is the whole list', async () => {
  const all = await aVendorWithCustomers(5)
  await all.ask()
  expect(await invited(all.customers)).toHaveLength(5)
  const fewer = await aVendorWithCustomers(6)
  await fewer.ask({ kind: 'sample', size: 40 })
  expect((await drawsPage(visitor, fewer.vendor.slug)).draws).toMatchObject([{ kind: 'everybody', among: 6, drawn: 6 }])
})

test('of fewer than five nobody is drawn: that would be a choice', async () => {
  const { vendor, customers, ask } = await aVendorWithCustomers(4)
  await expect(ask()).rejects.toThrow(new Conflict('draw.few'))
  await expect((await aVendorWithCustomers(0)).ask()).rejects.toThrow(new Conflict('draw.few'))
  expect(await invited(customers)).toEqual([])
  expect((await drawsPage(visitor, vendor.slug)).draws).toEqual([])
  expect(DrawInput.safeParse({ product: 'x', kind: 'sample', size: '4', incentive: 'none' }).success).toBe(false)
  expect(DrawInput.safeParse({ product: 'x', kind: 'sample', incentive: 'none' }).success).toBe(false)
})

test('who blocks the vendor, wants no such letters, wrote of it, works for a vendor, left or is no customer by both words is not drawn', async () => {
  const { vendor, product, dara, customers, ask } = await aVendorWithCustomers(12)
  const [blocks1, quiet, wrote, works, left, half, ...rest] = customers as [
    PersonViewer,
    PersonViewer,
    PersonViewer,
    PersonViewer,
    PersonViewer,
    PersonViewer,
  ]
  await owner.insert(blocks).values({ personId: blocks1.personId, blockedHandleId: dara.handleId })
  await owner.insert(notificationChoices).values({ personId: quiet.personId, topic: 'invitations', channel: 'mail', wanted: false })
  const { recommendationId } = await writeRecommendation(wrote, vendor.slug, { ...honest, product: product.slug })
  await withdrawRecommendation(wrote, recommendationId)
  await owner.execute(
    sql`insert into vendor_staff (id, vendor_id, person_id, role) values (gen_random_uuid(), ${(await aVendor('Orbit')).id}, ${works.personId}, 'support')`,
  )
  const stateOf = (person: PersonViewer) =>
    sql`${relationshipStates.relationshipId} in (select id from ${relationships} where handle_id = ${person.handleId})`
  await owner.update(relationshipStates).set({ endedAt: new Date() }).where(stateOf(left))
  await owner.update(relationshipStates).set({ personConfirmedAt: null }).where(stateOf(half))
  await ask()
  expect((await invited(customers)).map(({ handleId }) => handleId)).toEqual(rest.map(({ handleId }) => handleId))
})

test('what somebody drawn writes is labelled so, whichever way they come and whatever they say; for 30 days', async () => {
  const sample = await aVendorWithCustomers(7)
  await sample.ask({ kind: 'sample', size: 5 })
  const [first, second, late] = (await invited(sample.customers)) as [PersonViewer, PersonViewer, PersonViewer]
  const [other] = sample.customers.filter((person) => ![first, second, late].includes(person))
  expect((await recommendPage(first, sample.vendor.slug)).products).toMatchObject([{ drawn: true }])
  const write = (by: PersonViewer, like: Partial<typeof honest> = {}, { vendor, product } = sample) =>
    writeRecommendation(by, vendor.slug, { ...honest, ...like, product: product.slug }).then(({ recommendationId }) =>
      sourceOf(by, recommendationId),
    )
  expect(await write(first)).toBe('portal-sample')
  expect(await write(second, { invitedBy: 'vendor' })).toBe('hand-picked')
  await owner
    .update(drawnCustomers)
    .set({ invitedAt: daysAgo(31) })
    .where(eq(drawnCustomers.handleId, late.handleId))
  expect(await write(late)).toBe('organic')
  expect((await recommendPage(other as PersonViewer, sample.vendor.slug)).products).toHaveLength(1)

  const paid = await aVendorWithCustomers(5)
  await paid.ask({ incentive: 'gift' })
  expect(await write(paid.customers[one] as PersonViewer, {}, paid)).toBe('incentivised')
  const listed = await aVendorWithCustomers(5)
  await listed.ask()
  expect(await write(listed.customers[one] as PersonViewer, {}, listed)).toBe('whole-list')
  // What they wrote before they were drawn was not asked for.
  expect(await sourceOf((await aRecommendation()).amina, (await aRecommendation()).recommendationId)).toBe('organic')
})

test('staff reads how many answered once five did, and not before', async () => {
  const { vendor, product, dara, customers, ask } = await aVendorWithCustomers(6)
  await ask()
  const answered = async (viewer = dara as PersonViewer) => (await drawsPage(viewer, vendor.slug)).draws[one]?.answered
  for (const customer of customers.slice(0, 4)) await writeRecommendation(customer, vendor.slug, { ...honest, product: product.slug })
  expect(await answered()).toBeNull()
  await writeRecommendation(customers[4] as PersonViewer, vendor.slug, { ...honest, product: product.slug })
  expect(await answered()).toBe(5)
  expect(await answered(customers[five] as PersonViewer)).toBeNull()
})

test('once in 90 days for each product; ten at once are one', async () => {
  const { vendor, product, customers, ask } = await aVendorWithCustomers(6)
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => ask({ kind: 'sample', size: 5 })))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const it of tries) if (it.status === 'rejected') expect(it.reason).toEqual(new Conflict('draw.early'))
  expect(await invited(customers)).toHaveLength(5)
  await owner
    .update(draws)
    .set({ createdAt: daysAgo(89) })
    .where(eq(draws.productId, product.id))
  await expect(ask()).rejects.toThrow(new Conflict('draw.early'))
  await owner
    .update(draws)
    .set({ createdAt: daysAgo(91) })
    .where(eq(draws.productId, product.id))
  // Whoever was asked within a month is left out, of whichever product.
  await expect(ask()).rejects.toThrow(new Conflict('draw.few'))
  await owner
    .update(drawnCustomers)
    .set({ invitedAt: daysAgo(91) })
    .where(eq(drawnCustomers.productId, product.id))
  await ask()
  expect((await drawsPage(visitor, vendor.slug)).draws).toHaveLength(2)
})

test('ended, nobody is told any more, and another draw comes no sooner; whoever left is not told either', async () => {
  const { vendor, dara, customers, ask } = await aVendorWithCustomers(5)
  const { drawId } = await ask()
  const [amina, bo] = customers as [PersonViewer, PersonViewer]
  expect(await invitationStands(amina, drawId)).toBe(true)
  await owner
    .update(relationshipStates)
    .set({ endedAt: new Date() })
    .where(sql`${relationshipStates.relationshipId} in (select id from ${relationships} where handle_id = ${bo.handleId})`)
  expect(await invitationStands(bo, drawId)).toBe(false)
  expect(await invitationStands(dara, drawId)).toBe(false)

  await expect(endDraw(amina, drawId)).rejects.toThrow(Forbidden)
  await endDraw(dara, drawId)
  await endDraw(dara, drawId)
  expect((await events(drawId)).map(({ kind }) => kind)).toEqual(['customers.drawn', 'draw.ended'])
  expect(await invitationStands(amina, drawId)).toBe(false)
  expect((await myInvitations(amina)).invitations).toMatchObject([{ open: false }])
  await followUp(drawId)
  expect(await owner.select().from(notifications).where(eq(notifications.objectId, drawId))).toEqual([])
  await expect(ask()).rejects.toThrow(new Conflict('draw.early'))
  await expect(endDraw(dara, vendor.id)).rejects.toThrow(NotFound)
})

test('only staff of the vendor has its customers drawn, and of its own products alone', async () => {
  const { vendor, dara, customers, ask } = await aVendorWithCustomers(5)
  const stranger = await aStaffMember(await aVendor('Orbit'), 'Ines')
  for (const person of [stranger, customers[one] as PersonViewer]) await expect(ask({}, person)).rejects.toThrow(Forbidden)
  await expect(ask({ product: (await aProduct(await aVendor('Orbit'))).slug })).rejects.toThrow(Invalid)
  await expect(drawCustomers(dara, 'no-such-vendor', { product: 'x', kind: 'everybody', incentive: 'none' })).rejects.toThrow(NotFound)
  await owner.execute(sql`update vendor_staff set ended_at = now() where vendor_id = ${vendor.id}`)
  await expect(ask({}, await refreshed(dara))).rejects.toThrow(Forbidden)
})

test('plain SQL as the role of the product neither draws, nor reads who was drawn, nor changes it', async () => {
  const { vendor, product, dara, customers, ask } = await aVendorWithCustomers(5)
  const { drawId } = await ask()
  const stranger = await aStaffMember(await aVendor('Orbit'), 'Ines')
  const run = (by: PersonViewer, statement: ReturnType<typeof sql>) =>
    transaction(by, (tx) => tx.execute(statement)).then(
      (rows) => rows.length,
      (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
    )
  const amina = customers[one] as PersonViewer
  expect(await run(dara, sql`select * from customers_to_draw(${product.id}::uuid)`)).toBe('42501')
  expect(await run(stranger, sql`select draw_customers(gen_random_uuid(), ${product.id}::uuid, null, 'none')`)).toBe('42501')
  expect(
    await run(
      dara,
      sql`insert into drawn_customers select ${drawId}::uuid, ${dara.handleId}::uuid, ${vendor.id}::uuid, ${product.id}::uuid, now()`,
    ),
  ).toBe('42501')
  expect(await run(dara, sql`update draws set created_at = now() - interval '1 year'`)).toBe('42501')
  expect(await run(amina, sql`delete from drawn_customers`)).toBe('42501')
  expect(
    await run(
      dara,
      sql`select drawn_source(${amina.handleId}::uuid, ${product.id}::uuid, now()) where drawn_source(${amina.handleId}::uuid, ${product.id}::uuid, now()) is not null`,
    ),
  ).toBe(0)
  expect(await run(stranger, sql`select * from draws_answered(${vendor.id}::uuid)`)).toBe(0)
  expect(await transaction(stranger, (tx) => tx.execute(sql`select end_draw(${drawId}::uuid) as ended`))).toMatchObject([{ ended: false }])
  const [stands] = await owner
    .select()
    .from(draws)
    .where(and(eq(draws.id, drawId)))
  expect(stands?.endedAt).toBeNull()
})
