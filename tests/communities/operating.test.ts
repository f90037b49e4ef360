import { desc, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { dutyOffers, interactions } from '~/db/schema'
import {
  acceptDuty,
  appointModerator,
  appointPortalModerator,
  createCommunity,
  declineDuty,
  dismissModerator,
  dismissPortalModerator,
  dutyOffersFor,
  editCommunity,
  keptCommunity,
  myDuties,
  offerToHelp,
  portalModeratorList,
  stepDown,
} from '~/server/communities'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import type { PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, anOperator, aProduct, aStaffMember, aVendor, refreshed, unique } from '../support/cast'

const aRoom = (over: Partial<Parameters<typeof createCommunity>[1]> = {}) => ({
  name: 'Tern Mail',
  slug: unique('tern-mail'),
  summary: 'The mail client.',
  access: 'open' as const,
  ...over,
})
const newestEvent = async () =>
  (
    await db.select({ kind: interactions.kind, payload: interactions.payload }).from(interactions).orderBy(desc(interactions.id)).limit(1)
  )[0]

test('operators open communities, each at an address of its own; others do not', async () => {
  const olu = await anOperator()
  const room = aRoom()
  const communityId = await createCommunity(olu, room)
  expect(await newestEvent()).toMatchObject({ kind: 'community.created', payload: { communityId } })
  await expect(createCommunity(olu, room)).rejects.toThrow(Invalid)
  await expect(createCommunity(await aMember(), aRoom())).rejects.toThrow(Forbidden)
})

test('a community keeps its address when it changes, and takes no product of another vendor', async () => {
  const olu = await anOperator()
  const [host, other] = [await aVendor(), await aVendor('Halyard')]
  const product = await aProduct(other)
  const room = aRoom({ access: 'request', joinQuestion: 'Why?', hostVendorId: host.id })
  await createCommunity(olu, room)
  await expect(editCommunity(olu, room.slug, { ...room, productId: product.id })).rejects.toThrow(Invalid)
  await expect(editCommunity(await aMember(), room.slug, room)).rejects.toThrow(Forbidden)
  await editCommunity(olu, room.slug, { ...room, name: 'Tern Mail and friends', access: 'open' })
  expect((await keptCommunity(olu, room.slug)).community).toMatchObject({
    slug: room.slug,
    name: 'Tern Mail and friends',
    joinQuestion: '',
    hostVendorId: host.id,
  })
  expect(await newestEvent()).toMatchObject({ kind: 'community.changed' })
})

const offerTo = async (person: PersonViewer) => (await myDuties(person)).offers[0]?.id ?? ''

test('to moderate is offered by operators and taken by whoever is asked, once; it is laid down at will', async () => {
  const [olu, bo, room] = [await anOperator(), await aMember('Bo'), await aCommunity({ access: 'request' })]
  await expect(appointModerator(bo, room.slug, { handle: bo.handle })).rejects.toThrow()
  await expect(appointModerator(olu, room.slug, { handle: 'nobody-has-this' })).rejects.toThrow(Invalid)
  await appointModerator(olu, room.slug, { handle: `@${bo.handle}` })
  await appointModerator(olu, room.slug, { handle: bo.handle })
  expect((await refreshed(bo)).moderates).not.toContain(room.id)
  expect(await dutyOffersFor(olu, room.id)).toMatchObject([{ who: { handle: bo.handle }, asked: true }])

  const offer = await offerTo(bo)
  await expect(acceptDuty(await aMember('Jun'), offer)).rejects.toThrow(NotFound)
  await acceptDuty(bo, offer)
  await acceptDuty(bo, offer)
  await expect(declineDuty(bo, offer)).rejects.toThrow(Conflict)
  expect((await refreshed(bo)).moderates).toContain(room.id)
  await dismissModerator(olu, room.slug, { handle: bo.handle })
  await dismissModerator(olu, room.slug, { handle: bo.handle })
  expect((await refreshed(bo)).moderates).not.toContain(room.id)

  await appointModerator(olu, room.slug, { handle: bo.handle })
  await acceptDuty(bo, await offerTo(bo))
  await stepDown(await refreshed(bo), room.slug)
  await stepDown(await refreshed(bo), room.slug)
  expect((await refreshed(bo)).moderates).not.toContain(room.id)
  await appointModerator(olu, room.slug, { handle: bo.handle })
  await declineDuty(bo, await offerTo(bo))
  expect((await myDuties(bo)).offers).toEqual([])
  const events = await db
    .select({ kind: interactions.kind })
    .from(interactions)
    .where(eq(interactions.communityId, room.id))
    .orderBy(interactions.id)
  const [offered, taken, left] = ['duty.offered', 'moderator.appointed', 'moderator.dismissed']
  expect(events.map(({ kind }) => kind)).toEqual([offered, taken, left, offered, taken, left, offered, 'duty.declined'])
})

test('a member who would help says so, and is then appointed at one press; nobody else is told', async () => {
  const [olu, jun] = [await anOperator(), await aMember('Jun')]
  const room = await aCommunity({ members: [jun] })
  const member = await refreshed(jun)
  await expect(offerToHelp(await aMember('Chen'), room.slug, true)).rejects.toThrow(Forbidden)
  await offerToHelp(member, room.slug, true)
  await offerToHelp(member, room.slug, false)
  expect(await dutyOffersFor(olu, room.id)).toEqual([])
  await offerToHelp(member, room.slug, true)
  await offerToHelp(member, room.slug, true)
  expect(await dutyOffersFor(olu, room.id)).toMatchObject([{ who: { handle: jun.handle }, asked: false }])
  await expect(dutyOffersFor(member, room.id)).rejects.toThrow(Forbidden)
  await appointModerator(olu, room.slug, { handle: jun.handle })
  expect((await refreshed(jun)).moderates).toContain(room.id)
  expect(await dutyOffersFor(olu, room.id)).toEqual([])
})

test('by plain SQL nobody offers themselves a duty in an operator’s name, nor reads who would', async () => {
  const [jun, chen] = [await aMember('Jun'), await aMember('Chen')]
  const room = await aCommunity({ members: [jun, chen] })
  const [olu, member] = [await anOperator(), await refreshed(jun)]
  await offerToHelp(member, room.slug, true)
  expect(await transaction(chen, (tx) => tx.select().from(dutyOffers).where(eq(dutyOffers.communityId, room.id)))).toEqual([])
  const refused = (query: ReturnType<typeof sql>) => expect(transaction(member, (tx) => tx.execute(query))).rejects.toThrow()
  await refused(sql`update duty_offers set offered_by = ${olu.personId} where person_id = ${jun.personId}`)
  await refused(
    sql`insert into duty_offers (id, community_id, person_id, offered_by) values (gen_random_uuid(), ${room.id}, ${jun.personId}, ${olu.personId})`,
  )
  await refused(sql`insert into community_moderators (community_id, person_id) values (${room.id}, ${jun.personId})`)
})

test('staff of a vendor may moderate its room, but nobody whom a vendor pays judges recommendations', async () => {
  const [olu, vendor] = [await anOperator(), await aVendor()]
  const [dara, bo] = [await aStaffMember(vendor), await aMember('Bo')]
  const room = await aCommunity({ hostVendorId: vendor.id })
  await appointModerator(olu, room.slug, { handle: dara.handle })
  await acceptDuty(dara, await offerTo(dara))
  expect((await refreshed(dara)).moderates).toContain(room.id)
  await expect(appointPortalModerator(olu, { handle: dara.handle })).rejects.toMatchObject({
    fields: { handle: 'moderator.servesAVendor' },
  })
  expect((await refreshed(dara)).isPortalModerator).toBe(false)

  await expect(appointPortalModerator(bo, { handle: bo.handle })).rejects.toThrow(Forbidden)
  await appointPortalModerator(olu, { handle: bo.handle })
  await appointPortalModerator(olu, { handle: bo.handle })
  await acceptDuty(bo, await offerTo(bo))
  expect((await refreshed(bo)).isPortalModerator).toBe(true)
  expect((await portalModeratorList(olu)).filter(({ who }) => who.handle === bo.handle)).toHaveLength(1)
  await dismissPortalModerator(olu, { handle: bo.handle })
  expect((await refreshed(bo)).isPortalModerator).toBe(false)
  await appointPortalModerator(olu, { handle: bo.handle })
  await acceptDuty(bo, await offerTo(bo))
  expect((await refreshed(bo)).isPortalModerator).toBe(true)
  await expect(portalModeratorList(bo)).rejects.toThrow(Forbidden)
})
