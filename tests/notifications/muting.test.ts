import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { notifications, threadMutes } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { muteThread, unmuteThread } from '~/server/notifications'
import { threadPage } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { aMember, owner } from '../support/cast'
import { aQuestion, kindsIn } from '../threads/scene'
import { answered, mailsTo, minutesPass } from './support'

const told = async (person: { personId: string }) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, person.personId)).orderBy(notifications.id)).map(
    ({ kind }) => kind,
  )

test('a muted thread is silent, also for mail that was waiting, and speaks again when that is taken back', async () => {
  const scene = await aQuestion()
  const { amina, chen, question } = scene
  await answered(scene, chen)
  await muteThread(amina, question.threadId)
  minutesPass(20)
  expect(await mailsTo(amina)).toEqual([])
  await answered(scene, chen, 'Or this.')
  expect(await told(amina)).toEqual(['question.answered'])
  await unmuteThread(amina, question.threadId)
  await answered(scene, chen, 'Or even this.')
  expect(await told(amina)).toHaveLength(2)
})

test('ten times muted is once, and leaves its event', async () => {
  const { amina, question } = await aQuestion()
  const mutedFor = async () => (await threadPage(amina, { slug: question.slug, number: String(question.number), order: 'helpful' })).muted
  await Promise.all(Array.from({ length: 10 }, () => muteThread(amina, question.threadId)))
  expect(await mutedFor()).toBe(true)
  await Promise.all(Array.from({ length: 10 }, () => unmuteThread(amina, question.threadId)))
  expect(await mutedFor()).toBe(false)
  expect(await kindsIn(question.threadId)).toEqual(['question.asked', 'thread.muted', 'thread.unmuted'])
})

test('muting takes in mail that was unsubscribed from before', async () => {
  const { amina, question } = await aQuestion()
  await owner.insert(threadMutes).values({ personId: amina.personId, threadId: question.threadId, mailOnly: true })
  await muteThread(amina, question.threadId)
  expect(await owner.select().from(threadMutes).where(eq(threadMutes.personId, amina.personId))).toMatchObject([{ mailOnly: false }])
})

test('a visitor is asked to sign in, and a room one may not know of is not there', async () => {
  const { question } = await aQuestion()
  await expect(muteThread(visitor, question.threadId)).rejects.toThrow(Forbidden)
  const hidden = await aQuestion({ access: 'invitation' })
  await expect(muteThread(await aMember('Jun'), hidden.question.threadId)).rejects.toThrow(NotFound)
})
