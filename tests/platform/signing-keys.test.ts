import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { signingKeys, signingSecrets } from '~/db/schema'
import { env } from '~/server/platform/env'
import { freshMasterKey, masterKeys } from '~/server/platform/master-keys'
import {
  findPublishedKey,
  pairwiseName,
  publishedKeys,
  resealSigningKeys,
  rotateKey,
  signerFor,
  type Holder,
} from '~/server/platform/signing-keys'
import { signTogether, verifyTogether } from '~/server/platform/signatures'
import { destroyKeyOf } from '~/server/platform/person-keys'
import { systemViewer } from '~/server/viewer'
import { aMember, aVendor, owner } from '../support/cast'

async function aPersonAndTwoVendors() {
  const [amina, tern, halyard] = await Promise.all([aMember(), aVendor(), aVendor('Halyard')])
  const towards = (vendor: { id: string }): Holder => ({ kind: 'person', personId: amina.personId, vendorId: vendor.id })
  const signer = (holder: Holder) => transaction(amina, (tx) => signerFor(tx, holder))
  return { amina, tern, halyard, towards, signer }
}

test('a key is made once, also when two ask at once, and is another towards each vendor', async () => {
  const { amina, tern, halyard, towards, signer } = await aPersonAndTwoVendors()
  const [one, again] = await Promise.all([signer(towards(tern)), signer(towards(tern))])
  expect(again.kid).toBe(one.kid)
  expect((await signer(towards(halyard))).kid).not.toBe(one.kid)
  expect(await pairwiseName(amina.personId, tern.id)).not.toBe(await pairwiseName(amina.personId, halyard.id))
  expect(await pairwiseName(amina.personId, tern.id)).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
})

test('a retired key signs nothing more, and what it signed still verifies', async () => {
  const { amina, tern, signer } = await aPersonAndTwoVendors()
  const vendor: Holder = { kind: 'vendor', vendorId: tern.id }
  const old = await signer(vendor)
  const jws = await signTogether({ said: 'once' }, [old])
  await transaction(amina, (tx) => rotateKey(tx, vendor))
  const fresh = await signer(vendor)
  expect(fresh.kid).not.toBe(old.kid)
  expect(await verifyTogether(jws, findPublishedKey)).toMatchObject({ kids: [old.kid] })
  expect(await owner.select().from(signingSecrets).where(eq(signingSecrets.kid, old.kid))).toEqual([])
  const [kept] = await owner.select().from(signingKeys).where(eq(signingKeys.kid, old.kid))
  expect(kept?.retiredAt).not.toBeNull()
})

test('without its private half a person’s key still verifies what it signed', async () => {
  const { towards, tern, signer } = await aPersonAndTwoVendors()
  const jws = await signTogether({ said: 'before' }, [await signer(towards(tern))])
  await owner.delete(signingSecrets).where(eq(signingSecrets.kid, (await signer(towards(tern))).kid))
  expect(await verifyTogether(jws, findPublishedKey)).not.toBeNull()
})

test('a person’s private half is sealed under their own key, and goes with it', async () => {
  const { amina, tern, towards, signer } = await aPersonAndTwoVendors()
  const { kid } = await signer(towards(tern))
  const [kept] = await owner.select().from(signingSecrets).where(eq(signingSecrets.kid, kid))
  expect(kept?.sealed).not.toMatch(/^m\./)
  await transaction(systemViewer('erase'), (tx) => destroyKeyOf(tx, amina.personId))
  await expect(signer(towards(tern))).rejects.toThrow()
})

test('the list of keys names no person; who holds the name of a person’s key finds it', async () => {
  const { towards, tern, signer } = await aPersonAndTwoVendors()
  const [person, vendor] = [await signer(towards(tern)), await signer({ kind: 'vendor', vendorId: tern.id })]
  const listed = (await publishedKeys([vendor.kid])).keys
  expect(listed).toEqual([{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: vendor.kid, alg: 'EdDSA', use: 'sig' }])
  expect((await publishedKeys([])).keys.map(({ kid }) => kid)).not.toContain(person.kid)
  expect((await findPublishedKey(person.kid))?.kid).toBe(person.kid)
})

test('the database keeps private halves from people, and public ones as they are', async () => {
  const { amina, towards, tern, signer } = await aPersonAndTwoVendors()
  const { kid } = await signer(towards(tern))
  expect(await transaction(amina, (tx) => tx.select().from(signingSecrets))).toEqual([])
  expect(await db.select().from(signingSecrets)).toEqual([])
  const refused = { cause: { code: '42501' } }
  await expect(transaction(amina, (tx) => tx.delete(signingKeys).where(eq(signingKeys.kid, kid)))).rejects.toMatchObject(refused)
  await expect(transaction(amina, (tx) => tx.update(signingKeys).set({ x: 'mine' }))).rejects.toMatchObject(refused)
})

test('the keys of the portal and of vendors are sealed under the master key, and follow when it is turned', async () => {
  const { tern, signer } = await aPersonAndTwoVendors()
  const vendor: Holder = { kind: 'vendor', vendorId: tern.id }
  const { kid } = await signer(vendor)
  const kept = async () => (await owner.select().from(signingSecrets).where(eq(signingSecrets.kid, kid)))[0]?.sealed ?? ''
  const [current] = masterKeys()
  expect(await kept()).toMatch(new RegExp(`^m\\.${current.id}\\.`))
  const before = env.PARLEY_VAULT_KEY
  const list = `${current.id}:${current.key.toString('base64url')}`
  try {
    env.PARLEY_VAULT_KEY = `${freshMasterKey('turned')},${list}`
    expect(await resealSigningKeys()).toBeGreaterThan(0)
    expect(await kept()).toMatch(/^m\.turned\./)
    expect((await signer(vendor)).kid).toBe(kid)
  } finally {
    env.PARLEY_VAULT_KEY = `${list},${env.PARLEY_VAULT_KEY?.split(',')[0]}`
    await resealSigningKeys()
    env.PARLEY_VAULT_KEY = before
  }
  expect((await signer(vendor)).kid).toBe(kid)
})
