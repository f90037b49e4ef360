import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { newId } from '~/db/ids'
import { communities, decisions, interactions, membershipRequests, memberships, suspensions } from '~/db/schema'
import {
  communityBySlug,
  communityDirectory,
  communityFacts,
  communityHeader,
  decideRequest,
  joinCommunity,
  leaveCommunity,
  requestsPage,
  sayProspect,
  withdrawRequest,
} from '~/server/communities'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { mayEnter } from '~/server/rooms'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, anOperator, aProduct, aVendor, owner, refreshed } from '../support/cast'
import { stated } from '../support/statement'

const eventsIn = async (communityId: string) =>
  (
    await db
      .select({ kind: interactions.kind })
      .from(interactions)
      .where(eq(interactions.communityId, communityId))
      .orderBy(interactions.id)
  ).map(({ kind }) => kind)
const memberCount = async (slug: string) =>
  (await db.select({ count: communities.memberCount }).from(communities).where(eq(communities.slug, slug)))[0]?.count

async function suspendedIn(communityId: string, person: PersonViewer, by: PersonViewer) {
  const decisionId = newId()
  await owner.insert(decisions).values({
    id: decisionId,
    act: 'suspend',
    subjectKind: 'person',
    subjectId: person.personId,
    communityId,
    decidedBy: by.personId,
    ...stated(communityId),
  })
  await owner.insert(suspensions).values({ id: newId(), personId: person.personId, communityId, decisionId })
  return refreshed(person)
}

async function aClosedRoom() {
  const bo = await aMember('Bo')
  const room = await aCommunity({ access: 'request', moderators: [bo] })
  await owner.update(communities).set({ joinQuestion: 'What do you use?' }).where(eq(communities.id, room.id))
  return { room, bo: await refreshed(bo), amina: await aMember() }
}

const requestOf = async (personId: string) =>
  (await db.select().from(membershipRequests).where(eq(membershipRequests.personId, personId)))[0]

test('anybody with a confirmed address joins an open community, once', async () => {
  const room = await aCommunity()
  const amina = await aMember()
  await joinCommunity(amina, room.slug, {})
  await joinCommunity(amina, room.slug, {})
  expect(await memberCount(room.slug)).toBe(1)
  expect(await eventsIn(room.id)).toEqual(['community.joined'])
})

test('who has confirmed no address, is suspended there or is not signed in does not join', async () => {
  const bo = await aMember('Bo')
  const room = await aCommunity({ moderators: [bo] })
  await expect(joinCommunity(visitor, room.slug, {})).rejects.toThrow(Forbidden)
  await expect(joinCommunity(await aMember('Jun', { confirmed: false }), room.slug, {})).rejects.toThrow('confirmFirst')
  await expect(joinCommunity(await suspendedIn(room.id, await aMember('Henk'), bo), room.slug, {})).rejects.toThrow(
    'community.suspendedHere',
  )
  expect(await memberCount(room.slug)).toBe(0)
})

test('leaving takes the row and the count away, and leaves its event with the vendor it concerns', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const room = await aCommunity({ productId: product.id })
  const amina = await aMember()
  await joinCommunity(amina, room.slug, {})
  const joined = await refreshed(amina)
  expect(await leaveCommunity(joined, room.slug)).toBe(true)
  await leaveCommunity(joined, room.slug)
  expect(await memberCount(room.slug)).toBe(0)
  expect(await eventsIn(room.id)).toEqual(['community.joined', 'community.left'])
  const [left] = await db
    .select({ vendorId: interactions.vendorId })
    .from(interactions)
    .where(and(eq(interactions.communityId, room.id), eq(interactions.kind, 'community.left')))
  expect(left?.vendorId).toBe(vendor.id)
  await expect(leaveCommunity(await refreshed(amina), room.slug)).rejects.toThrow('community.notMember')
})

test('a community by request asks its question; asking again replaces the answer', async () => {
  const { room, amina } = await aClosedRoom()
  await expect(joinCommunity(amina, room.slug, {})).rejects.toThrow(Invalid)
  expect(await joinCommunity(amina, room.slug, { answer: 'Tern Mail' })).toBe('asked')
  await joinCommunity(amina, room.slug, { answer: 'Tern Mail, for six' })
  expect(await requestOf(amina.personId)).toMatchObject({ state: 'waiting', answer: 'Tern Mail, for six' })
  expect(await memberCount(room.slug)).toBe(0)
  expect(await eventsIn(room.id)).toEqual(['membership.requested'])
})

test('a moderator lets in or says no, once; nobody else decides', async () => {
  const { room, bo, amina } = await aClosedRoom()
  await joinCommunity(amina, room.slug, { answer: 'Tern Mail' })
  const request = await requestOf(amina.personId)
  const id = request?.id ?? ''
  await expect(decideRequest(amina, room.slug, id, { answer: 'accept' })).rejects.toThrow(Forbidden)
  await expect(decideRequest(bo, room.slug, 'no-such-id', { answer: 'accept' })).rejects.toThrow(NotFound)
  await decideRequest(bo, room.slug, id, { answer: 'accept' })
  await decideRequest(bo, room.slug, id, { answer: 'accept' })
  await expect(decideRequest(bo, room.slug, id, { answer: 'refuse' })).rejects.toThrow(Conflict)
  expect(await memberCount(room.slug)).toBe(1)
  expect((await refreshed(amina)).memberOf).toContain(room.id)
  expect(await eventsIn(room.id)).toEqual(['membership.requested', 'community.joined', 'membership.decided'])
})

