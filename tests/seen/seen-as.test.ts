import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as schema from '~/db/schema'
import { personPage } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { seenAs } from '~/server/seen'
import { askQuestion } from '~/server/threads'
import { giveGrant, keepAttribute, readGranted } from '~/server/vault'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, aStaffMember, aVendor, owner, refreshed } from '../support/cast'

const question = (title: string) => ({ title, body: 'It happens every morning and nobody knows why.', tags: [], product: undefined })

async function aminaInRooms() {
  const jun = await aMember('Jun')
  const person = await aMember('Amina')
  const vendor = await aVendor()
  const open = await aCommunity({ members: [person] })
  const shared = await aCommunity({ access: 'invitation', members: [person, jun] })
  const hosted = await aCommunity({ access: 'invitation', members: [person], hostVendorId: vendor.id })
  const amina = await refreshed(person)
  for (const room of [open, shared, hosted]) await askQuestion(amina, room.slug, question(`Asked in ${room.slug} this morning`))
  return { amina, jun: await refreshed(jun), vendor, open, shared, hosted }
}

const placesOf = (page: { acts: { slug: string }[] }) => page.acts.map(({ slug }) => slug).sort()
const readings = (amina: PersonViewer) => owner.$count(schema.accessRecords, eq(schema.accessRecords.personId, amina.personId))

test('anybody, another member and the staff of a vendor are shown exactly what is shown here', async () => {
  const { amina, jun, vendor, open, shared, hosted } = await aminaInRooms()
  const dara = await aStaffMember(vendor)
  await owner.insert(schema.memberships).values({ communityId: hosted.id, personId: dara.personId, handleId: dara.handleId })

  expect(placesOf(await seenAs(amina, 'public', null))).toEqual(placesOf(await personPage(visitor, amina.handle)))
  expect(placesOf(await seenAs(amina, 'public', null))).toEqual([open.slug])
  const member = placesOf(await seenAs(amina, 'member', null))
  expect(member).toEqual(expect.arrayContaining(placesOf(await personPage(jun, amina.handle))))
  expect(member).toContain(shared.slug)
  for (const eyes of ['advisor', 'moderator'] as const)
    expect(placesOf(await seenAs(amina, eyes, vendor.slug))).toEqual(placesOf(await personPage(await refreshed(dara), amina.handle)))
})

test('what a vendor may read is what its staff read, and looking records nothing', async () => {
  const { amina, vendor } = await aminaInRooms()
  const dara = await aStaffMember(vendor)
  await keepAttribute(amina, 'role', { value: 'Head of operations' })
  await keepAttribute(amina, 'phone', { value: '+49 30 5550 142' })
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until })

  const before = await readings(amina)
  const seen = await seenAs(amina, 'advisor', vendor.slug)
  expect(await readings(amina)).toBe(before)
  const shown = seen.granted?.purposes.flatMap(({ values }) => values.map(({ key, value }) => ({ key, value })))
  const read = (await readGranted(dara, amina.personId, vendor.id, 'answer')).map(({ key, value }) => ({ key, value }))
  expect(shown).toEqual(read)
  expect(seen.granted?.withheld).toContain('phone')
  expect(JSON.stringify(await seenAs(amina, 'public', null))).not.toContain('Head of operations')

  await owner
    .update(schema.grants)
    .set({ revokedAt: sql`now()` })
    .where(eq(schema.grants.personId, amina.personId))
  expect((await seenAs(amina, 'advisor', vendor.slug)).granted?.purposes).toEqual([])
})

test('a vendor that is not there is not found', async () => {
  await expect(seenAs(await aMember('Amina'), 'advisor', 'no-such-vendor')).rejects.toThrow(NotFound)
})
