import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { posts, relationshipContests, threads, vendors, vendorStaff } from '~/db/schema'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { handlesShown } from '~/server/accounts'
import {
  answerContest,
  answerState,
  askWhy,
  assignTask,
  contestRecord,
  finishTask,
  keepRelationship,
  answersOwed,
  myRecords,
  noteOnRelationship,
  ownRecordPage,
  peopleOf,
  proposeState,
  relationshipFacts,
  staffRecordPage,
} from '~/server/relationships'
import { startHandOff } from '~/server/hand-offs'
import { lateObligations } from '~/server/revocations'
import { giveGrant, keepAttribute, myReadings, revokeGrant } from '~/server/vault'
import { threadPage } from '~/server/threads'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import type { Happened } from '~/server/events'
import { aCommunity, aMember, anOperator, aStaffMember, aVendor, owner } from '../support/cast'
import { following } from '../support/following'

const caughtUp = following(keepRelationship)
const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

async function aQuestionToAVendor(access: 'open' | 'invitation' = 'open', hosted = true) {
  const vendor = await aVendor()
  const [amina, chen, dara] = await Promise.all([aMember('Amina'), aMember('Chen'), aStaffMember(vendor)])
  const room = await aCommunity({ access, hostVendorId: hosted ? vendor.id : undefined, members: [amina, chen] })
  const threadId = newId()
  const [thread] = await owner
    .insert(threads)
    .values({ id: threadId, communityId: room.id, kind: 'question', title: 'Deleted messages come back', handleId: amina.handleId })
    .returning()
  const opening = await aPost(threadId, amina, 'opening')
  const ids = { communityId: room.id, threadId, vendorId: vendor.id }
  const says = (person: PersonViewer, kind: 'question.asked' | 'question.answered' | 'answer.accepted', postId: string) =>
    transaction(person, (tx) => record(tx, person, kind, { ...ids, postId }))
  await says(amina, 'question.asked', opening)
  await caughtUp()
  return { vendor, amina, chen, dara, room, thread, ids, opening, says }
}

async function aPost(threadId: string, person: PersonViewer, kind: 'opening' | 'answer') {
  const id = newId()
  await owner.insert(posts).values({ id, threadId, kind, handleId: person.handleId, markdown: 'x', html: '<p>x</p>' })
  return id
}

async function recordOf(dara: PersonViewer, vendor: { slug: string }, person: PersonViewer): Promise<string> {
  const { people } = await peopleOf(dara, vendor.slug, { search: person.handle, before: null })
  return people[0]?.id ?? ''
}
const open = (staff: PersonViewer, id: string, purpose: string | null = null) => staffRecordPage(staff, id, { before: null, purpose })
const told = (page: { timeline: { entries: { side: string; kind: string }[] } }) =>
  page.timeline.entries.map((entry) => `${entry.side} ${entry.kind}`)

test('who asks in a vendor’s room has a record there, under the handle alone', async () => {
  const { vendor, amina, dara } = await aQuestionToAVendor()
  await keepAttribute(amina, 'real-name', { value: 'Amina Haddad' })
  const page = await open(dara, await recordOf(dara, vendor, amina))
  expect(page.member?.handle).toBe(amina.handle)
  expect(page.theirs).toMatchObject({ values: [], name: null, organisation: null })
  expect(told(page)).toEqual(['theirs question.asked'])
  expect(page.timeline.entries[0]?.about).toMatchObject({ kind: 'thread', title: 'Deleted messages come back' })
  expect(JSON.stringify(page)).not.toMatch(/@people\.example|Haddad/)
  expect(JSON.stringify(page)).not.toContain(amina.personId)
})

test('what members do stands on theirs, what staff answer stands on the asker’s as ours, and staff have no record with their own vendor', async () => {
  const { vendor, amina, chen, dara, ids, says } = await aQuestionToAVendor()
  const fromChen = await aPost(ids.threadId, chen, 'answer')
  await says(chen, 'question.answered', fromChen)
  await says(dara, 'question.answered', await aPost(ids.threadId, dara, 'answer'))
  await says(amina, 'answer.accepted', fromChen)
  await caughtUp()

  expect(told(await open(dara, await recordOf(dara, vendor, amina)))).toEqual([
    'theirs answer.accepted',
    'ours question.answered',
    'theirs question.asked',
  ])
  expect(told(await open(dara, await recordOf(dara, vendor, chen)))).toEqual(['independent answer.accepted', 'theirs question.answered'])
  expect(await recordOf(dara, vendor, dara)).toBe('')
})

