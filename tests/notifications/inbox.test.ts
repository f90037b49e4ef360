import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { memberships, notifications, posts, threadMutes } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { inboxPage, markRead, markThreadRead, notifyWhoIsTold, openNotice, unreadCount } from '~/server/notifications'
import { acceptAnswer, answerQuestion, commentOn } from '~/server/threads'
import { aMember, owner, refreshed, trusted } from '../support/cast'
import { aDecision, aQuestion, lastEventIn } from '../threads/scene'

type Scene = Awaited<ReturnType<typeof aQuestion>>

/** Somebody answers, and everybody is told. */
async function answered({ question }: Scene, by: Scene['chen'], body = 'Try this.') {
  const answer = await answerQuestion(by, question.threadId, { body })
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  return answer
}

const hoursPass = (scene: Scene, hours: number) =>
  owner
    .update(notifications)
    .set({ createdAt: sql`${notifications.createdAt} - make_interval(hours => ${hours})` })
    .where(eq(notifications.threadId, scene.question.threadId))

test('three answers within two hours are one line, with a count and the latest people', async () => {
  const scene = await aQuestion()
  const dara = await aMember('Dara')
  const first = await answered(scene, scene.chen)
  await answered(scene, scene.bo)
  await answered(scene, dara)
  const { notices } = await inboxPage(scene.amina)
  expect(notices).toMatchObject([
    {
      kind: 'question.answered',
      count: 3,
      others: 1,
      by: [{ displayName: 'Dara' }, { displayName: 'Bo' }],
      about: { postId: first.postId },
    },
  ])
  expect(await unreadCount(scene.amina)).toBe(1)
})

test('an answer after the line was read, or hours later, begins a new line', async () => {
  const scene = await aQuestion()
  await answered(scene, scene.chen)
  await markThreadRead(scene.amina, scene.question.threadId)
  await answered(scene, scene.bo)
  await hoursPass(scene, 3)
  await answered(scene, scene.chen)
  expect((await inboxPage(scene.amina)).notices).toMatchObject([
    { count: 1, unread: true, by: [{ displayName: 'Chen' }] },
    { count: 1, unread: true, by: [{ displayName: 'Bo' }] },
    { count: 1, unread: false },
  ])
})

test('the same event twice is one in the count; an accepted answer stands alone', async () => {
  const scene = await aQuestion()
  const answer = await answered(scene, scene.chen)
  await notifyWhoIsTold(await lastEventIn(scene.question.threadId))
  expect((await inboxPage(scene.amina)).notices).toMatchObject([{ count: 1 }])
  await commentOn(scene.amina, answer.postId, { body: 'Thanks' })
  await notifyWhoIsTold(await lastEventIn(scene.question.threadId))
  await acceptAnswer(scene.amina, answer.postId)
  await notifyWhoIsTold(await lastEventIn(scene.question.threadId))
  expect((await inboxPage(scene.chen)).notices.map(({ kind }) => kind)).toEqual(['answer.accepted', 'post.commented'])
})

test('two events at the same moment join one line', async () => {
  const scene = await aQuestion()
  const { threadId } = scene.question
  await answerQuestion(scene.chen, threadId, { body: 'One' })
  const one = await lastEventIn(threadId)
  await answerQuestion(scene.bo, threadId, { body: 'Two' })
  const two = await lastEventIn(threadId)
  await Promise.all([notifyWhoIsTold(one), notifyWhoIsTold(two), notifyWhoIsTold(one)])
  expect(await unreadCount(scene.amina)).toBe(1)
  expect((await inboxPage(scene.amina)).notices).toMatchObject([{ count: 2 }])
})

test('what a moderator hid leaves the line, and a line of nothing else leaves the inbox and the counter', async () => {
  const scene = await aQuestion()
  const one = await answered(scene, scene.chen)
  const two = await answered(scene, scene.bo)
  const hide = async (id: string) => {
    const hiddenByDecisionId = await aDecision(scene.bo, { kind: 'post', id, communityId: scene.community.id })
    await owner.update(posts).set({ hiddenByDecisionId }).where(eq(posts.id, id))
  }
  await hide(one.postId)
  expect((await inboxPage(scene.amina)).notices).toMatchObject([{ count: 1, about: { postId: two.postId } }])
  await hide(two.postId)
  expect((await inboxPage(scene.amina)).notices).toEqual([])
  expect(await unreadCount(scene.amina)).toBe(0)
})

test('who left a private room has nothing to count any more', async () => {
  const scene = await aQuestion({ access: 'invitation' })
  await answered(scene, scene.chen)
  expect(await unreadCount(scene.amina)).toBe(1)
  await owner.delete(memberships).where(eq(memberships.personId, scene.amina.personId))
  expect(await unreadCount(await refreshed(scene.amina))).toBe(0)
})

test('one line is read by its button or by following it, and only by its owner', async () => {
  const scene = await aQuestion()
  await answered(scene, scene.chen)
  await answered(scene, scene.bo)
  const [line] = (await inboxPage(scene.amina)).notices
  const id = line?.id ?? ''
  await expect(markRead(scene.chen, id)).rejects.toThrow(NotFound)
  await expect(openNotice(scene.chen, id)).rejects.toThrow(NotFound)
  await expect(openNotice(scene.amina, 'not-an-id')).rejects.toThrow(NotFound)
  expect(await openNotice(scene.amina, id)).toMatchObject({ kind: 'post', number: scene.question.number })
  expect(await unreadCount(scene.amina)).toBe(0)
  await markRead(scene.amina, id)
})

test('a muted thread is silent', async () => {
  const scene = await aQuestion()
  await owner.insert(threadMutes).values({ personId: scene.amina.personId, threadId: scene.question.threadId })
  await answered(scene, scene.chen)
  expect((await inboxPage(scene.amina)).notices).toEqual([])
})

test('pages follow one another without a gap or a repeat', async () => {
  const scene = await aQuestion()
  await trusted(scene.chen)
  for (let i = 0; i < 33; i += 1) {
    await answered(scene, scene.chen, `Answer ${i}`)
    await markThreadRead(scene.amina, scene.question.threadId)
  }
  const first = await inboxPage(scene.amina)
  const second = await inboxPage(scene.amina, first.next)
  expect([first.notices.length, second.notices.length, second.next]).toEqual([30, 3, null])
  expect(new Set([...first.notices, ...second.notices].map(({ id }) => id)).size).toBe(33)
})
