import { afterEach, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { portalSettings, relationships, totpSecrets } from '~/db/schema'
import { endRequirement, requirementPage, requireSecondStep, turnOffApp } from '~/server/accounts'
import { Conflict, Forbidden } from '~/server/errors'
import { ideaPage, voteForIdea } from '~/server/ideas'
import { authorize, can, mustBeFound } from '~/server/policy'
import { mayEnter } from '~/server/rooms'
import type { PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, anOperator, aPortalModerator, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { anIdea } from '../ideas/scene'
import { fieldsOf } from './support'

afterEach(() => owner.delete(portalSettings))

async function withSecondStep(person: PersonViewer) {
  await owner.insert(totpSecrets).values({ personId: person.personId, sealedSecret: 'sealed', lastStep: 0 })
  return refreshed(person)
}

const refusalOf = (act: () => void) => {
  try {
    act()
  } catch (error) {
    return (error as Forbidden).key
  }
  return null
}

test('when operators require it, a role without a second step is none, on pages and on sockets', async () => {
  const olu = await withSecondStep(await anOperator())
  const vendor = await aVendor()
  const people = [await aStaffMember(vendor), await aPortalModerator(), await anOperator('Ola')]
  const bo = await aMember('Bo')
  const room = await aCommunity({ access: 'invitation', moderators: [bo] })
  const queue = `queue:${room.id}`
  const [dara, portalModerator, ola] = people as [PersonViewer, PersonViewer, PersonViewer]
  expect(await mayEnter(await refreshed(bo), queue)).toBe(true)

  await requireSecondStep(olu)
  await requireSecondStep(olu)

  const asBo = await refreshed(bo)
  const where = { communityId: room.id, access: 'invitation' as const }
  expect(can(asBo, 'queue.view', where)).toBe(false)
  expect(can(asBo, 'community.read', where)).toBe(false)
  expect(refusalOf(() => mustBeFound(asBo, 'queue.view', where))).toBe('secondStepFirst')
  expect(await mayEnter(asBo, queue)).toBe(false)
  expect(refusalOf(() => authorize(asBo, 'queue.view', where))).toBe('secondStepFirst')
  const asDara = await refreshed(dara)
  expect(asDara.staffOf).toEqual([])
  expect(asDara.everStaffOf).toEqual([vendor.id])
  expect(refusalOf(() => authorize(asDara, 'relationship.view', { vendorId: vendor.id }))).toBe('secondStepFirst')
  expect(can(await refreshed(portalModerator), 'recommendation-queue.view', null)).toBe(false)
  expect(can(await refreshed(ola), 'operate.view', null)).toBe(false)
  const jun = await aMember('Jun')
  expect(refusalOf(() => authorize(jun, 'operate.view', null))).toBe('forbidden')

  expect(can(await withSecondStep(bo), 'queue.view', where)).toBe(true)
  expect(can(olu, 'operate.view', null)).toBe(true)
  const page = await requirementPage(await refreshed(olu))
  expect(page.since).not.toBeNull()
  expect(page.names.map((who) => who.handle)).toContain(dara.handle)

  await endRequirement(await refreshed(olu))
  expect(can(await refreshed(ola), 'operate.view', null)).toBe(true)
})

test('who has a role and must have a second step cannot turn it off', async () => {
  const olu = await withSecondStep(await anOperator())
  await requireSecondStep(olu)
  await expect(turnOffApp(await refreshed(olu))).rejects.toThrow(Conflict)
})

test('an operator without one cannot require it, and nobody else can at all', async () => {
  const olu = await anOperator()
  expect(await fieldsOf(requireSecondStep(olu))).toEqual({ form: 'secondStep.yoursFirst' })
  await expect(requireSecondStep(await aPortalModerator())).rejects.toThrow(Forbidden)
  await expect(requirementPage(await aMember())).rejects.toThrow(Forbidden)
})

test('the database puts such a role aside as well: what it opens by row-level security alone is closed', async () => {
  const olu = await withSecondStep(await anOperator())
  const { amina, chen, dara, bo, vendor, idea } = await anIdea()
  await voteForIdea(chen, idea.threadId, { why: 'Forty people wait for it.' })
  await owner
    .insert(relationships)
    .values({ id: newId(), vendorId: vendor.id, handleId: amina.handleId, since: new Date(), lastAt: new Date() })
  const whysFor = async (who: PersonViewer) => (await ideaPage(await refreshed(who), idea.threadId)).whys.length
  const recordsFor = (who: PersonViewer) =>
    transaction(who, async (tx) => (await tx.execute(sql`select 1 from relationships where vendor_id = ${vendor.id}::uuid`)).length)
  expect([await whysFor(dara), await whysFor(bo), await recordsFor(dara)]).toEqual([1, 1, 1])

  await requireSecondStep(olu)
  expect([await whysFor(dara), await whysFor(bo), await recordsFor(dara)]).toEqual([0, 0, 0])
  for (const who of [dara, bo]) await withSecondStep(who)
  expect([await whysFor(dara), await whysFor(bo), await recordsFor(dara)]).toEqual([1, 1, 1])
})
