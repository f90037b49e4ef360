import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { interactions, relationships, standingObjections } from '~/db/schema'
import { myObjection, myTerms, objects, profferTerms, sayObjection, sendsGlobalPrivacyControl } from '~/server/agreements'
import { Invalid } from '~/server/errors'
import { askForFields, keepAttribute } from '~/server/vault'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'
import { accepting, offering, twoSides } from './scene'

const asking = (value: string | null) =>
  new Request('http://parley.example/me/vault', { headers: value === null ? {} : { 'sec-gpc': value } })

test('only `Sec-GPC: 1` is the signal', () => {
  expect([null, '0', 'true', '1', '1, 1'].map((value) => sendsGlobalPrivacyControl(asking(value)))).toEqual([
    false,
    false,
    false,
    true,
    false,
  ])
})

test('an objection stands until it is taken back; saying it twice is saying it once', async () => {
  const ada = await aMember('Ada')
  expect(await myObjection(ada)).toBeNull()
  await sayObjection(ada, true)
  const first = await myObjection(ada)
  await sayObjection(ada, true)
  expect(await myObjection(ada)).toEqual(first)
  await sayObjection(ada, false)
  expect(await myObjection(ada)).toMatchObject({ objects: false })
  const said = (await owner.select().from(interactions).orderBy(interactions.occurredAt, interactions.id)).filter(
    ({ kind, payload }) => kind === 'objection.said' && payload.personId === ada.personId,
  )
  expect(said.map(({ payload }) => payload.accepted)).toEqual([true, false])
})

test('while it stands nobody asks for fields to make offers; for other purposes they may', async () => {
  const vendor = await aVendor()
  const [ada, dara] = [await aMember('Ada'), await aStaffMember(vendor, 'Dara')]
  await keepAttribute(ada, 'role', { value: 'Office lead' })
  const it = { personId: ada.personId, handleId: ada.handleId, vendorId: vendor.id }
  const ask = (purpose: 'offer' | 'answer') => askForFields(dara, it, { fields: ['role'], purpose, why: 'To tell you what is new.' })
  await owner
    .insert(relationships)
    .values({ id: newId(), vendorId: vendor.id, handleId: ada.handleId, since: new Date(), lastAt: new Date() })
  await sayObjection(ada, true)
  await expect(ask('offer')).rejects.toMatchObject({ fields: { purpose: 'vault.asking.objects' } })
  await ask('answer')
})

test('nobody asks for offers by plain SQL either, nor learns of an objection without holding a record', async () => {
  const [vendor, rival] = [await aVendor(), await aVendor('Halyard')]
  const [ada, dara, joost, chen] = [
    await aMember('Ada'),
    await aStaffMember(vendor, 'Dara'),
    await aStaffMember(rival, 'Joost'),
    await aMember('Chen'),
  ]
  await sayObjection(ada, true)
  await owner
    .insert(relationships)
    .values({ id: newId(), vendorId: vendor.id, handleId: ada.handleId, since: new Date(), lastAt: new Date() })
  const told = (who: typeof ada) => transaction(who, (tx) => objects(tx, ada.personId))
  expect([await told(ada), await told(dara), await told(joost), await told(chen)]).toEqual([true, true, false, false])
  await expect(
    transaction(chen, (tx) => tx.insert(standingObjections).values({ personId: ada.personId, objects: false })),
  ).rejects.toThrow()
  const it = { personId: ada.personId, handleId: ada.handleId, vendorId: rival.id }
  await expect(askForFields(joost, it, { fields: ['role'], purpose: 'offer', why: 'To sell you something.' })).rejects.toThrow(Invalid)
})

test('no agent agrees to passing on while an objection stands, however far the person went before', async () => {
  const { vendor, ada, lien } = await twoSides()
  await accepting(lien, vendor, ['SD-BASE-ATP-S3P'], 'SD-BASE-ATP-S3P')
  await offering(ada, { furthest: 'SD-BASE-ATP-S3P', furthestPortable: undefined, beyond: 'refuse' })
  await sayObjection(ada, true)
  expect(await profferTerms(ada, vendor.slug)).toMatchObject({ status: 'AgreementRefused' })
  // What they chose stays as they chose it, for when they object no longer.
  expect((await myTerms(ada)).preference).toMatchObject({ furthest: 'SD-BASE-ATP-S3P', objecting: true })
  await sayObjection(ada, false)
  expect(await profferTerms(ada, vendor.slug)).toMatchObject({ status: 'AgreementAccepted', terms: 'SD-BASE-ATP-S3P' })
})
