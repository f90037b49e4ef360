import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { interactions, notifications, recommendations, referenceContacts, referenceRequests } from '~/db/schema'
import { Conflict, Forbidden, NotFound, TooMany } from '~/server/errors'
import type { Happened } from '~/server/events'
import {
  acceptReference,
  askForReference,
  askReferencePage,
  declineReference,
  myReferences,
  referenceAnswerPage,
  referenceCounts,
  withdrawReference,
} from '~/server/peers'
import { reactor } from '~/server/reactions'
import { recommendationPage, writeRecommendation } from '~/server/recommendations'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, aProduct, aStaffMember, aVendor, owner } from '../support/cast'
import { honest } from '../recommendations/scene'

const asking = { words: 'We are forty and about to decide. Half an hour?', contact: 'noor@lindenhof.example, mornings' }

/** Amina is willing; Noor would ask her. */
async function aWillingAuthor(like: Partial<typeof honest> = {}) {
  const vendor = await aVendor()
  const [product, amina, noor] = await Promise.all([aProduct(vendor), aMember('Amina'), aMember('Noor')])
  const { recommendationId } = await writeRecommendation(amina, vendor.slug, { ...honest, reference: true, ...like, product: product.slug })
  return { vendor, product, amina, noor, recommendationId }
}
const events = async (referenceId: string) =>
  (await db
    .select()
    .from(interactions)
    .where(sql`${interactions.payload} ->> 'referenceId' = ${referenceId}`)
    .orderBy(interactions.id)) as unknown as Happened[]
const kinds = async (referenceId: string) => (await events(referenceId)).map(({ kind }) => kind)
const told = async (person: PersonViewer, recommendationId: string) =>
  (
    await owner
      .select({ kind: notifications.kind, personId: notifications.personId, actor: notifications.actorHandleId })
      .from(notifications)
      .where(eq(notifications.objectId, recommendationId))
      .orderBy(notifications.id)
  ).filter(({ personId }) => personId === person.personId)
async function followUp(referenceId: string) {
  for (const event of await events(referenceId)) for (const name of reactor.reactionsTo(event.kind)) await reactor.react(name, event)
}

test('only on acceptance do the two read how the other can be reached', async () => {
  const { amina, noor, recommendationId } = await aWillingAuthor()
  expect((await recommendationPage(noor, recommendationId)).may.askReference).toBe(true)
  const { referenceId } = await askForReference(noor, recommendationId, asking)

  const [asked] = (await myReferences(amina)).ofMe
  expect(asked).toMatchObject({
    referenceId,
    words: asking.words,
    state: 'waiting',
    contact: null,
    ownContact: null,
    may: { decide: true },
  })
  expect(asked?.who?.handle).toBe(noor.handle)
  expect(await referenceAnswerPage(amina, referenceId)).toMatchObject({ words: asking.words })
  expect((await myReferences(noor)).byMe).toMatchObject([
    { contact: null, ownContact: asking.contact, may: { withdraw: true, decide: false } },
  ])

  await acceptReference(amina, referenceId, { contact: 'Ask for Amina at the front desk' })
  await acceptReference(amina, referenceId, { contact: 'Another line' })
  expect((await myReferences(amina)).ofMe).toMatchObject([
    { state: 'accepted', contact: asking.contact, ownContact: 'Ask for Amina at the front desk' },
  ])
  expect((await myReferences(noor)).byMe).toMatchObject([
    { state: 'accepted', contact: 'Ask for Amina at the front desk', may: { withdraw: false } },
  ])
  await expect(declineReference(amina, referenceId)).rejects.toThrow(Conflict)
  await expect(referenceAnswerPage(amina, referenceId)).rejects.toThrow(Conflict)
  expect(await kinds(referenceId)).toEqual(['reference.asked', 'reference.accepted'])
})

test('declined or withdrawn, nothing is shown, and neither is decided again', async () => {
  const { amina, noor, recommendationId } = await aWillingAuthor()
  const chen = await aMember('Chen')
  const [of, by] = [await askForReference(noor, recommendationId, asking), await askForReference(chen, recommendationId, asking)]
  await declineReference(amina, of.referenceId)
  await declineReference(amina, of.referenceId)
  await withdrawReference(chen, by.referenceId)
  await withdrawReference(chen, by.referenceId)
  expect((await myReferences(noor)).byMe).toMatchObject([{ state: 'declined', contact: null }])
  expect((await myReferences(amina)).ofMe.map(({ state, contact }) => [state, contact])).toEqual([
    ['withdrawn', null],
    ['declined', null],
  ])
  for (const { referenceId } of [of, by])
    await expect(acceptReference(amina, referenceId, { contact: 'Anything' })).rejects.toThrow(Conflict)
  await withdrawReference(noor, of.referenceId)
  expect((await myReferences(noor)).byMe).toMatchObject([{ state: 'declined' }])
  expect([await kinds(of.referenceId), await kinds(by.referenceId)]).toEqual([
    ['reference.asked', 'reference.declined'],
    ['reference.asked', 'reference.withdrawn'],
  ])
})

test('it is asked once, ten at once as well', async () => {
  const { noor, recommendationId } = await aWillingAuthor()
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => askForReference(noor, recommendationId, asking)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await myReferences(noor)).byMe).toHaveLength(1)
  expect(await askReferencePage(noor, recommendationId)).toMatchObject({ state: 'waiting' })
  await expect(askForReference(noor, recommendationId, asking)).rejects.toThrow(TooMany)
})

