import { expect, test } from 'vitest'
import { NotFound } from '~/server/errors'
import { decide, decisionPage, flag, logAtAGlance, moderationLog } from '~/server/moderation'
import { visitor } from '~/server/viewer'
import { aMember } from '../support/cast'
import { aRecommendation } from '../recommendations/scene'
import { aQuestionWithAnAnswer } from '../threads/scene'

const because = {
  act: 'hide' as const,
  rule: 'civil' as const,
  facts: 'What the second sentence says of Amina.',
  why: 'It is about her and not about the index.',
  seen: '',
}

test('the public log says what and why, not on whom; the facts are for the one it concerns and for moderators', async () => {
  const { amina, chen, bo, community, answer } = await aQuestionWithAnAnswer()
  const { decisionId } = await decide(bo, 'post', answer.postId, because)
  const log = await moderationLog(visitor, { community: community.slug })
  expect(log.rows).toMatchObject([{ id: decisionId, act: 'hide', rule: 'civil', community: { slug: community.slug } }])
  for (const secret of [chen.handleId, chen.handle, answer.postId, bo.personId, 'second sentence'])
    expect(JSON.stringify(log.rows)).not.toContain(secret)

  for (const other of [visitor, amina]) {
    const seen = await decisionPage(other, decisionId)
    expect(seen).toMatchObject({ facts: null, words: null, item: null })
    expect(JSON.stringify(seen)).not.toContain(chen.handleId)
  }
  expect(await decisionPage(chen, decisionId)).toMatchObject({
    concerned: true,
    facts: because.facts,
    words: { html: expect.stringContaining('index disagrees') },
  })
  expect(await decisionPage(bo, decisionId)).toMatchObject({ decides: true, facts: because.facts, words: null })
})

test('decisions of a closed community are for those who may read it', async () => {
  const { amina, bo, community, answer } = await aQuestionWithAnAnswer({ access: 'request' })
  const { decisionId } = await decide(bo, 'post', answer.postId, because)
  const stranger = await aMember('Mateo')
  for (const other of [visitor, stranger]) {
    await expect(decisionPage(other, decisionId)).rejects.toThrow(NotFound)
    expect((await moderationLog(other, { community: community.slug })).rows).toEqual([])
    expect((await moderationLog(other)).rows.map((row) => row.id)).not.toContain(decisionId)
  }
  expect((await moderationLog(amina, { community: community.slug })).rows).toHaveLength(1)
})

test('the front page counts flagged, left and removed recommendations', async () => {
  const before = (await logAtAGlance(visitor, 3)).counts
  const kept = await aRecommendation()
  await flag(kept.dara, 'recommendation', kept.recommendationId, { reason: 'false', note: undefined })
  await decide(kept.bo, 'recommendation', kept.recommendationId, { ...because, act: 'keep', rule: 'none' })
  const gone = await aRecommendation()
  await flag(gone.dara, 'recommendation', gone.recommendationId, { reason: 'false', note: undefined })
  await decide(gone.bo, 'recommendation', gone.recommendationId, because)
  const { flagged, left, removed } = (await logAtAGlance(visitor, 3)).counts
  expect([flagged - before.flagged, left - before.left, removed - before.removed]).toEqual([2, 1, 1])
})
