import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { corrections } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { correctionsOwed, correctionsTold, giveGrant, keepAttribute, recordCorrected, removeAttribute, revokeGrant } from '~/server/vault'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

async function aGrantedRole() {
  const [vendor, rival] = [await aVendor(), await aVendor('Halyard')]
  const [ada, dara, joost] = [await aMember('Ada'), await aStaffMember(vendor), await aStaffMember(rival, 'Joost')]
  await keepAttribute(ada, 'role', { value: 'Office lead' })
  await keepAttribute(ada, 'industry', { value: 'Health' })
  const grantId = await giveGrant(ada, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })
  return { vendor, rival, ada, dara, joost, grantId }
}

test('a field that is put right reaches each vendor that may read it, once, and they say that their copies are corrected', async () => {
  const { vendor, rival, ada, dara, joost } = await aGrantedRole()
  await keepAttribute(ada, 'role', { value: 'Office lead' })
  await keepAttribute(ada, 'industry', { value: 'Health care' })
  expect(await correctionsOwed(dara, vendor.slug)).toEqual([])
  await keepAttribute(ada, 'role', { value: 'Head of operations' })
  await keepAttribute(ada, 'role', { value: 'Director' })
  const owed = await correctionsOwed(dara, vendor.slug)
  await owner
    .update(corrections)
    .set({ dueAt: new Date(0) })
    .where(eq(corrections.id, owed[0]?.id ?? ''))
  await keepAttribute(ada, 'role', { value: 'Director of operations' })
  expect((await correctionsOwed(dara, vendor.slug)).map(({ id, late }) => [id, late])).toEqual([[owed[0]?.id, false]])
  expect(owed).toMatchObject([{ key: 'role', kind: 'changed', late: false, doneAt: null, member: { handle: ada.handle } }])
  expect(JSON.stringify(owed)).not.toMatch(/Office lead|Director/)
  expect(await correctionsOwed(joost, rival.slug)).toEqual([])
  await expect(correctionsOwed(joost, vendor.slug)).rejects.toThrow(Forbidden)
  await expect(recordCorrected(joost, owed[0]?.id ?? '')).rejects.toThrow(NotFound)
  await recordCorrected(dara, owed[0]?.id ?? '')
  await recordCorrected(dara, owed[0]?.id ?? '')
  expect(await correctionsOwed(dara, vendor.slug)).toEqual([])
  expect((await correctionsTold(ada, vendor.slug))[0]?.doneAt).toBeInstanceOf(Date)
})

test('a field that is taken out is told, too; after the grant ended nothing is', async () => {
  const { vendor, ada, dara, grantId } = await aGrantedRole()
  await revokeGrant(ada, grantId)
  await keepAttribute(ada, 'role', { value: 'Director' })
  expect(await correctionsOwed(dara, vendor.slug)).toEqual([])
  await giveGrant(ada, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })
  await removeAttribute(ada, 'role')
  expect(await correctionsOwed(dara, vendor.slug)).toMatchObject([{ key: 'role', kind: 'removed' }])
})

test('by plain SQL nobody tells in the name of another, nor a vendor that was granted nothing', async () => {
  const { vendor, rival, ada, dara } = await aGrantedRole()
  const row = { id: newId(), handleId: ada.handleId, key: 'role', kind: 'changed' as const, dueAt: new Date() }
  const tell = (who: typeof ada, vendorId: string) =>
    transaction(who, (tx) => tx.insert(corrections).values({ ...row, personId: ada.personId, vendorId }))
  await expect(tell(dara, vendor.id)).rejects.toThrow()
  await expect(tell(ada, rival.id)).rejects.toThrow()
})
