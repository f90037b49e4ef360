import { afterEach, expect, test } from 'vitest'
import { Forbidden, NotFound } from '~/server/errors'
import {
  appeal,
  decide,
  decideAppeal,
  decisionPage,
  flag,
  logAtAGlance,
  moderationLog,
  transparencyPage,
  type LogFilters,
} from '~/server/moderation'
import { setClock } from '~/server/platform/clock'
import { visitor } from '~/server/viewer'
import { aMember, anOperator } from '../support/cast'
import { aRecommendation } from '../recommendations/scene'
import { aQuestionWithAnAnswer } from '../threads/scene'

afterEach(() => setClock(null))

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

test('the log is filtered by what was done, by rule and by month, and says what became of it on appeal', async () => {
  const { bo, chen, community, answer } = await aQuestionWithAnAnswer()
  const { decisionId } = await decide(bo, 'post', answer.postId, because)
  const month = new Date().toISOString().slice(0, 7)
  const ids = async (filters: LogFilters) =>
    (await moderationLog(visitor, { community: community.slug, ...filters })).rows.map(({ id }) => id)
  expect(await ids({ act: 'hide', rule: 'civil', month })).toEqual([decisionId])
  for (const other of [{ act: 'keep' }, { rule: 'law' }, { month: '2001-01' }]) expect(await ids(other)).toEqual([])
  // What is no filter filters nothing.
  expect(await ids({ act: 'x', rule: 'x', month: '2026-13' })).toEqual([decisionId])
  const { appealId } = await appeal(chen, decisionId, { body: 'I meant the index, and not her.' })
  await decideAppeal(await anOperator(), appealId, { outcome: 'overturned', facts: 'It is about the index.' })
  expect((await moderationLog(visitor, { community: community.slug })).rows.map(({ act, appealed }) => [act, appealed])).toEqual([
    ['restore', null],
    ['hide', 'overturned'],
  ])
})

test('a year in numbers is counted from the log: flags, decisions, appeals, reversals, refused attempts', async () => {
  // What was counted for somebody else within a minute is older than this.
  const at = Date.now() + 120_000
  setClock(new Date(at))
  const before = await transparencyPage(visitor, null)
  setClock(null)
  const { amina, bo, chen, answer } = await aQuestionWithAnAnswer()
  await flag(amina, 'post', answer.postId, { reason: 'abuse', note: undefined })
  const { decisionId } = await decide(bo, 'post', answer.postId, because)
  const { appealId } = await appeal(chen, decisionId, { body: 'I meant the index, and not her.' })
  await decideAppeal(await anOperator(), appealId, { outcome: 'overturned', facts: 'It is about the index.' })
  const { dara, recommendationId } = await aRecommendation()
  await expect(decide(dara, 'recommendation', recommendationId, because)).rejects.toThrow(Forbidden)
  // For a minute it says what it said.
  setClock(new Date(at + 59_000))
  expect(await transparencyPage(visitor, String(before.year))).toEqual(before)
  setClock(new Date(at + 60_000))
  const after = await transparencyPage(visitor, String(before.year))
  const of = ({ notices, decisions }: typeof after) => [
    notices.find(({ reason }) => reason === 'abuse')?.count ?? 0,
    decisions.find(({ act, rule }) => act === 'hide' && rule === 'civil')?.count ?? 0,
  ]
  expect(of(after)).toEqual(of(before).map((count) => count + 1))
  expect([after.decided - before.decided, after.refused - before.refused]).toEqual([2, 1])
  expect(after.appeals).toMatchObject({ written: before.appeals.written + 1, overturned: before.appeals.overturned + 1 })
  expect(after.medianHours).not.toBeNull()
  for (const year of ['1999', 'x', String(before.year + 1)]) await expect(transparencyPage(visitor, year)).rejects.toThrow(NotFound)
})
