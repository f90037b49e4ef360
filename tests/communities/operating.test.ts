import { desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { interactions } from '~/db/schema'
import {
  appointModerator,
  appointPortalModerator,
  createCommunity,
  dismissModerator,
  dismissPortalModerator,
  editCommunity,
  keptCommunity,
  portalModeratorList,
} from '~/server/communities'
import { Forbidden, Invalid } from '~/server/errors'
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

test('a community’s moderators are appointed and dismissed by operators, once', async () => {
  const [olu, bo, room] = [await anOperator(), await aMember('Bo'), await aCommunity({ access: 'invitation' })]
  await expect(appointModerator(bo, room.slug, { handle: bo.handle })).rejects.toThrow()
  await expect(appointModerator(olu, room.slug, { handle: 'nobody-has-this' })).rejects.toThrow(Invalid)
  await appointModerator(olu, room.slug, { handle: `@${bo.handle}` })
  await appointModerator(olu, room.slug, { handle: bo.handle })
  expect((await refreshed(bo)).moderates).toContain(room.id)
  await dismissModerator(olu, room.slug, { handle: bo.handle })
  await dismissModerator(olu, room.slug, { handle: bo.handle })
  expect((await refreshed(bo)).moderates).not.toContain(room.id)
  const events = await db
    .select({ kind: interactions.kind })
    .from(interactions)
    .where(eq(interactions.communityId, room.id))
    .orderBy(interactions.id)
  expect(events.map(({ kind }) => kind)).toEqual(['moderator.appointed', 'moderator.dismissed'])
})

test('staff of a vendor may moderate its room, but nobody whom a vendor pays judges recommendations', async () => {
  const [olu, vendor] = [await anOperator(), await aVendor()]
  const [dara, bo] = [await aStaffMember(vendor), await aMember('Bo')]
  const room = await aCommunity({ hostVendorId: vendor.id })
  await appointModerator(olu, room.slug, { handle: dara.handle })
  await expect(appointPortalModerator(olu, { handle: dara.handle })).rejects.toMatchObject({
    fields: { handle: 'moderator.servesAVendor' },
  })
  expect((await refreshed(dara)).isPortalModerator).toBe(false)

  await expect(appointPortalModerator(bo, { handle: bo.handle })).rejects.toThrow(Forbidden)
  await appointPortalModerator(olu, { handle: bo.handle })
  await appointPortalModerator(olu, { handle: bo.handle })
  expect((await refreshed(bo)).isPortalModerator).toBe(true)
  expect((await portalModeratorList(olu)).filter(({ who }) => who.handle === bo.handle)).toHaveLength(1)
  await dismissPortalModerator(olu, { handle: bo.handle })
  expect((await refreshed(bo)).isPortalModerator).toBe(false)
  await appointPortalModerator(olu, { handle: bo.handle })
  expect((await refreshed(bo)).isPortalModerator).toBe(true)
  await expect(portalModeratorList(bo)).rejects.toThrow(Forbidden)
})
