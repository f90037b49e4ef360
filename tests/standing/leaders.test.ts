import { expect, test } from 'vitest'
import { reputationSums } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { decideOnPerson } from '~/server/moderation'
import { now } from '~/server/platform/clock'
import { chooseRanking, leadersPage, ownStanding, reputationOf } from '~/server/standing'
import { monthOf } from '~/server/standing/rules'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { aCommunity, aMember, anOperator, aStaffMember, aVendor, owner } from '../support/cast'

/** A room where everybody has earned something: Chen most, Amina and Jun the same, Dara of the vendor more than all. */
async function aRoom(access: 'open' | 'invitation' = 'open') {
  const vendor = await aVendor()
  const [amina, chen, jun, dara] = await Promise.all([aMember('Amina'), aMember('Chen'), aMember('Jun'), aStaffMember(vendor)])
  const room = await aCommunity({ access, hostVendorId: vendor.id, members: [amina, chen, jun] })
  const earned = async (person: PersonViewer, points: number, period: string) =>
    owner.insert(reputationSums).values({ communityId: room.id, handleId: person.handleId, period, points })
  for (const [person, points] of [
    [amina, 20],
    [chen, 50],
    [jun, 20],
    [dara, 90],
  ] as const)
    await earned(person, points, 'all')
  await earned(amina, 5, monthOf(now()))
  return { room, amina, chen, jun, dara }
}
const namesIn = async (viewer: Viewer, slug: string, period: string | null = 'all') =>
  (await leadersPage(viewer, slug, period)).members.map(({ rank, who }) => `${rank} ${who.displayName}`)

test('members among themselves, staff apart, equals side by side; a month by itself', async () => {
  const { room } = await aRoom()
  const page = await leadersPage(visitor, room.slug, 'all')
  expect(page.members.map(({ rank, who, points }) => `${rank} ${who.displayName} ${points}`).sort()).toEqual([
    '1 Chen 50',
    '2 Amina 20',
    '2 Jun 20',
  ])
  expect(page.staff.map(({ rank, who }) => `${rank} ${who.displayName}`)).toEqual(['1 Dara'])
  expect(await namesIn(visitor, room.slug, null)).toEqual(['1 Amina'])
})

test('who does not want to be ranked is in no list, leaves no gap, and has their page without it; twice is once', async () => {
  const { room, chen } = await aRoom()
  await chooseRanking(chen, false)
  await chooseRanking(chen, false)
  expect((await namesIn(visitor, room.slug)).sort()).toEqual(['1 Amina', '1 Jun'])
  expect(await reputationOf(visitor, chen.handle)).toBeNull()
  expect((await ownStanding(chen)).points).toBe(50)
  await chooseRanking(chen, true)
  expect(await reputationOf(visitor, chen.handle)).toBe(50)
})

test('who is suspended stands in no list', async () => {
  const { room, chen } = await aRoom()
  await decideOnPerson(await anOperator(), chen.handle, null, {
    ...{ act: 'suspend', rule: 'civil', facts: 'Insulted three people.', why: 'It is about persons.', days: '7' },
  })
  expect((await namesIn(visitor, room.slug)).sort()).toEqual(['1 Amina', '1 Jun'])
})

test('a private room shows its list to nobody outside it', async () => {
  const { room } = await aRoom('invitation')
  await expect(leadersPage(visitor, room.slug, 'all')).rejects.toThrow(NotFound)
  await expect(leadersPage(await aMember('Mateo'), room.slug, null)).rejects.toThrow(NotFound)
})

test('only the first twenty', async () => {
  const room = await aCommunity()
  const crowd = await Promise.all(Array.from({ length: 22 }, (_, n) => aMember(`Crowd${n}`)))
  for (const [n, one] of crowd.entries())
    await owner.insert(reputationSums).values({ communityId: room.id, handleId: one.handleId, period: 'all', points: n + 1 })
  expect(await namesIn(visitor, room.slug)).toHaveLength(20)
})
