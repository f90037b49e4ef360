import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { transaction } from '~/db/client'
import * as schema from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { askErasure, eraseDue } from '~/server/erasure'
import { countCommunities, figuresOf, levelsPage, raiseLevel, reviewLevels, setWeights } from '~/server/insight'
import { LevelWeightsInput } from '~/server/insight/input'
import { inboxPage, notifyWhoIsTold } from '~/server/notifications'
import { setClock } from '~/server/platform/clock'
import { acceptAnswer, answerQuestion, askQuestion, commentOn } from '~/server/threads'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, aStaffMember, aVendor, owner, refreshed, trusted } from '../support/cast'
import { following } from '../support/following'

afterEach(() => setClock(null))
const followed = following(async (event) => {
  if (['question.asked', 'question.answered', 'post.commented', 'answer.accepted'].includes(event.kind)) await raiseLevel(event)
  await notifyWhoIsTold(event)
})

/** A room of a vendor’s, with Mia and Chen in it, and Dara who serves the vendor. */
async function aRoom() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const members = await Promise.all(['Mia', 'Chen', 'Bo'].map(async (name) => trusted(await aMember(name))))
  const [, , bo] = members
  const room = await aCommunity({ hostVendorId: vendor.id, members: [...members, dara], moderators: bo ? [bo] : [] })
  const [mia, chen, moderator, staff] = await Promise.all([...members, dara].map(refreshed))
  if (!mia || !chen || !moderator || !staff) throw new Error('Somebody is missing')
  const asked = async (by: PersonViewer, title: string) =>
    askQuestion(by, room.slug, { title, body: 'It is not said anywhere.', tags: [], product: undefined })
  return { vendor, room, mia, chen, bo: moderator, dara: staff, asked }
}
/** What was written just now was written then. */
async function happenedOn(postId: string, day: string) {
  await owner
    .update(schema.posts)
    .set({ createdAt: new Date(`${day}T10:00:00Z`) })
    .where(eq(schema.posts.id, postId))
}
const levelOf = async (viewer: PersonViewer, slug: string) => (await levelsPage(viewer, slug)).mine
const at = (day: string) => setClock(new Date(`${day}T12:00:00Z`))

test('A2: an accepted answer after two active days is Participating I the same day, with both reasons; five silent weeks change nothing until the review, which tells', async () => {
  const { room, mia, chen, bo, dara, asked } = await aRoom()
  at('2027-05-18')
  const { threadId, postId } = await asked(chen, 'How long does the index take?')
  await happenedOn(postId, '2027-05-17')
  const comment = await commentOn(mia, postId, { body: 'I wonder, too.' })
  await happenedOn(comment.postId, '2027-05-17')
  await followed()
  expect(await levelOf(mia, room.slug)).toMatchObject({ level: 'exploring', rung: 2 })
  const answer = await answerQuestion(mia, threadId, { body: 'An hour for each thousand.' })
  await happenedOn(answer.postId, '2027-05-18')
  await followed()
  expect(await levelOf(mia, room.slug)).toMatchObject({ level: 'participating', rung: 3, reachedOn: '2027-05-18' })
  await acceptAnswer(chen, answer.postId)
  await owner
    .update(schema.answerAcceptances)
    .set({ acceptedAt: new Date('2027-05-18T11:00:00Z') })
    .where(eq(schema.answerAcceptances.threadId, threadId))
  await followed()

  const high = {
    step: 6,
    level: 'participating',
    rung: 1,
    reachedOn: '2027-05-18',
    reasons: [
      { kind: 'act', act: 'accepted', weight: 6, day: '2027-05-18', reaches: { level: 'participating', rung: 1 } },
      { kind: 'presence', period: 'week', days: 2, running: 1, step: 4, reaches: { level: 'participating', rung: 3 } },
    ],
  }
  expect(await levelOf(mia, room.slug)).toEqual(high)
  // Theirs alone: nobody else is shown it, and no page or statement of anybody else has it.
  expect((await levelsPage(visitor, room.slug)).mine).toBeNull()
  for (const other of [chen, bo, dara]) {
    expect((await levelsPage(other, room.slug)).mine?.step).not.toBe(6)
    const rows = await transaction(other, (tx) => tx.execute(sql`select * from member_levels where handle_id = ${mia.handleId}`))
    expect([...rows]).toEqual([])
  }

  // Silent for five weeks: it stays, until the first day of the next quarter.
  for (const day of ['2027-06-22', '2027-06-30']) {
    at(day)
    await reviewLevels()
    expect(await levelOf(mia, room.slug)).toEqual(high)
  }
  at('2027-07-01')
  await reviewLevels()
  await reviewLevels()
  expect(await levelOf(mia, room.slug)).toMatchObject({ step: 5, level: 'participating', rung: 2, reachedOn: '2027-07-01' })
  await followed()
  expect(JSON.stringify(await inboxPage(mia, {} as never))).toContain('level.fell')
  // A step a review, and after a year nothing of it is left.
  at('2027-10-01')
  await reviewLevels()
  expect(await levelOf(mia, room.slug)).toMatchObject({ step: 4 })
  at('2028-07-01')
  await reviewLevels()
  expect(await levelOf(mia, room.slug)).toBeNull()
})

