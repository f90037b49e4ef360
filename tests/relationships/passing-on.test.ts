import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { passedOn, relationships } from '~/db/schema'
import { preferTerms, publishTerms, sayObjection } from '~/server/agreements'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { passedOnBy, passOn, passOnPage } from '~/server/relationships'
import { deletionPage, deletionsOwed, endingOf } from '~/server/revocations'
import { giveGrant, keepAttribute, revokeGrant } from '~/server/vault'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const said = { field: 'role', thirdParty: 'Harbour Analytics', country: 'Portugal', why: 'To count which roles use the search.' }

async function aRecordUnder(reach: 'SD-BASE' | 'SD-BASE-ATP-S3P') {
  const vendor = await aVendor()
  const [ada, lien] = [await aMember('Ada'), await aStaffMember(vendor, 'Lien', 'success')]
  await publishTerms(lien, vendor.slug, { accepts: [reach], otherwise: 'refuse' })
  await preferTerms(ada, { reach, portable: undefined, furthest: reach, furthestPortable: undefined, agent: 'accepts', beyond: 'refuse' })
  await keepAttribute(ada, 'role', { value: 'Keeper' })
  await keepAttribute(ada, 'industry', { value: 'Lighthouses' })
  const grantId = await giveGrant(ada, { vendor: vendor.slug, attributes: ['role'], purpose: 'research', until: in30Days })
  const record = newId()
  await owner
    .insert(relationships)
    .values({ id: record, vendorId: vendor.id, handleId: ada.handleId, since: new Date(), lastAt: new Date() })
  return { vendor, ada, lien, grantId, record }
}

test('what is passed on under terms that allow it is read by its person, with to whom, where and what for', async () => {
  const { vendor, ada, lien, record } = await aRecordUnder('SD-BASE-ATP-S3P')
  expect((await passOnPage(lien, record)).fields).toEqual(['role'])
  await passOn(lien, record, said)
  expect(await passedOnBy(ada, vendor.slug)).toMatchObject([
    { key: 'role', thirdParty: 'Harbour Analytics', country: 'Portugal', why: said.why, by: { handle: lien.handle } },
  ])
  await expect(passOn(lien, record, { ...said, field: 'industry' })).rejects.toThrow(Invalid)
  await expect(passOn(await aStaffMember(await aVendor()), record, said)).rejects.toThrow(NotFound)
})

test('under other terms, after the grant ended, or where the person objects, nothing is passed on; nor by plain SQL', async () => {
  const { lien, record, grantId, vendor } = await aRecordUnder('SD-BASE')
  await expect(passOn(lien, record, said)).rejects.toThrow(Conflict)
  const bySql = (who: typeof lien, of: { vendorId: string; grantId: string }) =>
    transaction(who, (tx) =>
      tx.insert(passedOn).values({
        id: newId(),
        key: 'role',
        thirdParty: 'x',
        country: 'x',
        why: 'x',
        recordedBy: who.personId,
        recorderHandleId: who.handleId,
        ...of,
      }),
    )
  await expect(bySql(lien, { vendorId: vendor.id, grantId })).rejects.toThrow()

  const wide = await aRecordUnder('SD-BASE-ATP-S3P')
  await sayObjection(wide.ada, true)
  await expect(passOn(wide.lien, wide.record, said)).rejects.toThrow(Conflict)
  await expect(bySql(wide.lien, { vendorId: wide.vendor.id, grantId: wide.grantId })).rejects.toThrow()
  await sayObjection(wide.ada, false)
  await passOn(wide.lien, wide.record, said)
  await revokeGrant(wide.ada, wide.grantId)
  await expect(passOn(wide.lien, wide.record, said)).rejects.toThrow(Conflict)
})

test('whoever it was passed on to stands in the task to delete it, for both sides', async () => {
  const { ada, lien, record, grantId, vendor } = await aRecordUnder('SD-BASE-ATP-S3P')
  await passOn(lien, record, said)
  await passOn(lien, record, said)
  await passOn(lien, record, { ...said, thirdParty: 'Buoy Mailings' })
  await revokeGrant(ada, grantId)
  const thirdParties = ['Buoy Mailings', 'Harbour Analytics']
  expect((await deletionPage(lien, record, grantId)).task).toMatchObject({ keys: ['role'], thirdParties })
  expect((await deletionsOwed(lien, vendor.slug, null)).deletions).toMatchObject([{ thirdParties }])
  expect((await endingOf(ada, grantId))?.deletion).toMatchObject({ thirdParties })
})