test('an event that arrives twice is one entry', async () => {
  const { vendor, amina, dara, ids, opening } = await aQuestionToAVendor()
  const event = {
    id: newId(),
    kind: 'question.asked',
    occurredAt: new Date(),
    actorHandleId: amina.handleId,
    payload: { ...ids, postId: opening },
  } as Happened
  expect(await keepRelationship(event)).toEqual(await keepRelationship(event))
  expect((await open(dara, await recordOf(dara, vendor, amina))).timeline.entries).toHaveLength(2)
})

test('what happens in a closed room that is not the vendor’s is not the vendor’s to know', async () => {
  const { vendor, amina, dara } = await aQuestionToAVendor('invitation', false)
  expect(await recordOf(dara, vendor, amina)).toBe('')
})

test('for staff of another vendor, other members and visitors the record does not exist', async () => {
  const { vendor, amina, chen, dara } = await aQuestionToAVendor()
  const joost = await aStaffMember(await aVendor('Halyard'), 'Joost')
  const id = await recordOf(dara, vendor, amina)
  for (const other of [joost, chen]) {
    await expect(open(other, id)).rejects.toThrow(NotFound)
    await expect(noteOnRelationship(other, id, { body: 'x' })).rejects.toThrow(NotFound)
    await expect(assignTask(other, id, { what: 'x', owner: dara.handle, due: in30Days })).rejects.toThrow(NotFound)
    await expect(proposeState(other, id, { state: 'customer' })).rejects.toThrow(NotFound)
    await expect(peopleOf(other, vendor.slug, { search: '', before: null })).rejects.toThrow(Forbidden)
    expect(await relationshipFacts(other, id)).toBeNull()
  }
  expect(await relationshipFacts(amina, id)).toMatchObject({ vendorId: vendor.id, handleId: amina.handleId })
  expect(await relationshipFacts({ kind: 'visitor' }, id)).toBeNull()
  await expect(open(amina, id)).rejects.toThrow(NotFound)
  await expect(ownRecordPage(chen, vendor.slug, null)).rejects.toThrow(NotFound)
})

test('opening the record reads what was granted, and the person sees that it was read', async () => {
  const { vendor, amina, dara } = await aQuestionToAVendor()
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  await keepAttribute(amina, 'real-name', { value: 'Amina Haddad' })
  const forAnswer = await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })
  await giveGrant(amina, { vendor: vendor.slug, attributes: ['real-name'], purpose: 'relationship', until: in30Days })
  const id = await recordOf(dara, vendor, amina)

  const page = await open(dara, id)
  expect(page.theirs.values.map((value) => [value.key, value.value, value.purpose])).toEqual([
    ['real-name', 'Amina Haddad', 'relationship'],
    ['role', 'Office lead', 'answer'],
  ])
  expect(page.theirs.name).toBe('Amina Haddad')
  expect(page.theirs.dark).toEqual([])
  expect(page.refused).toBe(false)
  expect((await open(dara, id, 'offer')).refused).toBe(true)

  await caughtUp()
  const mine = await ownRecordPage(amina, vendor.slug, null)
  expect(mine.didRead.map((reading) => reading.key).sort()).toEqual(['real-name', 'role'])
  expect(mine.timeline.entries.filter((entry) => entry.kind === 'vault.read')).toHaveLength(2)

  await revokeGrant(amina, forAnswer)
  const after = (await open(dara, id)).theirs
  expect(after.dark).toEqual(['role'])
  expect(JSON.stringify(after)).not.toContain('Office lead')
})

