import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accessRecords, grants, interactions, suspensions, decisions } from '~/db/schema'
import { newId } from '~/db/ids'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  attributePage,
  giveGrant,
  grantPage,
  keepAttribute,
  myVault,
  readGranted,
  removeAttribute,
  revokeGrant,
  seenBy,
  vaultFile,
} from '~/server/vault'
import type { Purpose } from '~/server/vault/input'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { stated } from '../support/statement'

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

async function aVaultAndItsReaders() {
  const vendor = await aVendor()
  const rival = await aVendor('Halyard')
  const [amina, dara, joost] = await Promise.all([aMember('Amina'), aStaffMember(vendor, 'Dara'), aStaffMember(rival, 'Joost')])
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  await keepAttribute(amina, 'team-size', { value: '40' })
  await keepAttribute(amina, 'real-name', { value: 'Amina Haddad' })
  return { vendor, rival, amina, dara, joost }
}

const grant = (person: PersonViewer, vendor: { slug: string }, attributes: string[], purpose: Purpose = 'answer', until = in30Days) =>
  giveGrant(person, { vendor: vendor.slug, attributes, purpose, until })
const read = async (staff: PersonViewer, person: PersonViewer, vendor: { id: string }, purpose: Purpose = 'answer') =>
  (await readGranted(staff, person.personId, vendor.id, purpose)).map((value) => `${value.key}: ${value.value}`)
const happened = (person: PersonViewer, kind: string) =>
  owner
    .select({ payload: interactions.payload })
    .from(interactions)
    .where(eq(interactions.kind, kind))
    .then((rows) => rows.filter((row) => row.payload.personId === person.personId))

test('staff read the granted fields, and only those, for that purpose, only of that vendor', async () => {
  const { vendor, amina, dara, joost } = await aVaultAndItsReaders()
  expect(await read(dara, amina, vendor)).toEqual([])

  await grant(amina, vendor, ['role', 'team-size'])
  expect(await read(dara, amina, vendor)).toEqual(['role: Office lead', 'team-size: 40'])
  expect(await read(dara, amina, vendor, 'relationship')).toEqual([])
  await expect(read(joost, amina, vendor)).rejects.toThrow(Forbidden)
})

test('staff of two vendors read under the grant of the vendor they read for', async () => {
  const { vendor, rival, amina } = await aVaultAndItsReaders()
  const both = await aStaffMember(vendor, 'Sam')
  const { vendorStaff } = await import('~/db/schema')
  await owner.insert(vendorStaff).values({ id: newId(), vendorId: rival.id, personId: both.personId, role: 'support' })
  const sam = await refreshed(both)
  await grant(amina, vendor, ['role'])
  expect(await read(sam, amina, rival)).toEqual([])
  expect(await read(sam, amina, vendor)).toEqual(['role: Office lead'])
})

test('each reading is written down; within an hour it is one line with a count and one event', async () => {
  const { vendor, amina, dara } = await aVaultAndItsReaders()
  await grant(amina, vendor, ['role', 'team-size'])
  await read(dara, amina, vendor)
  await read(dara, amina, vendor)

  const { readings } = await myVault(amina)
  expect(readings).toHaveLength(2)
  expect(readings[0]).toMatchObject({ times: 2, purpose: 'answer', reader: { displayName: 'Dara' }, vendorName: 'Tern Works' })
  const events = await happened(amina, 'vault.read')
  expect(events.map((event) => event.payload.attributes)).toEqual([2])
})

test('reading nothing writes nothing down', async () => {
  const { vendor, amina, dara } = await aVaultAndItsReaders()
  await read(dara, amina, vendor)
  expect(await owner.select().from(accessRecords).where(eq(accessRecords.personId, amina.personId))).toEqual([])
  expect(await happened(amina, 'vault.read')).toEqual([])
})

test('a revoked grant shows nothing from then on, and revoking twice is once', async () => {
  const { vendor, amina, dara } = await aVaultAndItsReaders()
  const id = await grant(amina, vendor, ['role'])
  expect(await read(dara, amina, vendor)).toHaveLength(1)

  await revokeGrant(amina, id)
  await revokeGrant(amina, id)
  expect(await read(dara, amina, vendor)).toEqual([])
  expect(await happened(amina, 'grant.revoked')).toHaveLength(1)
  expect((await grantPage(amina, id)).grant.state).toBe('revoked')
})

test('an expired grant shows nothing', async () => {
  const { vendor, amina, dara } = await aVaultAndItsReaders()
  const id = await grant(amina, vendor, ['role'])
  await owner
    .update(grants)
    .set({ startsAt: new Date(Date.now() - 9e8), endsAt: new Date(Date.now() - 1000) })
    .where(eq(grants.id, id))
  expect(await read(dara, amina, vendor)).toEqual([])
})

