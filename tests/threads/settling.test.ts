import { afterEach, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { notifications, threads } from '~/db/schema'
import { Forbidden, Invalid } from '~/server/errors'
import { notifyWhoIsTold } from '~/server/notifications'
import { setClock } from '~/server/platform/clock'
import {
  acceptAnswer,
  answerQuestion,
  commentOn,
  confirmAnswer,
  markAnswer,
  remindAskers,
  threadList,
  threadPage,
  unacceptAnswer,
  unconfirmAnswer,
  unmarkAnswer,
  voteOn,
} from '~/server/threads'
import { visitor, type Viewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'
import { aQuestionWithAnAnswer, eventsIn, kindsIn, lastEventIn, threadRow } from './scene'

afterEach(() => setClock(null))

const DAY = 86_400_000
const later = (days: number) => setClock(new Date(Date.now() + days * DAY))
const pageOf = (viewer: Viewer, { slug, number }: { slug: string; number: number }) =>
  threadPage(viewer, { slug, number: String(number), order: 'helpful' })
const told = async (person: { personId: string }) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, person.personId))).map(({ kind, why }) => `${kind} ${why}`)

/** Amina's question in the room of a vendor, Chen's answer, and Dara of the vendor. */
async function atTheVendors() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  return { ...(await aQuestionWithAnAnswer({ hostVendorId: vendor.id })), vendor, dara }
}

test('a question awaits confirmation three days after an answer that two people found good, until the asker speaks', async () => {
  const { amina, bo, community, question, answer } = await aQuestionWithAnAnswer()
  const stateNow = async () => {
    const list = await threadList(visitor, { communityId: community.id, view: 'new' })
    const { state } = await pageOf(visitor, question)
    expect(list.threads[0]?.state).toBe(state)
    return state
  }
  expect(await stateNow()).toBe('answered')
  await voteOn(bo, answer.postId, 1)
  await voteOn(await aMember('Jun'), answer.postId, 1)
  expect(await stateNow()).toBe('answered')
  later(3.1)
  expect(await stateNow()).toBe('awaiting')
  await commentOn(amina, answer.postId, { body: 'Not yet, I will try again.' })
  expect(await stateNow()).toBe('answered')
  await acceptAnswer(amina, answer.postId)
  expect(await stateNow()).toBe('solved')
})

test('a word of the vendor is as good as two votes', async () => {
  const { dara, question, answer } = await atTheVendors()
  await confirmAnswer(dara, answer.postId)
  expect((await pageOf(visitor, question)).state).toBe('answered')
  later(3.1)
  expect((await pageOf(visitor, question)).state).toBe('awaiting')
})

test('staff of the vendor concerned confirm, once, apart from acceptance, and take it back; nobody else does, nor for themselves', async () => {
  const { amina, chen, bo, dara, question, answer } = await atTheVendors()
  const rival = await aStaffMember(await aVendor('Halyard'), 'Joost')
  for (const viewer of [amina, chen, bo, rival, visitor]) await expect(confirmAnswer(viewer, answer.postId)).rejects.toThrow(Forbidden)
  const own = await answerQuestion(dara, question.threadId, { body: 'From the vendor.' })
  await expect(confirmAnswer(dara, own.postId)).rejects.toThrow(Forbidden)
  await expect(confirmAnswer(dara, question.postId)).rejects.toThrow(Invalid)
  await confirmAnswer(dara, answer.postId)
  await confirmAnswer(dara, answer.postId)
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  const page = await pageOf(amina, question)
  expect(page).toMatchObject({ state: 'answered' })
  expect(page.answers.find(({ postId }) => postId === answer.postId)).toMatchObject({
    accepted: false,
    confirmed: { by: { displayName: 'Dara', seat: { kind: 'staff', vendorName: 'Tern Works' } } },
  })
  expect(await told(chen)).toContain('answer.confirmed answerer')
  expect(await told(amina)).toContain('answer.confirmed asker')
  await unconfirmAnswer(dara, answer.postId)
  await unconfirmAnswer(dara, answer.postId)
  expect((await pageOf(amina, question)).answers.map(({ confirmed }) => confirmed)).toEqual([null, null])
  expect((await kindsIn(question.threadId)).filter((kind) => kind.includes('confirmed'))).toEqual([
    'answer.confirmed',
    'answer.unconfirmed',
  ])
})