test('the person sees that there are notes, not what they say, and the tasks with their owners', async () => {
  const { vendor, amina, dara } = await aQuestionToAVendor()
  const id = await recordOf(dara, vendor, amina)
  await noteOnRelationship(dara, id, { body: 'Prefers a call before noon' })
  const taskId = await assignTask(dara, id, { what: 'Sets up trial seats', owner: dara.handle, due: in30Days })
  await expect(assignTask(dara, id, { what: 'x', owner: amina.handle, due: in30Days })).rejects.toMatchObject({
    fields: { owner: 'notChoice' },
  })
  await expect(assignTask(dara, id, { what: 'x', owner: dara.handle, due: '2020-01-01' })).rejects.toMatchObject({
    fields: { due: 'past' },
  })
  await finishTask(dara, id, taskId)
  await finishTask(dara, id, taskId)
  await caughtUp()

  const mine = await ownRecordPage(amina, vendor.slug, null)
  expect(mine.noteCount).toBe(1)
  expect(JSON.stringify(mine)).not.toContain('before noon')
  expect(mine.tasks).toMatchObject([{ what: 'Sets up trial seats', owner: { displayName: 'Dara' } }])
  expect(told(mine)).toEqual(['ours task.done', 'ours task.assigned', 'ours relationship.noted', 'theirs question.asked'])
  expect((await open(dara, id)).notes).toMatchObject([{ body: 'Prefers a call before noon', author: { displayName: 'Dara' } }])
})

test('somebody is a verified customer once both sides say so', async () => {
  const { vendor, amina, chen, dara } = await aQuestionToAVendor()
  const id = await recordOf(dara, vendor, amina)
  const seat = async () => (await handlesShown([amina.handleId], { vendorId: vendor.id })).get(amina.handleId)?.seat.kind
  await proposeState(dara, id, { state: 'customer' })
  await expect(proposeState(dara, id, { state: 'customer' })).rejects.toThrow(Conflict)
  expect(await seat()).toBe('member')

  const stateId = (await ownRecordPage(amina, vendor.slug, null)).states[0]?.id ?? ''
  await expect(answerState(chen, vendor.slug, { stateId, answer: 'confirm' })).rejects.toThrow(NotFound)
  await answerState(amina, vendor.slug, { stateId, answer: 'confirm' })
  expect(await seat()).toBe('customer')

  await answerState(amina, vendor.slug, { stateId, answer: 'decline' })
  expect(await seat()).toBe('member')
})

test('the person contests, the vendor answers once', async () => {
  const { vendor, amina, dara } = await aQuestionToAVendor()
  const id = await recordOf(dara, vendor, amina)
  await contestRecord(amina, vendor.slug, { about: 'Decision maker', body: 'I advise the board.' })
  const contest = (await open(dara, id)).contests[0]
  expect(contest).toMatchObject({ about: 'Decision maker', answer: null })
  await answerContest(dara, id, contest?.id ?? '', { answer: 'Corrected.' })
  await expect(answerContest(dara, id, contest?.id ?? '', { answer: 'Again.' })).rejects.toThrow(Conflict)
  expect((await ownRecordPage(amina, vendor.slug, null)).contests).toMatchObject([
    { answer: 'Corrected.', answeredBy: { displayName: 'Dara' } },
  ])
  await expect(answerContest(dara, id, newId(), { answer: 'x' })).rejects.toThrow(NotFound)
})

test('a person finds the vendors that hold a record, and no others', async () => {
  const { vendor, amina, chen } = await aQuestionToAVendor()
  expect((await myRecords(amina)).records.map((it) => it.slug)).toEqual([vendor.slug])
  expect((await myRecords(chen)).records).toEqual([])
})

test('a record always has an owner among those who serve the vendor, and the person sees who', async () => {
  const { vendor, amina, dara } = await aQuestionToAVendor()
  const edda = await aStaffMember(vendor, 'Edda')
  const id = await recordOf(dara, vendor, amina)

  await startHandOff(edda, { relationshipId: id }, { to: edda.handle, hours: 60, why: undefined, checklist: [] })
  expect((await ownRecordPage(amina, vendor.slug, null)).record.owner?.handle).toBe(edda.handle)

  await owner.update(vendors).set({ defaultOwnerId: dara.personId }).where(eq(vendors.id, vendor.id))
  await owner.update(vendorStaff).set({ endedAt: new Date() }).where(eq(vendorStaff.personId, edda.personId))
  expect((await ownRecordPage(amina, vendor.slug, null)).record.owner?.handle).toBe(dara.handle)
  expect((await peopleOf(dara, vendor.slug, { search: '', before: null })).people[0]?.owner?.handle).toBe(dara.handle)
})

