import { eq } from 'drizzle-orm'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { personKeys, vaultAttributes, vaultHistory } from '~/db/schema'
import { env } from '~/server/platform/env'
import { freshMasterKey, masterKeys, parseKeys } from '~/server/platform/master-keys'
import { destroyKeyOf, keyOf, mustHoldMasterKeys, openValue, rewrapKeys, sealValue } from '~/server/platform/person-keys'
import { attributePage, forgetEarlier, keepAttribute, myVault, sealVaults } from '~/server/vault'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { aMember, owner } from '../support/cast'

const rowsOf = (person: PersonViewer) => owner.select().from(vaultAttributes).where(eq(vaultAttributes.personId, person.personId))
const values = async (person: PersonViewer) => (await myVault(person)).groups.flatMap(({ kept }) => kept.map((row) => row.value))
const keyFor = (person: PersonViewer) => transaction(person, (tx) => keyOf(tx, person.personId))

test('what a person keeps is sealed in the table, and open to them', async () => {
  const amina = await aMember()
  await keepAttribute(amina, 'phone', { value: '+49 30 5550 142' })
  const [row] = await rowsOf(amina)
  expect(row?.value).toBeNull()
  expect(JSON.stringify(row)).not.toContain('30 5550 142')
  expect(await values(amina)).toEqual(['+49 30 5550 142'])
})

test('a seal opens for that person and that field alone, and not when a byte is changed', async () => {
  const [amina, chen] = [await aMember(), await aMember('Chen')]
  const [hers, his] = [await keyFor(amina), await keyFor(chen)]
  const sealed = sealValue(hers, amina.personId, 'role', 'Office lead')
  expect(openValue(hers, amina.personId, 'role', sealed)).toBe('Office lead')
  expect(() => openValue(hers, amina.personId, 'phone', sealed)).toThrow()
  expect(() => openValue(hers, chen.personId, 'role', sealed)).toThrow()
  expect(() => openValue(his, amina.personId, 'role', sealed)).toThrow()
  const bytes = Buffer.from(sealed, 'base64url')
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    expect(() => openValue(hers, amina.personId, 'role', changed.toString('base64url'))).toThrow()
  }
  expect(() => openValue(hers, amina.personId, 'role', bytes.subarray(0, 20).toString('base64url'))).toThrow()
})

test('a new master key wraps every key anew, and then the old one can go', async () => {
  const amina = await aMember()
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  const before = `${masterKeys()[0].id}:${masterKeys()[0].key.toString('base64url')}`
  const [keyBefore] = await owner.select().from(personKeys).where(eq(personKeys.personId, amina.personId))
  const next = freshMasterKey(`next-${newId().slice(0, 8)}`)
  env.PARLEY_VAULT_KEY = `${next},${before}`
  expect(await rewrapKeys()).toBeGreaterThan(0)
  expect(await rewrapKeys()).toBe(0)
  try {
    await oldOneCanGo(next)
  } finally {
    env.PARLEY_VAULT_KEY = `${before},${next}`
    await rewrapKeys()
  }

  async function oldOneCanGo(only: string) {
    env.PARLEY_VAULT_KEY = only
    const [keyAfter] = await owner.select().from(personKeys).where(eq(personKeys.personId, amina.personId))
    expect(keyAfter?.wrapped).not.toBe(keyBefore?.wrapped)
    expect(await values(amina)).toEqual(['Office lead'])

    env.PARLEY_VAULT_KEY = freshMasterKey('other')
    await expect(values(amina)).rejects.toThrow(/which PARLEY_VAULT_KEY does not hold/)
  }
})

test('a key that is missing or wrong says so', () => {
  expect(() => parseKeys('short:abc')).toThrow(/32 bytes/)
  expect(() => parseKeys(`${freshMasterKey('one')},${freshMasterKey('one')}`)).toThrow(/twice/)
})

test('without a key given there is one beside the data, made once, for its owner alone; with another the portal does not start', async () => {
  await keyFor(await aMember())
  const given = { ...env }
  const folder = mkdtempSync(join(tmpdir(), 'parley-keys-'))
  try {
    await mustHoldMasterKeys()
    Object.assign(env, { PARLEY_VAULT_KEY: undefined, PARLEY_DATA: folder })
    expect(masterKeys()).toEqual(masterKeys())
    expect(statSync(join(folder, 'vault.key')).mode & 0o777).toBe(0o600)
    await expect(mustHoldMasterKeys()).rejects.toThrow(/sealed under the key .*, which is not at hand/)
  } finally {
    Object.assign(env, given)
    rmSync(folder, { recursive: true })
  }
})

test('with the key, all that was sealed under it is gone', async () => {
  const amina = await aMember()
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  await transaction(systemViewer('erasing'), (tx) => destroyKeyOf(tx, amina.personId))
  await expect(values(amina)).rejects.toThrow()
})

test('what was written before there were seals reads as ever, and is sealed by the clock', async () => {
  const amina = await aMember()
  await owner.insert(vaultAttributes).values({ id: newId(), personId: amina.personId, key: 'role', value: 'Office lead' })
  expect(await values(amina)).toEqual(['Office lead'])
  await sealVaults()
  expect((await rowsOf(amina))[0]).toMatchObject({ value: null, sealed: expect.any(String) as string })
  expect(await values(amina)).toEqual(['Office lead'])
})

test('what a field said before stays for its owner, the newest five, until it is forgotten', async () => {
  const amina = await aMember()
  for (const value of ['1', '2', '3', '4', '5', '6', '7', '7']) await keepAttribute(amina, 'role', { value })
  const { kept, earlier } = await attributePage(amina, 'role')
  expect(kept?.value).toBe('7')
  expect(earlier.map((one) => one.value)).toEqual(['6', '5', '4', '3', '2'])
  await forgetEarlier(amina, 'role')
  expect((await attributePage(amina, 'role')).earlier).toEqual([])
  expect(await owner.select().from(vaultHistory).where(eq(vaultHistory.personId, amina.personId))).toEqual([])
})
