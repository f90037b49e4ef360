import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { interactions, vaultAttributes } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import {
  addOwnField,
  askForFields,
  attributePage,
  giveGrant,
  grantPage,
  grantsTo,
  keepAttribute,
  myVault,
  newGrantPage,
  readGranted,
  removeAttribute,
  seenBy,
} from '~/server/vault'
import { OwnFieldInput } from '~/server/vault/input'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const badge = { label: 'Badge number', kind: 'text', value: 'yard gate 17', sensitive: 'no' } as const
const ownOf = async (person: PersonViewer) => (await myVault(person)).groups.find(({ group }) => group === 'own')?.kept ?? []

test('a field of one’s own is kept sealed under its name, once, for its owner alone', async () => {
  const [amina, chen] = [await aMember(), await aMember('Chen')]
  const key = await addOwnField(amina, badge)
  await expect(addOwnField(amina, { ...badge, label: 'BADGE number' })).rejects.toThrow(Invalid)
  expect(await ownOf(amina)).toMatchObject([{ key, label: 'Badge number', value: 'yard gate 17', kind: 'text' }])
  const [row] = await owner.select().from(vaultAttributes).where(eq(vaultAttributes.personId, amina.personId))
  expect(JSON.stringify(row)).not.toMatch(/badge|yard gate 17/i)
  await expect(attributePage(chen, key)).rejects.toThrow(NotFound)
  await expect(keepAttribute(chen, key, { value: 'mine' })).rejects.toThrow(NotFound)
  await keepAttribute(amina, key, { value: 'B-18' })
  expect(await attributePage(amina, key)).toMatchObject({
    kept: { label: 'Badge number', value: 'B-18' },
    earlier: [{ value: 'yard gate 17' }],
  })
  await removeAttribute(amina, key)
  await removeAttribute(amina, key)
  expect(await ownOf(amina)).toEqual([])
  await expect(keepAttribute(amina, key, { value: 'B-19' })).rejects.toThrow(NotFound)
  const events = await owner
    .select({ kind: interactions.kind, payload: interactions.payload })
    .from(interactions)
    .where(and(eq(interactions.kind, 'vault.changed'), sql`${interactions.payload} ->> 'personId' = ${amina.personId}`))
  expect(events).toHaveLength(3)
  expect(JSON.stringify(events)).not.toMatch(/badge|B-1/i)
})

test('each kind takes what it is, and keeps what was typed as words', async () => {
  const amina = await aMember()
  const add = (kind: OwnFieldInput['kind'], value: string) => addOwnField(amina, { label: newId(), kind, value, sensitive: 'no' })
  await expect(add('number', 'twelve')).rejects.toThrow(Invalid)
  await expect(add('date', '2027-02-30')).rejects.toThrow(Invalid)
  await expect(add('url', 'javascript:alert(1)')).rejects.toThrow(Invalid)
  await expect(add('text', 'x'.repeat(401))).rejects.toThrow(Invalid)
  await add('number', '1 200,5')
  await add('date', '2027-02-28')
  await add('url', 'https://lindenhof.example/team')
  await add('text', '<script>alert(1)</script>')
  expect((await ownOf(amina)).map(({ value }) => value)).toEqual([
    '1200.5',
    '2027-02-28',
    'https://lindenhof.example/team',
    '<script>alert(1)</script>',
  ])
  expect(OwnFieldInput.safeParse({ ...badge, label: 'x'.repeat(61) }).success).toBe(false)
  expect(OwnFieldInput.safeParse({ ...badge, sensitive: undefined }).success).toBe(false)
})

test('a vendor is granted it by the person, reads it under its name, and cannot ask for it', async () => {
  const [vendor, amina] = [await aVendor(), await aMember()]
  const dara = await aStaffMember(vendor)
  const key = await addOwnField(amina, badge)
  expect((await newGrantPage(amina)).kept).toMatchObject([{ key, label: 'Badge number', identifies: false }])
  const ask = { fields: [key], purpose: 'answer' as const, why: 'to let you in' }
  await expect(askForFields(dara, { personId: amina.personId, handleId: amina.handleId, vendorId: vendor.id }, ask)).rejects.toThrow(
    Invalid,
  )
  expect(await readGranted(dara, amina.personId, vendor.id, 'answer')).toEqual([])
  const grantId = await giveGrant(amina, { vendor: vendor.slug, attributes: [key], purpose: 'answer', until })
  expect(await readGranted(dara, amina.personId, vendor.id, 'answer')).toMatchObject([
    { key, label: 'Badge number', value: 'yard gate 17' },
  ])
  expect(await grantsTo(dara, vendor.id, amina.personId)).toMatchObject([{ keys: [key] }])
  expect(await seenBy(amina, vendor.slug)).toMatchObject({
    purposes: [{ values: [{ key, label: 'Badge number', value: 'yard gate 17' }] }],
  })
  expect(await grantPage(amina, grantId)).toMatchObject({
    grant: { keys: [key], names: { [key]: 'Badge number' } },
    readings: [{ key, label: 'Badge number' }],
  })
})

test('what would tell who they are is granted for the relationship alone', async () => {
  const [vendor, amina] = [await aVendor(), await aMember()]
  const key = await addOwnField(amina, { ...badge, sensitive: 'yes' })
  const grant = { vendor: vendor.slug, attributes: [key], until }
  for (const purpose of ['answer', 'offer', 'research'] as const)
    await expect(giveGrant(amina, { ...grant, purpose })).rejects.toThrow(Invalid)
  await giveGrant(amina, { ...grant, purpose: 'relationship' })
})

test('thirty are kept and no more, whoever asks; the database itself refuses, and lets nobody rename one', async () => {
  const amina = await aMember()
  for (let at = 0; at < 29; at += 1)
    await owner.insert(vaultAttributes).values({
      id: newId(),
      personId: amina.personId,
      key: `own-${newId()}`,
      sealed: 'x',
      sealedLabel: 'x',
      kind: 'text',
      sensitive: false,
    })
  const fields = { personId: amina.personId, sealed: 'x', sealedLabel: 'x', kind: 'text', sensitive: false } as const
  const id = newId()
  await owner.insert(vaultAttributes).values({ ...fields, id, key: `own-${id}` })
  await expect(owner.insert(vaultAttributes).values({ ...fields, id: newId(), key: `own-${newId()}` })).rejects.toThrow()
  await expect(addOwnField(amina, badge)).rejects.toThrow()
  await expect(owner.update(vaultAttributes).set({ sealedLabel: 'y' }).where(eq(vaultAttributes.id, id))).rejects.toThrow()
  await expect(owner.insert(vaultAttributes).values({ ...fields, id: newId(), key: 'role' })).rejects.toThrow()
  await keepAttribute(amina, 'role', { value: 'Office lead' })
})

test('the same name sent twice at once is there once', async () => {
  const amina = await aMember()
  const both = await Promise.allSettled([addOwnField(amina, badge), addOwnField(amina, badge)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await ownOf(amina)).toHaveLength(1)
})