test('only who is willing is asked; not by themselves, not by visitors, not by anybody who works for a vendor', async () => {
  const { vendor, amina, noor, recommendationId } = await aWillingAuthor()
  const [dara, joost, ursel] = await Promise.all([
    aStaffMember(vendor),
    aStaffMember(await aVendor('Halyard'), 'Joost'),
    aMember('Ursel', { confirmed: false }),
  ])
  for (const person of [amina, dara, joost, ursel, visitor]) {
    await expect(askForReference(person, recommendationId, asking)).rejects.toThrow(Forbidden)
    await expect(askReferencePage(person, recommendationId)).rejects.toThrow(Forbidden)
  }
  for (const person of [amina, dara, joost]) expect((await recommendationPage(person, recommendationId)).may.askReference).toBe(false)
  const unwilling = await aWillingAuthor({ reference: false })
  await expect(askForReference(noor, unwilling.recommendationId, asking)).rejects.toThrow(Forbidden)
  await owner.update(recommendations).set({ conflict: 'employer' }).where(eq(recommendations.id, recommendationId))
  await expect(askForReference(noor, recommendationId, asking)).rejects.toThrow(Forbidden)
  await expect(askForReference(noor, newId(), asking)).rejects.toThrow(NotFound)
})

test('nobody but the two knows of it, by the pages or by plain SQL', async () => {
  const { vendor, amina, noor, recommendationId } = await aWillingAuthor()
  const { referenceId } = await askForReference(noor, recommendationId, asking)
  const [dara, chen] = await Promise.all([aStaffMember(vendor), aMember('Chen')])
  for (const person of [dara, chen, visitor] as const) {
    if (person.kind === 'person') expect(await myReferences(person)).toEqual({ ofMe: [], byMe: [] })
    await expect(acceptReference(person, referenceId, { contact: 'Mine' })).rejects.toThrow(NotFound)
    await expect(declineReference(person, referenceId)).rejects.toThrow(NotFound)
    await expect(withdrawReference(person, referenceId)).rejects.toThrow(NotFound)
    expect(await transaction(person, (tx) => tx.select().from(referenceRequests))).toEqual([])
    expect(await transaction(person, (tx) => tx.select().from(referenceContacts))).toEqual([])
  }
  await expect(acceptReference(noor, referenceId, { contact: 'Mine' })).rejects.toThrow(Forbidden)
  await expect(withdrawReference(amina, referenceId)).rejects.toThrow(Forbidden)

  const contactsOf = (viewer: PersonViewer) => transaction(viewer, (tx) => tx.select().from(referenceContacts))
  expect(await contactsOf(amina)).toEqual([])
  const write = (viewer: PersonViewer, set: Partial<typeof referenceRequests.$inferInsert>) =>
    transaction(viewer, (tx) =>
      tx
        .update(referenceRequests)
        .set({ decidedAt: new Date(), ...set })
        .where(eq(referenceRequests.id, referenceId)),
    )
  await expect(write(noor, { state: 'accepted' })).rejects.toThrow()
  await expect(write(amina, { state: 'withdrawn' })).rejects.toThrow()
  await expect(write(amina, { state: 'accepted', words: 'Other words.' })).rejects.toThrow()
  await expect(
    transaction(chen, (tx) => tx.insert(referenceContacts).values({ requestId: referenceId, handleId: chen.handleId, contact: 'Mine' })),
  ).rejects.toThrow()
  await expect(
    transaction(dara, (tx) =>
      tx.insert(referenceRequests).values({
        ...{ id: newId(), recommendationId, vendorId: vendor.id, askedBy: dara.handleId, askedOf: amina.handleId, words: 'Who are you?' },
      }),
    ),
  ).rejects.toThrow()
  await acceptReference(amina, referenceId, { contact: 'At the desk' })
  expect(await contactsOf(amina)).toHaveLength(2)
  expect(await contactsOf(noor)).toHaveLength(2)
  expect(await contactsOf(dara)).toEqual([])
})

test('an unnamed author stays unnamed: neither the page nor what the asker is told says who it is', async () => {
  const { amina, noor, recommendationId } = await aWillingAuthor({ shownAs: 'unnamed' })
  const { referenceId } = await askForReference(noor, recommendationId, asking)
  await acceptReference(amina, referenceId, { contact: 'A number' })
  const { byMe } = await myReferences(noor)
  expect(byMe).toMatchObject([{ who: null, contact: 'A number' }])
  expect(JSON.stringify(byMe)).not.toContain(amina.handle)
  await followUp(referenceId)
  expect(await told(amina, recommendationId)).toMatchObject([{ kind: 'reference.asked', actor: noor.handleId }])
  expect(await told(noor, recommendationId)).toMatchObject([{ kind: 'reference.accepted', actor: null }])
})

test('its vendor’s staff know how many, from five on, and nobody else does', async () => {
  const { vendor, amina, recommendationId } = await aWillingAuthor()
  const dara = await aStaffMember(vendor)
  expect(await referenceCounts(dara, vendor.id)).toEqual({ asked: 0, accepted: 0 })
  const ids: string[] = []
  for (let n = 0; n < 5; n += 1) {
    ids.push((await askForReference(await aMember('Noor'), recommendationId, asking)).referenceId)
    if (n === 0) expect(await referenceCounts(dara, vendor.id)).toEqual({ asked: null, accepted: 0 })
  }
  await acceptReference(amina, ids[0] ?? '', { contact: 'At the desk' })
  expect(await referenceCounts(dara, vendor.id)).toEqual({ asked: 5, accepted: null })
  for (const person of [amina, visitor, await aStaffMember(await aVendor('Halyard'), 'Joost')])
    expect(await referenceCounts(person, vendor.id)).toBeNull()
})
