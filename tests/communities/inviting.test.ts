import { desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { communities, interactions, invitations, outgoingMails } from '~/db/schema'
import { acceptInvitation, invitationList, invitationPage, inviteToCommunity } from '~/server/communities'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { visitor } from '~/server/viewer'
import { aCommunity, aMember, owner, refreshed, unique } from '../support/cast'

async function aPrivateRoom() {
  const bo = await aMember('Bo')
  const room = await aCommunity({ access: 'invitation', moderators: [bo] })
  return { room, bo: await refreshed(bo) }
}

const anAddress = () => `${unique('mateo')}@museum.example`

/** The secret in the newest mail to an address. */
async function linkMailedTo(address: string) {
  const [mail] = await db
    .select({ text: outgoingMails.textBody })
    .from(outgoingMails)
    .where(eq(outgoingMails.toAddress, address))
    .orderBy(desc(outgoingMails.id))
    .limit(1)
  return /\/invitations\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

test('an invitation opens a private community once, for whoever holds the link', async () => {
  const { room, bo } = await aPrivateRoom()
  const address = anAddress()
  await inviteToCommunity(bo, room.slug, { email: address })
  const token = await linkMailedTo(address)
  expect(await invitationPage(visitor, token)).toMatchObject({ name: room.name, inviter: { handle: bo.handle } })

  const [mateo, chen] = [await aMember('Mateo'), await aMember('Chen')]
  await expect(acceptInvitation(visitor, token)).rejects.toThrow(Forbidden)
  expect(await acceptInvitation(mateo, token)).toBe(room.slug)
  expect(await acceptInvitation(mateo, token)).toBe(room.slug)
  await expect(acceptInvitation(chen, token)).rejects.toThrow(Conflict)
  await expect(invitationPage(chen, token)).rejects.toThrow(NotFound)
  expect((await refreshed(mateo)).memberOf).toContain(room.id)

  const [{ count } = { count: 0 }] = await db
    .select({ count: communities.memberCount })
    .from(communities)
    .where(eq(communities.id, room.id))
  expect(count).toBe(1)
  const events = await db
    .select({ kind: interactions.kind })
    .from(interactions)
    .where(eq(interactions.communityId, room.id))
    .orderBy(interactions.id)
  expect(events.map(({ kind }) => kind)).toEqual(['community.invited', 'community.joined'])
})

test('of two who hold the link, one gets in', async () => {
  const { room, bo } = await aPrivateRoom()
  const address = anAddress()
  await inviteToCommunity(bo, room.slug, { email: address })
  const token = await linkMailedTo(address)
  const both = await Promise.allSettled([acceptInvitation(await aMember('Mateo'), token), acceptInvitation(await aMember('Chen'), token)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('an old link, a replaced one and an invented one open nothing', async () => {
  const { room, bo } = await aPrivateRoom()
  const address = anAddress()
  await inviteToCommunity(bo, room.slug, { email: address })
  const first = await linkMailedTo(address)
  await inviteToCommunity(bo, room.slug, { email: address })
  const second = await linkMailedTo(address)
  const mateo = await aMember('Mateo')
  await expect(acceptInvitation(mateo, first)).rejects.toThrow('invitation.over')
  await owner
    .update(invitations)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(invitations.communityId, room.id))
  await expect(acceptInvitation(mateo, second)).rejects.toThrow('invitation.over')
  await expect(invitationPage(mateo, second)).rejects.toThrow(NotFound)
  await expect(acceptInvitation(mateo, 'invented')).rejects.toThrow(NotFound)
})

test('only moderators invite; strangers do not even learn of the room', async () => {
  const { room } = await aPrivateRoom()
  const stranger = await aMember()
  await expect(inviteToCommunity(stranger, room.slug, { email: anAddress() })).rejects.toThrow(NotFound)
  const open = await aCommunity({ members: [stranger] })
  await expect(inviteToCommunity(await refreshed(stranger), open.slug, { email: anAddress() })).rejects.toThrow(Forbidden)
})

test('members need no invitation, and an address is shown to whoever wrote to it alone', async () => {
  const { room, bo } = await aPrivateRoom()
  const address = anAddress()
  const mateo = await aMember('Mateo', { email: address })
  await inviteToCommunity(bo, room.slug, { email: address })
  await acceptInvitation(mateo, await linkMailedTo(address))
  await expect(inviteToCommunity(bo, room.slug, { email: address.toUpperCase() })).rejects.toThrow(Invalid)
  expect((await invitationList(bo, room.slug)).invitations).toMatchObject([{ address, state: 'accepted' }])
  const olu = await aMember('Olu', { operator: true })
  expect((await invitationList(olu, room.slug)).invitations).toMatchObject([{ address: null }])
})
