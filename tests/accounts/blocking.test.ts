import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { blocks, notifications } from '~/db/schema'
import { blockedPage, blockPerson, personPage, unblockPerson } from '~/server/accounts'
import { Forbidden, NotFound } from '~/server/errors'
import { commentsPage, threadPage } from '~/server/threads'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, owner } from '../support/cast'
import { answered, mailsTo, minutesPass } from '../notifications/support'
import { aQuestion, aQuestionWithAnAnswer } from '../threads/scene'
import { eventsOf } from './support'

const told = async ({ personId }: PersonViewer) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, personId))).map(({ kind }) => kind)

const pageOf = (viewer: Parameters<typeof threadPage>[0], { slug }: { slug: string }, { number }: { number: number }) =>
  threadPage(viewer, { slug, number: String(number), order: 'helpful' })

test('what the blocked wrote is folded away for whoever blocked them, and for nobody else', async () => {
  const { amina, chen, bo, community, question, answer } = await aQuestionWithAnAnswer()
  await blockPerson(amina, chen.handle)
  await blockPerson(amina, chen.handle.toUpperCase())

  expect((await pageOf(amina, community, question)).answers).toMatchObject([{ postId: answer.postId, blocked: true }])
  expect((await pageOf(amina, community, question)).opening.blocked).toBe(false)
  expect((await commentsPage(amina, answer.postId)).post.blocked).toBe(true)
  for (const other of [chen, bo, visitor]) expect((await pageOf(other, community, question)).answers).toMatchObject([{ blocked: false }])
  expect((await eventsOf(amina.personId)).filter((kind) => kind === 'person.blocked')).toHaveLength(1)

  await unblockPerson(amina, chen.handle)
  await unblockPerson(amina, chen.handle)
  expect((await pageOf(amina, community, question)).answers).toMatchObject([{ blocked: false }])
  expect((await eventsOf(amina.personId)).filter((kind) => kind === 'person.unblocked')).toHaveLength(1)
})

test('nothing that the blocked do is told, on the site or by mail, also when the block comes later', async () => {
  const scene = await aQuestion()
  const { amina, chen } = scene
  await answered(scene, chen)
  await blockPerson(amina, chen.handle)
  minutesPass(11)
  expect(await mailsTo(amina)).toEqual([])

  await answered(scene, chen, 'And this as well.')
  expect(await told(amina)).toEqual(['question.answered'])
  await unblockPerson(amina, chen.handle)
  await answered(scene, chen, 'And a third time.')
  expect(await told(amina)).toEqual(['question.answered', 'question.answered'])
})

test('a moderator whom somebody blocked still reaches them', async () => {
  const scene = await aQuestion()
  const { amina, bo, community, question } = scene
  await blockPerson(amina, bo.handle)
  await answered(scene, bo)
  expect(await told(amina)).toEqual(['question.answered'])
  expect((await pageOf(amina, community, question)).answers).toMatchObject([{ blocked: false }])
})

test('only whoever blocked reads the list: the database refuses everybody else, the blocked first', async () => {
  const [amina, chen] = [await aMember('Amina'), await aMember('Chen')]
  await blockPerson(amina, chen.handle)
  expect((await blockedPage(amina)).blocked.map(({ who }) => who.handle)).toEqual([chen.handle])
  expect((await blockedPage(chen)).blocked).toEqual([])
  const seenBy = (viewer: Parameters<typeof transaction>[0]) =>
    transaction(viewer, (tx) => tx.select().from(blocks).where(eq(blocks.personId, amina.personId)))
  expect(await seenBy(amina)).toHaveLength(1)
  for (const other of [chen, visitor]) expect(await seenBy(other)).toEqual([])
  await expect(
    transaction(chen, (tx) => tx.insert(blocks).values({ personId: amina.personId, blockedHandleId: chen.handleId })),
  ).rejects.toThrow()
  expect(await personPage(chen, amina.handle)).toMatchObject({ isBlocked: false, mayBlock: true })
  expect(await personPage(amina, chen.handle)).toMatchObject({ isBlocked: true })
})

test('nobody blocks themselves, nor somebody who is not there', async () => {
  const amina = await aMember('Amina')
  await expect(blockPerson(amina, amina.handle)).rejects.toThrow(Forbidden)
  await expect(blockPerson(amina, 'nobody-at-all')).rejects.toThrow(NotFound)
  expect(await personPage(visitor, amina.handle)).toMatchObject({ mayBlock: false, isBlocked: false })
})
