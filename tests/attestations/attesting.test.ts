import { inflateSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { attestations, memberships, relationships, relationshipStates, shownAttestations } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import {
  attestationFile,
  attestCustomer,
  hideAttestation,
  myAttestations,
  revokeAttestation,
  showAttestation,
  statusList,
} from '~/server/attestations'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { verifySdJwt } from '~/server/platform/sd-jwt'
import { verifyAlone } from '~/server/platform/signatures'
import { findPublishedKey } from '~/server/platform/signing-keys'
import { answerState } from '~/server/relationships'
import { aCommunity, aMember, aStaffMember, aVendor, owner } from '../support/cast'

async function aCustomer({ both = true } = {}) {
  const vendor = await aVendor()
  const [ada, lien] = await Promise.all([aMember('Ada'), aStaffMember(vendor, 'Lien', 'success')])
  const relationshipId = newId()
  await owner
    .insert(relationships)
    .values({ id: relationshipId, vendorId: vendor.id, handleId: ada.handleId, since: new Date(), lastAt: new Date() })
  const stateId = newId()
  await owner.insert(relationshipStates).values({
    id: stateId,
    relationshipId,
    state: 'customer',
    vendorConfirmedBy: lien.personId,
    vendorConfirmedAt: new Date(),
    personConfirmedAt: both ? new Date() : null,
    startedAt: new Date('2021-03-04T00:00:00Z'),
  })
  const room = await aCommunity({ members: [ada] })
  const seat = async () => (await handlesShown([ada.handleId], { communityId: room.id })).get(ada.handleId)?.seat
  return { vendor, ada, lien, relationshipId, stateId, room, seat }
}
const held = async (person: Parameters<typeof myAttestations>[0]) => (await myAttestations(person)).held[0]

test('a vendor signs only what both sides have said, once, and only whoever speaks for it', async () => {
  const unsaid = await aCustomer({ both: false })
  await expect(attestCustomer(unsaid.lien, unsaid.relationshipId)).rejects.toThrow(Conflict)
  const { vendor, ada, lien, relationshipId } = await aCustomer()
  await expect(attestCustomer(await aStaffMember(vendor, 'Dara', 'analyst'), relationshipId)).rejects.toThrow(Forbidden)
  await expect(attestCustomer(await aStaffMember(await aVendor('Halyard'), 'Joost'), relationshipId)).rejects.toThrow(NotFound)
  await attestCustomer(lien, relationshipId)
  await attestCustomer(lien, relationshipId)
  expect((await myAttestations(ada)).held).toHaveLength(1)
  const forged = {
    id: newId(),
    vendorId: vendor.id,
    personId: lien.personId,
    handleId: lien.handleId,
    attestedBy: lien.personId,
    sdJwt: 'x',
    since: '2021-03',
    expiresAt: new Date(),
  }
  await expect(transaction(lien, (tx) => tx.insert(attestations).values({ ...forged, stateId: unsaid.stateId }))).rejects.toMatchObject({
    cause: { code: '42501' },
  })
})

test('it is shown in any room with no more than was chosen, and verifies with the vendor’s key', async () => {
  const { vendor, ada, lien, relationshipId, room, seat } = await aCustomer()
  await attestCustomer(lien, relationshipId)
  const id = (await held(ada))?.id ?? ''
  expect(await seat()).toEqual({ kind: 'member' })
  await showAttestation(ada, id, { community: room.slug, disclose: [] })
  expect(await seat()).toEqual({ kind: 'customer', verified: true })
  await showAttestation(ada, id, { community: room.slug, disclose: ['vendor', 'since'] })
  expect(await seat()).toEqual({ kind: 'customer', verified: true, vendorName: 'Tern Works', since: '2021-03' })
  const [shown] = await owner.select().from(shownAttestations).where(eq(shownAttestations.attestationId, id))
  expect((await verifySdJwt(shown?.presentation ?? '', findPublishedKey))?.claims).toMatchObject({
    iss: expect.stringContaining(`/vendors/${vendor.slug}#org`),
    customerSince: '2021-03',
  })
  expect((await verifySdJwt(await attestationFile(ada, id), findPublishedKey))?.typ).toBe('dc+sd-jwt')
  const [member] = await owner.select().from(memberships).where(eq(memberships.communityId, room.id))
  expect(member?.personId).toBe(ada.personId)
  await hideAttestation(ada, id, room.slug)
  expect(await seat()).toEqual({ kind: 'member' })
})

test('revoked, it is invalid at once: in the room, in the list, and for whoever shows it again', async () => {
  const { ada, lien, relationshipId, room, seat } = await aCustomer()
  await attestCustomer(lien, relationshipId)
  const id = (await held(ada))?.id ?? ''
  await showAttestation(ada, id, { community: room.slug, disclose: [] })
  const { status } = (await verifySdJwt(await attestationFile(ada, id), findPublishedKey))?.claims as {
    status: { status_list: { idx: number; uri: string } }
  }
  const bit = async () => {
    const { idx, uri } = status.status_list
    const list = await verifyAlone(await statusList(uri.split('/').at(-1) ?? ''), findPublishedKey)
    const { lst } = (list?.record as { status_list: { lst: string } }).status_list
    return ((inflateSync(Buffer.from(lst, 'base64url'))[idx >> 3] ?? 0) >> (idx & 7)) & 1
  }
  expect(await bit()).toBe(0)
  await revokeAttestation(lien, id)
  await revokeAttestation(lien, id)
  expect(await bit()).toBe(1)
  expect(await seat()).toEqual({ kind: 'member' })
  await expect(showAttestation(ada, id, { community: room.slug, disclose: [] })).rejects.toThrow(NotFound)
  await attestCustomer(lien, relationshipId)
  expect((await myAttestations(ada)).held.map(({ holds }) => holds)).toEqual([true, false])
})

test('a state that either side ends takes its attestation along', async () => {
  const { vendor, ada, lien, relationshipId, stateId, room, seat } = await aCustomer()
  await attestCustomer(lien, relationshipId)
  await showAttestation(ada, (await held(ada))?.id ?? '', { community: room.slug, disclose: ['vendor'] })
  await answerState(ada, vendor.slug, { stateId, answer: 'decline' })
  expect(await seat()).toEqual({ kind: 'member' })
  expect((await held(ada))?.holds).toBe(false)
})

test('nobody shows, reads or revokes what is another’s', async () => {
  const { ada, lien, relationshipId, room } = await aCustomer()
  await attestCustomer(lien, relationshipId)
  const id = (await held(ada))?.id ?? ''
  const chen = await aMember('Chen')
  await expect(showAttestation(chen, id, { community: room.slug, disclose: [] })).rejects.toThrow(NotFound)
  await expect(showAttestation(lien, id, { community: room.slug, disclose: [] })).rejects.toThrow(NotFound)
  await expect(attestationFile(lien, id)).rejects.toThrow(NotFound)
  await expect(revokeAttestation(chen, id)).rejects.toThrow(NotFound)
  await expect(statusList('x')).rejects.toThrow(NotFound)
})
