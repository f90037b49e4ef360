import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { decisions, flags } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound, Refusal } from '~/server/errors'
import { communityQueue, decide, flag, recommendationQueue } from '~/server/moderation'
import type { DecisionInput } from '~/server/moderation/input'
import { recommendationPage } from '~/server/recommendations'
import { threadPage, voteOn } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { aMember, anOperator, aStaffMember, owner, refreshed } from '../support/cast'
import { aRecommendation, kindsAbout } from '../recommendations/scene'
import { aQuestionWithAnAnswer } from '../threads/scene'

const because = (act: DecisionInput['act'], seen = ''): DecisionInput => ({
  act,
  rule: act === 'keep' || act === 'restore' || act === 'unlock' ? 'none' : 'civil',
  facts: 'What the second sentence says of Amina.',
  why: act === 'hide' || act === 'lock' ? 'It is about her and not about the index.' : undefined,
  seen,
})

test('a moderator hides an answer with reasons; its flags are upheld and it leaves the queue', async () => {
  const { amina, chen, bo, community, question, answer } = await aQuestionWithAnAnswer()
  await flag(amina, 'post', answer.postId, { reason: 'abuse', note: undefined })
  await expect(decide(chen, 'post', answer.postId, because('hide'))).rejects.toThrow(Forbidden)
  const { decisionId } = await decide(bo, 'post', answer.postId, because('hide'))

  expect(await communityQueue(bo, community.slug)).toMatchObject({ waiting: 0, items: [] })
  expect(
    await owner.select({ state: flags.state, by: flags.settledByDecisionId }).from(flags).where(eq(flags.subjectId, answer.postId)),
  ).toEqual([{ state: 'upheld', by: decisionId }])
  expect((await threadPage(visitor, { slug: question.slug, number: String(question.number), order: 'helpful' })).answers).toEqual([])
  expect(await kindsAbout(answer.postId)).toEqual(['content.flagged', 'content.decided', 'flags.settled'])
  expect(await owner.select().from(decisions).where(eq(decisions.id, decisionId))).toMatchObject([
    { act: 'hide', targetHandleId: chen.handleId, decidedBy: bo.personId },
  ])
})

test('twice is once: who had not seen the first decision is told of it', async () => {
  const { bo, answer } = await aQuestionWithAnAnswer()
  const first = await decide(bo, 'post', answer.postId, because('hide'))
  await expect(decide(bo, 'post', answer.postId, because('hide'))).rejects.toThrow(Conflict)
  await expect(decide(bo, 'post', answer.postId, because('hide', first.decisionId))).rejects.toThrow(Conflict)
  await decide(bo, 'post', answer.postId, because('restore', first.decisionId))
})

test('two moderators at once: one decides, the other reads it first', async () => {
  const { bo, answer } = await aQuestionWithAnAnswer()
  const operator = await anOperator()
  const both = await Promise.allSettled([
    decide(bo, 'post', answer.postId, because('hide')),
    decide(operator, 'post', answer.postId, because('keep')),
  ])
  expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a thread is locked, opened, hidden and shown again; its opening post is the thread', async () => {
  const { bo, question } = await aQuestionWithAnAnswer()
  const page = () => threadPage(bo, { slug: question.slug, number: String(question.number), order: 'helpful' })
  const opening = (await page()).opening.postId
  const locked = await decide(bo, 'thread', question.threadId, because('lock'))
  expect(await page()).toMatchObject({ locked: true })
  const unlocked = await decide(bo, 'post', opening, because('unlock', locked.decisionId))
  const hidden = await decide(bo, 'post', opening, because('hide', unlocked.decisionId))
  expect(await page()).toMatchObject({ locked: false, hiddenBy: hidden.decisionId })
  await expect(threadPage(visitor, { slug: question.slug, number: String(question.number), order: 'helpful' })).rejects.toThrow(NotFound)
  await decide(bo, 'thread', question.threadId, because('restore', hidden.decisionId))
  expect(await page()).toMatchObject({ hiddenBy: null })
})

test('what takes something away names the rule', async () => {
  const { bo, answer } = await aQuestionWithAnAnswer()
  await expect(decide(bo, 'post', answer.postId, { ...because('hide'), rule: 'none' })).rejects.toThrow(Invalid)
})

test('an independent moderator hides and restores a recommendation', async () => {
  const { dara, bo, amina, recommendationId } = await aRecommendation()
  await flag(dara, 'recommendation', recommendationId, { reason: 'false', note: undefined })
  const { decisionId } = await decide(bo, 'recommendation', recommendationId, because('hide'))
  await expect(recommendationPage(visitor, recommendationId)).rejects.toThrow(NotFound)
  await expect(recommendationPage(dara, recommendationId)).rejects.toThrow(NotFound)
  expect(await recommendationPage(amina, recommendationId)).toMatchObject({ hiddenBy: decisionId })
  await decide(bo, 'recommendation', recommendationId, because('restore', decisionId))
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({ hiddenBy: null })
  expect(await recommendationQueue(bo)).not.toMatchObject({ items: [{ id: recommendationId }] })
})

test('whoever serves a vendor is refused on recommendations, operators included, and the attempt is in the log', async () => {
  const { vendor, dara, recommendationId } = await aRecommendation()
  await expect(decide(dara, 'recommendation', recommendationId, because('hide'))).rejects.toThrow(Forbidden)
  const operator = await anOperator()
  const seated = await aStaffMember(vendor, 'Sam')
  await owner.execute(`update people set is_operator = true where id = '${seated.personId}'`)
  await expect(decide(await refreshed(seated), 'recommendation', recommendationId, because('hide'))).rejects.toThrow(Forbidden)
  await expect(decide(visitor, 'recommendation', recommendationId, because('hide'))).rejects.toThrow(Forbidden)
  expect(await kindsAbout(recommendationId)).toEqual(['recommendation.written', 'moderation.refused', 'moderation.refused'])
  await decide(operator, 'recommendation', recommendationId, because('hide'))
})

test('while moderators decide on a question, its readers vote: nobody waits for the other for ever', async () => {
  const { bo, question } = await aQuestionWithAnAnswer()
  const opening = (await threadPage(visitor, { slug: question.slug, number: String(question.number), order: 'helpful' })).opening.postId
  const readers = await Promise.all(Array.from({ length: 5 }, () => aMember('Mateo')))
  for (let round = 0; round < 4; round += 1) {
    const acts = await Promise.allSettled(
      readers.flatMap((reader) => [
        voteOn(reader, opening, round % 2 === 0 ? 1 : 0),
        decide(bo, 'post', opening, because('keep', 'stale')),
      ]),
    )
    const broken = acts.filter((act) => act.status === 'rejected' && !(act.reason instanceof Refusal))
    expect(broken).toEqual([])
  }
})
