import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { memberships, notifications } from '~/db/schema'
import { inboxPage, markAllRead, notifyWhoIsTold } from '~/server/notifications'
import { acceptAnswer, answerQuestion, commentOn, followThread } from '~/server/threads'
import { owner } from '../support/cast'
import { aQuestion, aQuestionWithAnAnswer, lastEventIn } from '../threads/scene'

const told = async (person: { personId: string }) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, person.personId)).orderBy(notifications.id)).map(
    ({ kind, why }) => `${kind} ${why}`,
  )

test('the asker and the followers hear of an answer, once, and its author does not', async () => {
  const { amina, chen, bo, question } = await aQuestion()
  await followThread(bo, question.threadId)
  await answerQuestion(chen, question.threadId, { body: 'Try this.' })
  const event = await lastEventIn(question.threadId)
  await notifyWhoIsTold(event)
  await notifyWhoIsTold(event)
  expect(await told(amina)).toEqual(['question.answered asker'])
  expect(await told(bo)).toEqual(['question.answered follower'])
  expect(await told(chen)).toEqual([])
})

test('who wrote it hears of a comment, who answered of an acceptance', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  await commentOn(amina, answer.postId, { body: 'Thank you' })
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  await acceptAnswer(amina, answer.postId)
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect(await told(chen)).toEqual(['post.commented author', 'answer.accepted answerer'])
  expect(await told(amina)).toEqual([])
})

test('who has left a private room hears nothing, and reads nothing of what came before', async () => {
  const { amina, chen, community, question } = await aQuestion({ access: 'invitation' })
  await answerQuestion(chen, question.threadId, { body: 'Try this.' })
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect((await inboxPage(amina)).notices).toMatchObject([
    { kind: 'question.answered', unread: true, by: [{ displayName: 'Chen' }], about: { kind: 'post', slug: community.slug } },
  ])
  await owner.delete(memberships).where(eq(memberships.personId, amina.personId))
  expect((await inboxPage({ ...amina, memberOf: [] })).notices).toEqual([])
  await answerQuestion(chen, question.threadId, { body: 'And this.' })
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect(await told(amina)).toHaveLength(1)
})

test('all read is all of one’s own', async () => {
  const { amina, chen, bo, question } = await aQuestion()
  await followThread(bo, question.threadId)
  await answerQuestion(chen, question.threadId, { body: 'Try this.' })
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  await markAllRead(amina)
  expect((await inboxPage(amina)).notices).toMatchObject([{ unread: false }])
  expect((await inboxPage(bo)).notices).toMatchObject([{ unread: true }])
})