test('who asks for what no grant covers is shown nothing, and the person sees that they asked', async () => {
  const { vendor, amina, dara } = await aQuestionToAVendor()
  const id = await recordOf(dara, vendor, amina)
  const asks = (purpose: string) => staffRecordPage(dara, id, { before: null, purpose })
  expect((await staffRecordPage(dara, id, { before: null, purpose: null })).refused).toBe(false)
  expect((await asks('banana')).refused).toBe(true)
  expect((await myReadings(amina, null)).readings).toEqual([])

  expect((await asks('offer')).refused).toBe(true)
  await asks('offer')
  await caughtUp()
  expect((await myReadings(amina, null)).readings).toMatchObject([
    { refused: true, purpose: 'offer', times: 2, reader: { handle: dara.handle }, vendorName: vendor.name },
  ])
  expect((await ownRecordPage(amina, vendor.slug, null)).timeline.entries.filter(({ kind }) => kind === 'vault.refused')).toHaveLength(1)
  expect((await myReadings(dara, null)).readings).toEqual([])
})

test('staff find the record of whoever asks at the question itself, and nobody else does', async () => {
  const { amina, chen, dara, room, thread } = await aQuestionToAVendor()
  const seenBy = async (viewer: Viewer) =>
    (await threadPage(viewer, { slug: room.slug, number: String(thread?.number), order: 'helpful' })).askerRecord
  const record = await seenBy(dara)
  expect(await relationshipFacts(dara, record ?? '')).toMatchObject({ handleId: amina.handleId })
  expect([await seenBy(amina), await seenBy(chen), await seenBy(visitor), await seenBy(await aStaffMember(await aVendor()))]).toEqual([
    null,
    null,
    null,
    null,
  ])
})

test('“why do you have this?” is asked once of a field that was granted, is due in a fortnight, and the answer stays', async () => {
  const { vendor, amina, chen, dara } = await aQuestionToAVendor()
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })
  await askWhy(amina, vendor.slug, { field: 'role' })
  await askWhy(amina, vendor.slug, { field: 'role' })
  await expect(askWhy(amina, vendor.slug, { field: 'phone' })).rejects.toThrow(NotFound)
  await expect(askWhy(chen, vendor.slug, { field: 'role' })).rejects.toThrow(NotFound)
  const mine = async () => (await ownRecordPage(amina, vendor.slug, null)).contests
  expect(await mine()).toMatchObject([{ kind: 'why', about: 'role', late: false, answer: null }])
  expect((await mine())[0]?.dueAt.getTime()).toBeGreaterThan(Date.now() + 13 * 86_400_000)

  const [{ id = '' } = {}] = await mine()
  await owner
    .update(relationshipContests)
    .set({ dueAt: new Date(Date.now() - 86_400_000) })
    .where(eq(relationshipContests.id, id))
  expect(await mine()).toMatchObject([{ late: true }])
  expect((await lateObligations(await anOperator())).filter(({ slug }) => slug === vendor.slug)).toEqual([
    { slug: vendor.slug, name: vendor.name, kind: 'answer', late: 1 },
  ])
  expect(await answersOwed(dara, vendor.slug)).toMatchObject([
    { id, kind: 'why', about: 'role', late: true, member: { handle: amina.handle } },
  ])
  await expect(answersOwed(chen, vendor.slug)).rejects.toThrow(Forbidden)
  await expect(lateObligations(dara)).rejects.toThrow(Forbidden)
  await answerContest(dara, await recordOf(dara, vendor, amina), id, { answer: 'To send the fix for your version.' })
  expect(await mine()).toMatchObject([{ late: false, answer: 'To send the fix for your version.' }])
  expect((await lateObligations(await anOperator())).filter(({ slug }) => slug === vendor.slug)).toEqual([])
  expect(await answersOwed(dara, vendor.slug)).toEqual([])
  await expect(
    transaction(dara, (tx) => tx.update(relationshipContests).set({ dueAt: new Date() }).where(eq(relationshipContests.id, id))),
  ).rejects.toThrow()
})