test('only its owner finds a grant, or ends it', async () => {
  const { vendor, amina, dara } = await aVaultAndItsReaders()
  const chen = await aMember('Chen')
  const id = await grant(amina, vendor, ['role'])
  for (const other of [chen, dara]) {
    await expect(revokeGrant(other, id)).rejects.toThrow(NotFound)
    await expect(grantPage(other, id)).rejects.toThrow(NotFound)
  }
  await expect(grantPage(amina, 'not-an-id')).rejects.toThrow(NotFound)
})

test('a grant ends on a day to come, within two years', async () => {
  const { vendor, amina } = await aVaultAndItsReaders()
  await expect(grant(amina, vendor, ['role'], 'answer', '2020-01-01')).rejects.toMatchObject({ fields: { until: 'past' } })
  await expect(grant(amina, vendor, ['role'], 'answer', '2090-01-01')).rejects.toMatchObject({ fields: { until: 'tooFar' } })
  const { latestDay } = await (await import('~/server/vault')).newGrantPage(amina)
  await grant(amina, vendor, ['role'], 'answer', latestDay)
})

test('name and organisation are granted for the relationship alone, and nothing that the vault does not hold', async () => {
  const { vendor, amina, dara } = await aVaultAndItsReaders()
  await expect(grant(amina, vendor, ['real-name'])).rejects.toMatchObject({ fields: { attributes: 'vault.identifiesYou' } })
  await expect(grant(amina, vendor, ['phone'])).rejects.toMatchObject({ fields: { attributes: 'vault.notKept' } })
  await expect(grant(amina, { slug: 'nobody' }, ['role'])).rejects.toThrow(Invalid)
  await grant(amina, vendor, ['real-name'], 'relationship')
  expect(await read(dara, amina, vendor, 'relationship')).toEqual(['real-name: Amina Haddad'])
})

test('fields are checked by their kind', async () => {
  const amina = await aMember()
  await expect(keepAttribute(amina, 'team-size', { value: 'many' })).rejects.toMatchObject({ fields: { value: 'vault.teamSize' } })
  await expect(keepAttribute(amina, 'e-mail', { value: 'amina' })).rejects.toMatchObject({ fields: { value: 'notEmail' } })
  await expect(keepAttribute(amina, 'time-zone', { value: 'Mars/Olympus' })).rejects.toMatchObject({ fields: { value: 'vault.timeZone' } })
  await expect(keepAttribute(amina, 'phone', { value: 'call me' })).rejects.toMatchObject({ fields: { value: 'vault.phone' } })
  await expect(keepAttribute(amina, 'role', { value: 'x'.repeat(121) })).rejects.toMatchObject({ fields: { value: 'tooLong:120' } })
  await expect(keepAttribute(amina, 'constructor', { value: 'x' })).rejects.toThrow(NotFound)
  await keepAttribute(amina, 'team-size', { value: '1,200' })
  expect((await attributePage(amina, 'team-size')).kept?.value).toBe('1200')
})

test('a field that was removed is read by nobody', async () => {
  const { vendor, amina, dara } = await aVaultAndItsReaders()
  await grant(amina, vendor, ['role', 'team-size'])
  await removeAttribute(amina, 'role')
  await removeAttribute(amina, 'role')
  expect(await read(dara, amina, vendor)).toEqual(['team-size: 40'])
})

test('seeing oneself as the vendor does shows the same and records nothing', async () => {
  const { vendor, amina } = await aVaultAndItsReaders()
  await grant(amina, vendor, ['role'])
  const seen = await seenBy(amina, vendor.slug)
  expect(seen.purposes.map(({ purpose, values }) => [purpose, values.map((value) => value.value)])).toEqual([['answer', ['Office lead']]])
  expect(seen.withheld).toContain('real-name')
  expect(await owner.select().from(accessRecords).where(eq(accessRecords.personId, amina.personId))).toEqual([])
})

test('what is taken along holds the vault and the grants', async () => {
  const { vendor, amina } = await aVaultAndItsReaders()
  await grant(amina, vendor, ['role'])
  const file = await vaultFile(amina)
  expect(file.attributes.map((row) => row.key)).toEqual(['real-name', 'role', 'team-size'])
  expect(file.grants).toHaveLength(1)
})

test('who is suspended keeps reading and revoking, and suspended staff read nothing', async () => {
  const { vendor, amina, dara } = await aVaultAndItsReaders()
  const id = await grant(amina, vendor, ['role'])
  await suspended(amina)
  await suspended(dara)
  const [mine, theirs] = [await refreshed(amina), await refreshed(dara)]
  await expect(read(theirs, amina, vendor)).rejects.toThrow(Forbidden)
  await revokeGrant(mine, id)
  expect((await myVault(mine)).ended).toHaveLength(1)
})

async function suspended(person: PersonViewer) {
  const decisionId = newId()
  await owner.insert(decisions).values({
    id: decisionId,
    act: 'suspend',
    subjectKind: 'person',
    subjectId: person.personId,
    decidedBy: person.personId,
    ...stated(),
  })
  await owner.insert(suspensions).values({ id: newId(), personId: person.personId, decisionId })
}