test('members, participants, the busiest tenth and the gap between visits are told, and are the same without what staff wrote', async () => {
  const { room, mia, chen, dara, asked } = await aRoom()
  at('2027-05-18')
  const question = await asked(chen, 'Who keeps the keys?')
  await happenedOn(question.postId, '2027-05-02')
  for (const day of ['2027-05-03', '2027-05-07', '2027-05-17']) {
    const { postId } = await commentOn(mia, question.postId, { body: `Seen on ${day}.` })
    await happenedOn(postId, day)
  }
  const byStaff = []
  for (let day = 1; day <= 14; day += 1) {
    const { postId } = await commentOn(dara, question.postId, { body: `We look at it, day ${day}.` })
    byStaff.push(postId)
    await happenedOn(postId, `2027-05-${String(day).padStart(2, '0')}`)
  }
  await followed()
  await countCommunities()
  const figures = await figuresOf(room.id)
  // Mia wrote three of four; her gaps are four and ten days.
  expect(figures).toEqual({ day: '2027-05-18', members: 3, participants: 2, busiestTenth: 0.75, medianGapDays: 7 })
  expect(await levelOf(dara, room.slug)).toBeNull()
  const before = await levelOf(mia, room.slug)

  for (const postId of byStaff) await owner.execute(sql`delete from posts where id = ${postId}`)
  await countCommunities()
  expect(await figuresOf(room.id)).toEqual(figures)
  expect(await levelOf(mia, room.slug)).toEqual(before)
})

test('who looks after a community says what acts weigh, from a day to come; what was done before weighs what it did', async () => {
  const { room, mia, chen, bo, asked } = await aRoom()
  const input = { asked: '7', answered: '4', accepted: '6', commented: '2', proposed: '3', replied: '2', review: '1', from: '2027-06-01' }
  at('2027-05-18')
  await expect(setWeights(mia, room.slug, LevelWeightsInput.parse(input))).rejects.toThrow(Forbidden)
  await expect(setWeights(bo, room.slug, LevelWeightsInput.parse({ ...input, from: '2027-05-18' }))).rejects.toMatchObject({
    fields: { from: 'levels.past' },
  })
  await setWeights(bo, room.slug, LevelWeightsInput.parse(input))
  await expect(setWeights(bo, room.slug, LevelWeightsInput.parse(input))).rejects.toMatchObject({ fields: { from: 'levels.comesAlready' } })
  expect(await levelsPage(mia, room.slug)).toMatchObject({
    weights: { asked: 3 },
    reviewMonths: 3,
    coming: { version: 1, effectiveOn: '2027-06-01' },
  })

  const early = await asked(mia, 'What was it called before?')
  await happenedOn(early.postId, '2027-05-18')
  at('2027-06-02')
  const comment = await commentOn(mia, early.postId, { body: 'Nobody?' })
  await happenedOn(comment.postId, '2027-06-02')
  const late = await asked(chen, 'What is it called now?')
  await happenedOn(late.postId, '2027-06-02')
  await followed()
  expect(await levelOf(mia, room.slug)).toMatchObject({ step: 3 })
  expect(await levelOf(chen, room.slug)).toMatchObject({ level: 'contributing', rung: 3 })
  expect(await levelsPage(mia, room.slug)).toMatchObject({ weights: { asked: 7 }, reviewMonths: 1, nextReview: '2027-07-01', coming: null })
  expect(LevelWeightsInput.safeParse({ ...input, asked: '13' }).success).toBe(false)
  const denied = { cause: { code: '42501' } }
  for (const statement of [
    sql`update level_weights set effective_on = '2020-01-01' where community_id = ${room.id}`,
    sql`insert into member_levels values (${room.id}, ${bo.handleId}, 12, now(), now(), '[]')`,
  ])
    await expect(transaction(bo, (tx) => tx.execute(statement))).rejects.toMatchObject(denied)
})

test('a level goes with its person, and is not there where the community is not', async () => {
  const { room, mia, asked } = await aRoom()
  await asked(mia, 'Is anybody here?')
  await followed()
  expect(await levelOf(mia, room.slug)).toMatchObject({ step: 3 })
  await countCommunities()
  const before = await figuresOf(room.id)
  const closed = await aCommunity({ access: 'invitation' })
  await expect(levelsPage(mia, closed.slug)).rejects.toThrow(NotFound)
  const me = { ...mia, proved: true }
  await askErasure(me, { posts: 'nameless', credit: undefined, when: 'now', handle: me.handle } as Parameters<typeof askErasure>[1])
  await eraseDue()
  expect(await owner.select().from(schema.memberLevels).where(eq(schema.memberLevels.handleId, mia.handleId))).toEqual([])
  expect(await figuresOf(room.id)).toEqual(before)
  expect(before?.participants).toBe(1)
})