test('for a silent asker a moderator or the vendor marks what solved it, shown as theirs; answerer and asker are told', async () => {
  const { amina, chen, bo, dara, question, answer } = await atTheVendors()
  await expect(markAnswer(bo, answer.postId)).rejects.toThrow('thread.askerNotSilent')
  later(3.1)
  for (const viewer of [amina, chen, visitor]) await expect(markAnswer(viewer, answer.postId)).rejects.toThrow(Forbidden)
  expect((await pageOf(dara, question)).answers[0]?.may).toMatchObject({ mark: true, accept: false })
  await markAnswer(dara, answer.postId)
  await markAnswer(bo, answer.postId)
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect(await pageOf(amina, question)).toMatchObject({ state: 'solved', accepted: { as: 'staff', by: { displayName: 'Dara' } } })
  expect(await told(chen)).toEqual(['answer.marked answerer'])
  expect(await told(amina)).toContain('answer.marked asker')
  await unmarkAnswer(bo, answer.postId)
  expect((await pageOf(amina, question)).state).toBe('answered')
  await markAnswer(bo, answer.postId)
  expect(await pageOf(amina, question)).toMatchObject({ accepted: { as: 'moderator', by: { displayName: 'Bo' } } })
  expect((await kindsIn(question.threadId)).slice(2)).toEqual(['answer.marked', 'answer.unmarked', 'answer.marked'])
})

test('the asker takes back within 30 days what was marked for them, and then nobody marks again', async () => {
  const { amina, bo, question, answer } = await aQuestionWithAnAnswer()
  later(4)
  await markAnswer(bo, answer.postId)
  later(33.9)
  await unacceptAnswer(amina, answer.postId)
  expect((await pageOf(amina, question)).state).toBe('answered')
  later(60)
  await expect(markAnswer(bo, answer.postId)).rejects.toThrow('thread.askerReversed')
  expect((await pageOf(bo, question)).answers[0]?.may.mark).toBe(false)
})

test('after 30 days a marking stands; the asker can still make it theirs', async () => {
  const { amina, chen, bo, question, answer } = await aQuestionWithAnAnswer()
  const other = await answerQuestion(chen, question.threadId, { body: 'Or this.' })
  later(4)
  await markAnswer(bo, answer.postId)
  later(34.1)
  await expect(unacceptAnswer(amina, answer.postId)).rejects.toThrow('thread.markedLongAgo')
  await expect(acceptAnswer(amina, other.postId)).rejects.toThrow('thread.markedLongAgo')
  await acceptAnswer(amina, answer.postId)
  expect(await pageOf(amina, question)).toMatchObject({ accepted: { as: 'asker', by: { displayName: 'Amina' } } })
  await expect(unmarkAnswer(bo, answer.postId)).rejects.toThrow('thread.onlyAsker')
})

test('a silent asker is reminded after 3, 7 and 30 days, once each, and then never again', async () => {
  const { amina, question } = await aQuestionWithAnAnswer()
  const reminders = async () => {
    await remindAskers()
    await remindAskers()
    return (await eventsIn(question.threadId)).flatMap(({ payload }) => ('reminderKind' in payload ? [payload.reminderKind] : []))
  }
  later(2.9)
  expect(await reminders()).toEqual([])
  later(3.1)
  expect(await reminders()).toEqual(['3-days'])
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect(await told(amina)).toEqual(['asker.reminded asker'])
  later(6.9)
  expect(await reminders()).toEqual(['3-days'])
  later(7.1)
  expect(await reminders()).toEqual(['3-days', '7-days'])
  later(30.1)
  expect(await reminders()).toEqual(['3-days', '7-days', '30-days'])
  later(36)
  expect(await reminders()).toEqual(['3-days', '7-days', '30-days'])
})

test('a reminder that was missed is not made up for, and nobody is asked about what is long past', async () => {
  const [missed, forgotten] = [await aQuestionWithAnAnswer(), await aQuestionWithAnAnswer()]
  const reminded = async ({ question }: typeof missed) =>
    (await kindsIn(question.threadId)).filter((kind) => kind === 'asker.reminded').length
  await owner
    .update(threads)
    .set({ answeredAt: new Date(Date.now() - 30 * DAY) })
    .where(eq(threads.id, forgotten.question.threadId))
  later(8)
  await remindAskers()
  expect([await reminded(missed), await reminded(forgotten)]).toEqual([1, 0])
  expect((await threadRow(missed.question.threadId)).reminders).toBe(2)
})

test('after a reply or an acceptance there is no reminder, whatever is answered later', async () => {
  const replied = await aQuestionWithAnAnswer()
  await commentOn(replied.amina, replied.answer.postId, { body: 'Thank you, I will try.' })
  await answerQuestion(replied.chen, replied.question.threadId, { body: 'And this.' })
  const accepted = await aQuestionWithAnAnswer()
  await acceptAnswer(accepted.amina, accepted.answer.postId)
  await unacceptAnswer(accepted.amina, accepted.answer.postId)
  const marked = await aQuestionWithAnAnswer()
  later(3.1)
  await markAnswer(marked.bo, marked.answer.postId)
  later(8)
  await remindAskers()
  for (const { question } of [replied, accepted, marked]) expect(await kindsIn(question.threadId)).not.toContain('asker.reminded')
})
