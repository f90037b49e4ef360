import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { interactions, vaultAttributes, vaultReminders } from '~/db/schema'
import { setClock } from '~/server/platform/clock'
import { confirmAttribute, keepAttribute, myVault, remindVaults } from '~/server/vault'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { aMember, owner } from '../support/cast'

const DAY = 86_400_000
const since = (days: number) => new Date(Date.now() - days * DAY)

async function lastConfirmed({ personId }: PersonViewer, key: string, at: Date) {
  await owner
    .update(vaultAttributes)
    .set({ confirmedAt: at })
    .where(and(eq(vaultAttributes.personId, personId), eq(vaultAttributes.key, key)))
}
const asked = async ({ personId }: PersonViewer, kind = 'vault.grown-old') =>
  owner
    .select({ payload: interactions.payload })
    .from(interactions)
    .where(and(eq(interactions.kind, kind), sql`payload->>'personId' = ${personId}`))

async function amongYears(...years: number[]) {
  for (const year of years) {
    setClock(new Date(Date.now() + year * 366 * DAY))
    try {
      await remindVaults()
      await remindVaults()
    } finally {
      setClock(null)
    }
  }
}

test('whoever keeps something that is older than a year is asked once a year, over all their fields', async () => {
  const [amina, bo] = [await aMember('Amina'), await aMember('Bo')]
  for (const viewer of [amina, bo]) await keepAttribute(viewer, 'role', { value: 'Office lead' })
  await keepAttribute(amina, 'industry', { value: 'Health' })
  await lastConfirmed(amina, 'role', since(370))
  await lastConfirmed(amina, 'industry', since(400))
  await lastConfirmed(bo, 'role', since(360))
  await remindVaults()
  await remindVaults()
  expect(await asked(amina)).toHaveLength(1)
  expect(await asked(bo)).toHaveLength(0)
  await amongYears(1)
  expect(await asked(amina)).toHaveLength(2)
})

test('one tap says that a field still holds: twice is once, and what was said is not touched', async () => {
  const amina = await aMember('Amina')
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  await lastConfirmed(amina, 'role', since(370))
  expect(await myVault(amina)).toMatchObject({ old: 1, groups: [{ kept: [{ key: 'role', value: 'Office lead', old: true }] }] })
  await confirmAttribute(amina, 'role')
  await confirmAttribute(amina, 'role')
  expect(await myVault(amina)).toMatchObject({ old: 0, groups: [{ kept: [{ key: 'role', value: 'Office lead', old: false }] }] })
  expect(await asked(amina, 'vault.confirmed')).toEqual([{ payload: { personId: amina.personId, keys: ['role'] } }])
  await remindVaults()
  expect(await asked(amina)).toHaveLength(0)
  await expect(confirmAttribute(amina, 'no-such-field')).rejects.toThrow()
})

test('a field of somebody else is not confirmed, and who is asked is seen by nobody else', async () => {
  const [amina, bo] = [await aMember('Amina'), await aMember('Bo')]
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  await lastConfirmed(amina, 'role', since(370))
  await confirmAttribute(bo, 'role')
  expect((await myVault(amina)).old).toBe(1)
  await remindVaults()
  const seen = (viewer: PersonViewer) =>
    transaction(viewer, (tx) => tx.select().from(vaultReminders).where(eq(vaultReminders.personId, amina.personId)))
  expect(await seen(amina)).toHaveLength(1)
  expect(await seen(bo)).toHaveLength(0)
  const found = (viewer: Parameters<typeof transaction>[0]) =>
    transaction(viewer, (tx) => tx.execute(sql`select person_id from vaults_to_confirm(now() + interval '1 day', 10)`))
  expect(await found(bo)).toHaveLength(0)
  expect((await found(systemViewer('remind-vaults'))).length).toBeGreaterThan(0)
})
