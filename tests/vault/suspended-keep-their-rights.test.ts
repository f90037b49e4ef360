import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { decisions, suspensions } from '~/db/schema'
import { agreementFile, endAgreement, myTerms, preferTerms, profferTerms } from '~/server/agreements'
import { myAttestations } from '~/server/attestations'
import { appeal } from '~/server/moderation'
import { keepReceipt, receiptFile } from '~/server/receipts'
import { giveGrant, keepAttribute, myReadings, myVault, readGranted, removeAttribute, revokeGrant, vaultFile } from '~/server/vault'
import { aMember, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { stated } from '../support/statement'

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

test('who is suspended keeps every right over what is theirs', async () => {
  const vendor = await aVendor()
  const [before, dara] = await Promise.all([aMember('Ada'), aStaffMember(vendor, 'Dara')])
  await keepAttribute(before, 'role', { value: 'Office lead' })
  const id = await giveGrant(before, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })
  await keepReceipt({ payload: { grantId: id } } as unknown as Parameters<typeof keepReceipt>[0])
  await readGranted(dara, before.personId, vendor.id, 'answer')

  const decisionId = newId()
  await owner.insert(decisions).values({
    id: decisionId,
    act: 'suspend',
    subjectKind: 'person',
    subjectId: before.personId,
    targetHandleId: before.handleId,
    decidedBy: dara.personId,
    ...stated(),
  })
  await owner.insert(suspensions).values({ id: newId(), personId: before.personId, decisionId })
  const ada = await refreshed(before)
  expect(ada.suspended).toBe(true)

  expect((await vaultFile(ada)).attributes).toMatchObject([{ key: 'role' }])
  expect((await myReadings(ada, null)).readings).toHaveLength(1)
  expect((await receiptFile(ada, id)).file).toContain('"signatures"')
  const { negotiationId } = await profferTerms(ada, vendor.slug)
  expect((await agreementFile(ada, negotiationId)).file).toContain('"signatures"')
  await preferTerms(ada, { reach: 'SD-BASE', portable: 'on', furthest: 'SD-BASE', furthestPortable: 'on', agent: 'asks', beyond: 'refuse' })
  expect((await myTerms(ada)).preference).toMatchObject({ agentAccepts: false, beyond: 'refuse' })
  expect((await myAttestations(ada)).held).toEqual([])
  await revokeGrant(ada, id)
  expect(await readGranted(dara, ada.personId, vendor.id, 'answer')).toEqual([])
  await endAgreement(ada, vendor.slug)
  await removeAttribute(ada, 'role')
  expect((await myVault(ada)).fields).toBe(0)
  expect(await appeal(ada, decisionId, { body: 'It was somebody else who wrote this.' })).toHaveProperty('appealId')
})
