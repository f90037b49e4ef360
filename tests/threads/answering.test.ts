import { expect, test } from 'vitest'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import { acceptAnswer, answerQuestion, commentOn, followThread, threadPage, unacceptAnswer, unfollowThread, voteOn } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { aMember } from '../support/cast'
import { aQuestion, aQuestionWithAnAnswer, kindsIn, postRow, threadRow } from './scene'

const pageOf = (
  viewer: Parameters<typeof threadPage>[0],
  { slug, number }: { slug: string; number: number },
  order: 'helpful' | 'newest' = 'helpful',
  after?: string | null,
) => threadPage(viewer, { slug, number: String(number), order, after })

test('only the asker accepts an answer, twice is once, and can take it back', async () => {
  const { amina, chen, bo, question, answer } = await aQuestionWithAnAnswer()
  await expect(acceptAnswer(chen, answer.postId)).rejects.toThrow(Forbidden)
  await expect(acceptAnswer(bo, answer.postId)).rejects.toThrow(Forbidden)
  await expect(acceptAnswer(visitor, answer.postId)).rejects.toThrow(Forbidden)
  await acceptAnswer(amina, answer.postId)
  await acceptAnswer(amina, answer.postId)
  expect(await pageOf(amina, question)).toMatchObject({
    state: 'solved',
    accepted: { as: 'asker', by: { displayName: 'Amina' } },
    answers: [{ accepted: true }],
  })
  await unacceptAnswer(amina, answer.postId)
  await unacceptAnswer(amina, answer.postId)
  expect(await pageOf(amina, question)).toMatchObject({ state: 'answered', answers: [{ accepted: false }] })
  expect(await kindsIn(question.threadId)).toEqual(['question.asked', 'question.answered', 'answer.accepted', 'answer.unaccepted'])
})

test('a question is not its own answer, and a comment is none either', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  const comment = await commentOn(chen, answer.postId, { body: 'By the way' })
  await expect(acceptAnswer(amina, question.postId)).rejects.toThrow(Invalid)
  await expect(acceptAnswer(amina, comment.postId)).rejects.toThrow(Invalid)
  await expect(acceptAnswer(amina, 'nonsense')).rejects.toThrow(NotFound)
})

test('of two answers accepted at once one stays', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  const other = await answerQuestion(chen, question.threadId, { body: 'Or this.' })
  await Promise.all([acceptAnswer(amina, answer.postId), acceptAnswer(amina, other.postId)])
  const page = await pageOf(amina, question)
  expect(page.answers.filter((shown) => shown.accepted)).toHaveLength(1)
  expect(page.answers[0]?.accepted).toBe(true)
  expect((await kindsIn(question.threadId)).slice(-3)).toEqual(['answer.accepted', 'answer.unaccepted', 'answer.accepted'])
})

test('twelve people vote at once and every vote counts once', async () => {
  const { question, answer } = await aQuestionWithAnAnswer()
  const voters = await Promise.all(Array.from({ length: 12 }, (_, n) => aMember(`Voter${n}`)))
  await Promise.all(
    voters.flatMap((voter) => [voteOn(voter, answer.postId, 1), voteOn(voter, answer.postId, 1), voteOn(voter, question.postId, -1)]),
  )
  expect((await postRow(answer.postId)).score).toBe(12)
  expect((await postRow(question.postId)).score).toBe(-12)
  expect((await threadRow(question.threadId)).score).toBe(-12)
})

test('a vote is changed and taken back; nobody votes for themselves or on comments', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  await voteOn(amina, answer.postId, 1)
  await voteOn(amina, answer.postId, -1)
  expect((await postRow(answer.postId)).score).toBe(-1)
  expect((await pageOf(amina, question)).answers[0]).toMatchObject({ myVote: -1, score: -1 })
  await voteOn(amina, answer.postId, 0)
  await voteOn(amina, answer.postId, 0)
  expect((await postRow(answer.postId)).score).toBe(0)
  await expect(voteOn(chen, answer.postId, 1)).rejects.toThrow('thread.ownVote')
  const comment = await commentOn(chen, answer.postId, { body: 'By the way' })
  await expect(voteOn(amina, comment.postId, 1)).rejects.toThrow(Invalid)
  expect((await kindsIn(question.threadId)).filter((kind) => kind === 'post.voted')).toHaveLength(3)
})

test('answering counts, follows and wakes the thread; strangers to a private room find nothing', async () => {
  const open = await aQuestion()
  const dara = await aMember('Dara')
  await answerQuestion(dara, open.question.threadId, { body: 'Try this.' })
  expect(await threadRow(open.question.threadId)).toMatchObject({ answerCount: 1, followerCount: 2 })
  const hidden = await aQuestion({ access: 'invitation' })
  await expect(answerQuestion(dara, hidden.question.threadId, { body: 'Try this.' })).rejects.toThrow(NotFound)
  await expect(answerQuestion(visitor, open.question.threadId, { body: 'Try this.' })).rejects.toThrow(Forbidden)
})

test('following and leaving it, each once', async () => {
  const { bo, question } = await aQuestion()
  await followThread(bo, question.threadId)
  await followThread(bo, question.threadId)
  expect((await threadRow(question.threadId)).followerCount).toBe(2)
  await unfollowThread(bo, question.threadId)
  await unfollowThread(bo, question.threadId)
  expect((await threadRow(question.threadId)).followerCount).toBe(1)
  expect(await kindsIn(question.threadId)).toEqual(['question.asked', 'thread.followed', 'thread.unfollowed'])
})

test('comments stand under posts, never under comments, and the first five are shown', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  const first = await commentOn(chen, answer.postId, { body: 'One' })
  await expect(commentOn(amina, first.postId, { body: 'On that' })).rejects.toThrow(Invalid)
  for (let n = 2; n <= 7; n += 1) await commentOn(amina, answer.postId, { body: `Number ${n}` })
  const page = await pageOf(amina, question)
  expect(page.answers[0]?.comments).toHaveLength(5)
  expect(page.answers[0]?.moreComments).toBe(2)
})
