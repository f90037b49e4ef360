import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { accessRecords, handles, ideaVotesOnBehalf, notifications, relationships } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  ideaPage,
  onBehalfPage,
  proposeIdea,
  takeIdeaVoteBack,
  voteForIdea,
  voteOnBehalf,
  wantedByPage,
  withdrawVoteOnBehalf,
} from '~/server/ideas'
import { notifyWhoIsTold } from '~/server/notifications'
import { mergeThreads, voteOn } from '~/server/threads'
import { giveGrant, keepAttribute, revokeGrant } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aCommunity, aStaffMember, aVendor, owner, refreshed, unique } from '../support/cast'
import { kindsIn, lastEventIn, threadRow } from '../threads/scene'
import { anIdea, anIdeaOf } from './scene'

const SAID = 'On the phone on 3 November: it keeps the team from moving.'

async function known(vendor: { id: string }, who: PersonViewer) {
  const [row] = await owner
    .insert(relationships)
    .values({ id: newId(), vendorId: vendor.id, handleId: who.handleId, since: new Date(), lastAt: new Date() })
    .returning()
  return (row as { id: string }).id
}

async function aCustomer() {
  const scene = await anIdea()
  return { ...scene, record: await known(scene.vendor, scene.chen), votes: async () => (await threadRow(scene.idea.threadId)).score }
}

test('staff enter the vote of somebody in their records, who is told and reads what was written', async () => {
  const { chen, dara, idea, record, votes } = await aCustomer()
  expect((await onBehalfPage(dara, String(idea.number), '')).people).toEqual([{ id: record, displayName: 'Chen', handle: chen.handle }])
  await Promise.all(Array.from({ length: 10 }, () => voteOnBehalf(dara, idea.threadId, { relationship: record, said: SAID })))
  expect(await votes()).toBe(1)
  expect((await kindsIn(idea.threadId)).filter((kind) => kind === 'idea.voted-on-behalf')).toHaveLength(1)
  const event = await lastEventIn(idea.threadId)
  await notifyWhoIsTold(event)
  expect(await owner.select().from(notifications).where(eq(notifications.interactionId, event.id)).orderBy(notifications.id)).toMatchObject(
    [{ personId: chen.personId, kind: 'idea.voted-on-behalf', why: 'person' }],
  )
  expect((await ideaPage(chen, idea.threadId)).onBehalf).toMatchObject({ said: SAID, vendor: 'Tern Works', by: { displayName: 'Dara' } })
  expect((await ideaPage(dara, idea.threadId)).onBehalf).toBeNull()
})

test('it counts once with their own, and withdrawn it is gone for good while their own stays', async () => {
  const { chen, jun, vendor, dara, idea, record, votes } = await aCustomer()
  await voteOnBehalf(dara, idea.threadId, { relationship: record, said: SAID })
  await withdrawVoteOnBehalf(chen, idea.threadId)
  await withdrawVoteOnBehalf(chen, idea.threadId)
  expect(await votes()).toBe(0)
  await expect(voteOnBehalf(dara, idea.threadId, { relationship: record, said: SAID })).rejects.toThrow(Conflict)
  expect((await kindsIn(idea.threadId)).filter((kind) => kind === 'idea.vote-withdrawn')).toHaveLength(1)

  const ofJun = await known(vendor, jun)
  await voteForIdea(jun, idea.threadId)
  await voteOnBehalf(dara, idea.threadId, { relationship: ofJun, said: SAID })
  expect(await votes()).toBe(1)
  await withdrawVoteOnBehalf(jun, idea.threadId)
  expect(await votes()).toBe(1)
})

test('who votes themselves keeps that vote when what was entered goes; who takes their vote back has taken back both', async () => {
  const { chen, jun, vendor, dara, idea, record, votes } = await aCustomer()
  await voteOnBehalf(dara, idea.threadId, { relationship: record, said: SAID })
  await voteForIdea(chen, idea.threadId)
  await withdrawVoteOnBehalf(chen, idea.threadId)
  expect(await votes()).toBe(1)
  const ofJun = await known(vendor, jun)
  await voteOnBehalf(dara, idea.threadId, { relationship: ofJun, said: SAID })
  await takeIdeaVoteBack(jun, idea.threadId)
  expect(await votes()).toBe(1)
  expect((await ideaPage(jun, idea.threadId)).onBehalf).toBeNull()
})

