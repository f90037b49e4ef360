import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { Forbidden, NotFound } from '~/server/errors'
import {
  acceptAnswer,
  answerQuestion,
  commentOn,
  hidePost,
  hideThread,
  lockThread,
  postFacts,
  restorePost,
  restoreThread,
  threadList,
  threadPage,
  unlockThread,
  voteOn,
} from '~/server/threads'
import { visitor, type Viewer } from '~/server/viewer'
import { aMember, owner } from '../support/cast'
import { posts } from '~/db/schema'
import { eq } from 'drizzle-orm'
import { aDecision, aQuestion, aQuestionWithAnAnswer, communityRow, threadRow } from './scene'

const seen = (viewer: Viewer, { slug, number }: { slug: string; number: number }) =>
  threadPage(viewer, { slug, number: String(number), order: 'helpful' })

test('a hidden answer is gone for others, stays for its author and moderators, and comes back accepted', async () => {
  const { amina, chen, bo, community, question, answer } = await aQuestionWithAnAnswer()
  await acceptAnswer(amina, answer.postId)
  const decisionId = await aDecision(bo, { kind: 'post', id: answer.postId, communityId: community.id })
  expect(await transaction(bo, (tx) => hidePost(tx, answer.postId, decisionId))).toBe(true)
  expect(await transaction(bo, (tx) => hidePost(tx, answer.postId, decisionId))).toBe(false)

  expect(await seen(amina, question)).toMatchObject({ state: 'unanswered', answerCount: 0, answers: [] })
  expect((await seen(chen, question)).answers).toMatchObject([{ html: expect.stringContaining('index'), hiddenBy: decisionId }])
  expect((await seen(bo, question)).answers).toHaveLength(1)
  expect(await postFacts(answer.postId)).toMatchObject({ hidden: true })
  await expect(voteOn(amina, answer.postId, 1)).rejects.toThrow(NotFound)

  await aDecision(bo, { kind: 'post', id: answer.postId, communityId: community.id, act: 'restore' })
  await transaction(bo, (tx) => restorePost(tx, answer.postId))
  expect(await seen(amina, question)).toMatchObject({ state: 'solved', answerCount: 1 })
})

test('where something hangs on a hidden answer a gap stays, without its words and its author', async () => {
  const { amina, bo, community, question, answer } = await aQuestionWithAnAnswer()
  const { postId } = await commentOn(amina, answer.postId, { body: 'But why?' })
  const decisionId = await aDecision(bo, { kind: 'post', id: answer.postId, communityId: community.id })
  await transaction(bo, (tx) => hidePost(tx, answer.postId, decisionId))
  const page = await seen(visitor, question)
  expect(page.answers).toMatchObject([{ html: null, by: null, hiddenBy: decisionId, comments: [{ html: '<p>But why?</p>\n' }] }])
  expect(JSON.stringify(page)).not.toContain('disagrees')
  expect(await postFacts(postId)).toMatchObject({ hidden: false, parentHidden: true })
})

test('a hidden thread leaves every list and count, and returns', async () => {
  const { amina, chen, bo, community, question } = await aQuestion()
  const decisionId = await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id })
  await transaction(bo, (tx) => hideThread(tx, question.threadId, decisionId))
  await expect(seen(chen, question)).rejects.toThrow(NotFound)
  await expect(answerQuestion(chen, question.threadId, { body: 'Still here?' })).rejects.toThrow(NotFound)
  expect(await seen(amina, question)).toMatchObject({ hiddenBy: decisionId, may: { answer: false } })
  const listed = async (viewer: Viewer) => (await threadList(viewer, { communityId: community.id, view: 'new' })).threads.length
  expect([await listed(chen), await listed(visitor), await listed(amina), await listed(bo)]).toEqual([0, 0, 1, 1])
  expect((await communityRow(community.id)).threadCount).toBe(0)
  await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id, act: 'restore' })
  await transaction(bo, (tx) => restoreThread(tx, question.threadId))
  expect((await communityRow(community.id)).threadCount).toBe(1)
  expect(await listed(visitor)).toBe(1)
})

test('a locked thread is read, not written', async () => {
  const { chen, bo, community, question } = await aQuestion()
  const decisionId = await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id, act: 'lock' })
  await transaction(bo, (tx) => lockThread(tx, question.threadId, decisionId))
  await expect(answerQuestion(chen, question.threadId, { body: 'One more' })).rejects.toThrow('thread.locked')
  await expect(voteOn(chen, question.postId, 1)).rejects.toThrow(Forbidden)
  expect(await seen(chen, question)).toMatchObject({ locked: true, lockedBy: decisionId, may: { answer: false } })
  await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id, act: 'unlock' })
  await transaction(bo, (tx) => unlockThread(tx, question.threadId))
  await answerQuestion(chen, question.threadId, { body: 'One more' })
  expect((await threadRow(question.threadId)).answerCount).toBe(1)
})

test('what was imported as spam is never shown, not even to moderators', async () => {
  const { amina, bo, community, question, answer } = await aQuestionWithAnAnswer()
  await owner.update(posts).set({ importedAsSpam: true }).where(eq(posts.id, answer.postId))
  expect((await seen(bo, question)).answers).toEqual([])
  await owner.update(posts).set({ importedAsSpam: true }).where(eq(posts.id, question.postId))
  for (const viewer of [amina, bo, await aMember('Eve', { operator: true })]) await expect(seen(viewer, question)).rejects.toThrow(NotFound)
  expect((await threadList(bo, { communityId: community.id, view: 'new' })).threads).toEqual([])
})
