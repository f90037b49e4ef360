import { expect, test } from 'vitest'
import { Forbidden, NotFound } from '~/server/errors'
import { communityQueue, flag, recommendationQueue } from '~/server/moderation'
import { withdrawRecommendation } from '~/server/recommendations'
import { visitor } from '~/server/viewer'
import { aMember } from '../support/cast'
import { aRecommendation, kindsAbout } from '../recommendations/scene'
import { aQuestionWithAnAnswer } from '../threads/scene'

const rude = { reason: 'abuse' as const, note: 'Look at the second sentence.' }

test('a flag counts once for each who flags, and flags of one thing are one item', async () => {
  const { amina, bo, community, answer } = await aQuestionWithAnAnswer()
  const mateo = await aMember('Mateo')
  expect(await flag(amina, 'post', answer.postId, rude)).toEqual({ first: true })
  expect(await flag(amina, 'post', answer.postId, rude)).toEqual({ first: false })
  await flag(mateo, 'post', answer.postId, { reason: 'other', note: undefined })
  expect(await communityQueue(bo, community.slug)).toMatchObject({
    waiting: 1,
    items: [{ kind: 'post', id: answer.postId, sort: 'answer', flags: 2 }],
    item: { sort: 'answer' },
  })
  expect(await kindsAbout(answer.postId)).toEqual(['content.flagged', 'content.flagged'])
})

test('a flag on what opens a thread is on the thread', async () => {
  const { chen, bo, community, question } = await aQuestionWithAnAnswer()
  await flag(chen, 'thread', question.threadId, rude)
  const queue = await communityQueue(bo, community.slug, { item: `thread:${question.threadId}` })
  expect(queue).toMatchObject({
    items: [{ kind: 'thread' }],
    item: { sort: 'thread', acts: ['keep', 'hide', 'lock'], flags: [{ note: rude.note, by: { displayName: 'Chen' } }] },
  })
})

test('nobody flags what is their own, nor what they may not read', async () => {
  const { chen, answer } = await aQuestionWithAnAnswer()
  await expect(flag(chen, 'post', answer.postId, rude)).rejects.toThrow(Forbidden)
  await expect(flag(visitor, 'post', answer.postId, rude)).rejects.toThrow(Forbidden)
  const closed = await aQuestionWithAnAnswer({ access: 'invitation' })
  await expect(flag(await aMember('Mateo'), 'post', closed.answer.postId, rude)).rejects.toThrow(NotFound)
  await expect(flag(chen, 'vendor', answer.postId, rude)).rejects.toThrow(NotFound)
})

test('staff of a vendor may flag a recommendation, and never see who else did', async () => {
  const { amina, dara, bo, recommendationId } = await aRecommendation()
  await flag(dara, 'recommendation', recommendationId, { reason: 'false', note: 'Names a member of staff.' })
  await expect(flag(amina, 'recommendation', recommendationId, rude)).rejects.toThrow(Forbidden)
  await expect(recommendationQueue(dara)).rejects.toThrow(Forbidden)
  await expect(recommendationQueue(amina)).rejects.toThrow(Forbidden)
  const { item } = await recommendationQueue(bo, { item: `recommendation:${recommendationId}` })
  expect(item).toMatchObject({
    kind: 'recommendation',
    by: { displayName: 'Amina' },
    flags: [{ by: { displayName: 'Dara', seat: { kind: 'staff' } } }],
  })
})

test('the queue is for those who moderate the community', async () => {
  const { chen, community } = await aQuestionWithAnAnswer()
  await expect(communityQueue(chen, community.slug)).rejects.toThrow(Forbidden)
  const closed = await aQuestionWithAnAnswer({ access: 'invitation' })
  await expect(communityQueue(chen, closed.community.slug)).rejects.toThrow(NotFound)
})

test('what its author has withdrawn waits for nobody', async () => {
  const { amina, dara, bo, recommendationId } = await aRecommendation()
  await flag(dara, 'recommendation', recommendationId, rude)
  const { waiting } = await recommendationQueue(bo)
  await withdrawRecommendation(amina, recommendationId)
  expect((await recommendationQueue(bo)).waiting).toBe(waiting - 1)
})