test('withdrawn after a merge, the vote is gone from both', async () => {
  const { amina, chen, bo, dara, community, idea, record, votes } = await aCustomer()
  const other = await proposeIdea(amina, community.slug, { ...anIdeaOf, title: 'Select several appointments' })
  await voteOnBehalf(dara, other.threadId, { relationship: record, said: SAID })
  await mergeThreads(bo, idea.threadId, { questions: String(other.number) })
  expect(await votes()).toBe(1)
  expect((await ideaPage(chen, idea.threadId)).onBehalf).toMatchObject({ said: SAID })
  await withdrawVoteOnBehalf(chen, idea.threadId)
  expect(await votes()).toBe(0)
})

test('only the staff concerned enter votes, only for their own records, and never where it could not be seen', async () => {
  const { amina, chen, jun, bo, dara, vendor, idea, record } = await aCustomer()
  const halyard = await aVendor('Halyard')
  const joost = await aStaffMember(halyard, 'Joost')
  for (const other of [chen, bo, joost])
    await expect(voteOnBehalf(other, idea.threadId, { relationship: record, said: SAID })).rejects.toThrow(Forbidden)
  const theirs = await known(halyard, jun)
  await expect(voteOnBehalf(dara, idea.threadId, { relationship: theirs, said: SAID })).rejects.toThrow(Invalid)
  await expect(voteOnBehalf(dara, idea.threadId, { relationship: newId(), said: SAID })).rejects.toThrow(Invalid)
  const own = await known(vendor, amina)
  await expect(voteOnBehalf(dara, idea.threadId, { relationship: own, said: SAID })).rejects.toThrow(Invalid)
  await expect(withdrawVoteOnBehalf(jun, idea.threadId)).rejects.toThrow(NotFound)

  const closed = await aCommunity({ access: 'invitation', hostVendorId: vendor.id, members: [amina, dara] })
  const inside = await proposeIdea(await refreshed(amina), closed.slug, anIdeaOf)
  await expect(voteOnBehalf(await refreshed(dara), inside.threadId, { relationship: record, said: SAID })).rejects.toThrow(Invalid)
  expect(await owner.$count(ideaVotesOnBehalf, and(eq(ideaVotesOnBehalf.threadId, inside.threadId)))).toBe(0)
})

test('which accounts want it is shown of those who grant that, and they see that it was read', async () => {
  const { amina, chen, jun, dara, bo, vendor, idea } = await anIdea()
  await voteOn(chen, idea.postId, 1)
  await voteOn(jun, idea.postId, 1)
  for (const who of [chen, jun]) await keepAttribute(who, 'organisation', { value: `The firm of ${who.displayName}` })
  await keepAttribute(chen, 'phone', { value: '+31 6 1234 5678' })
  const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  const id = await giveGrant(chen, { vendor: vendor.slug, attributes: ['organisation', 'phone'], purpose: 'relationship', until })
  expect(await wantedByPage(dara, String(idea.number))).toMatchObject({
    accounts: [{ organisation: 'The firm of Chen', role: null, who: { displayName: 'Chen' } }],
    voters: 2,
    others: 1,
  })
  const read = await owner.select({ key: accessRecords.key }).from(accessRecords).where(eq(accessRecords.personId, chen.personId))
  expect(read).toEqual([{ key: 'organisation' }])
  for (const other of [amina, bo]) await expect(wantedByPage(other, String(idea.number))).rejects.toThrow(Forbidden)
  await revokeGrant(chen, id)
  expect(await wantedByPage(dara, String(idea.number))).toMatchObject({ accounts: [], others: 2 })
})

test('an entered vote does not tell staff which handles are one person', async () => {
  const { amina, dara, vendor, idea, votes } = await aCustomer()
  const other = newId()
  await owner
    .insert(handles)
    .values({ id: other, kind: 'member', personId: amina.personId, handle: unique('other'), displayName: 'Another' })
  const record = await known(vendor, { ...amina, handleId: other })
  await expect(voteOnBehalf(dara, idea.threadId, { relationship: await known(vendor, amina), said: SAID })).rejects.toThrow(Invalid)
  await voteOnBehalf(dara, idea.threadId, { relationship: record, said: SAID })
  expect(await votes()).toBe(0)
})