test('a refused request lets nobody in, and one that was withdrawn cannot be decided', async () => {
  const { room, bo, amina } = await aClosedRoom()
  await joinCommunity(amina, room.slug, { answer: 'x' })
  await withdrawRequest(amina, room.slug)
  await withdrawRequest(amina, room.slug)
  const withdrawn = await requestOf(amina.personId)
  await expect(decideRequest(bo, room.slug, withdrawn?.id ?? '', { answer: 'accept' })).rejects.toThrow('membership.decidedAlready')
  const jun = await aMember('Jun')
  await joinCommunity(jun, room.slug, { answer: 'y' })
  await decideRequest(bo, room.slug, (await requestOf(jun.personId))?.id ?? '', { answer: 'refuse' })
  expect(await memberCount(room.slug)).toBe(0)
})

test('somebody suspended meanwhile is not let in', async () => {
  const { room, bo, amina } = await aClosedRoom()
  await joinCommunity(amina, room.slug, { answer: 'x' })
  await suspendedIn(room.id, amina, bo)
  await expect(decideRequest(bo, room.slug, (await requestOf(amina.personId))?.id ?? '', { answer: 'accept' })).rejects.toThrow(
    'membership.suspended',
  )
})

test('only moderators read the requests; for others the page is not there', async () => {
  const { room, bo, amina } = await aClosedRoom()
  await joinCommunity(amina, room.slug, { answer: 'Six of us' })
  await expect(requestsPage(amina, room.slug)).rejects.toThrow(NotFound)
  const page = await requestsPage(bo, room.slug)
  expect(page.waiting.map((request) => [request.who?.handle, request.answer])).toEqual([[amina.handle, 'Six of us']])
})

test('considering the product is a member’s own word, given and taken back', async () => {
  const room = await aCommunity()
  const amina = await aMember()
  await expect(sayProspect(amina, room.slug, { considering: 'yes' })).rejects.toThrow('community.notMember')
  await joinCommunity(amina, room.slug, {})
  const member = await refreshed(amina)
  await sayProspect(member, room.slug, { considering: 'yes' })
  await sayProspect(member, room.slug, { considering: 'yes' })
  expect((await communityHeader(member, await communityBySlug(member, room.slug))).membership).toEqual({ prospect: true })
  await sayProspect(member, room.slug, { considering: 'no' })
  expect(await eventsIn(room.id)).toEqual(['community.joined', 'prospect.said', 'prospect.unsaid'])
})

test('a community by invitation does not exist for others: page, list, joining, socket', async () => {
  const chen = await aMember('Chen')
  const room = await aCommunity({ access: 'invitation', members: [chen] })
  const amina = await aMember()
  for (const stranger of [amina, visitor]) {
    await expect(communityBySlug(stranger, room.slug)).rejects.toThrow(NotFound)
    await expect(joinCommunity(stranger, room.slug, {})).rejects.toThrow(NotFound)
    await expect(leaveCommunity(stranger, room.slug)).rejects.toThrow(NotFound)
    await expect(withdrawRequest(stranger, room.slug)).rejects.toThrow(NotFound)
    expect((await communityDirectory(stranger)).map(({ slug }) => slug)).not.toContain(room.slug)
    expect(await mayEnter(stranger, `community:${room.id}`)).toBe(false)
  }
  const member = await refreshed(chen)
  expect((await communityDirectory(member)).map(({ slug }) => slug)).toContain(room.slug)
  expect(await mayEnter(member, `community:${room.id}`)).toBe(true)
  expect(await leaveCommunity(member, room.slug)).toBe(false)
  await expect(communityBySlug(await refreshed(chen), room.slug)).rejects.toThrow(NotFound)
})

test('a community by request is known to all and read by members', async () => {
  const { room, amina } = await aClosedRoom()
  const header = await communityHeader(amina, await communityBySlug(amina, room.slug))
  expect(header.viewerCan).toMatchObject({ read: false, askToJoin: true, join: false })
  expect(await mayEnter(amina, `community:${room.id}`)).toBe(false)
})

test('an operator knows every community, and an id that is none is no community', async () => {
  const room = await aCommunity({ access: 'invitation' })
  expect((await communityBySlug(await anOperator(), room.slug)).communityId).toBe(room.id)
  expect(await communityFacts('nonsense')).toBeNull()
})

test('membership rows and the count agree when many join at once', async () => {
  const room = await aCommunity()
  const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => aMember(name)))
  await Promise.all([...people, ...people].map((person) => joinCommunity(person, room.slug, {})))
  expect(await memberCount(room.slug)).toBe(4)
  expect(await db.$count(memberships, eq(memberships.communityId, room.id))).toBe(4)
})
