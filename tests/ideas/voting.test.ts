import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { ideaWhys, votes } from '~/db/schema'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import { ideaList, ideaPage, ideaNumbered, proposeIdea, takeIdeaVoteBack, voteForIdea, weighIdea, weighTrends } from '~/server/ideas'
import { setClock } from '~/server/platform/clock'
import { answerQuestion, askQuestion, mergeThreads, mergesPage, threadPage, undoMerge, voteOn } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { aCommunity, aMember, owner, refreshed, trusted } from '../support/cast'
import { kindsIn, lastEventIn, postRow, threadRow } from '../threads/scene'
import { anIdea, anIdeaOf, ideaRow } from './scene'

const scoreIs = async (idea: { threadId: string; postId: string }, score: number) => {
  const counted = await owner.$count(votes, eq(votes.postId, idea.postId))
  expect([(await threadRow(idea.threadId)).score, (await postRow(idea.postId)).score, counted]).toEqual([score, score, score])
}

test('an idea is proposed by members of the room, and is a thread as any other', async () => {
  const { amina, idea, community } = await anIdea()
  expect(await kindsIn(idea.threadId)).toEqual(['idea.proposed'])
  expect(await threadPage(visitor, { slug: community.slug, number: String(idea.number), order: 'helpful' })).toMatchObject({
    kind: 'idea',
    tags: ['calendar'],
  })
  expect(await ideaPage(visitor, idea.threadId)).toMatchObject({ status: 'open', steps: [], may: { move: false, voteOnBehalf: false } })
  const closed = await aCommunity({ access: 'invitation' })
  await expect(proposeIdea(amina, closed.slug, anIdeaOf)).rejects.toThrow(NotFound)
  await expect(proposeIdea(visitor, community.slug, anIdeaOf)).rejects.toThrow(Forbidden)
  await expect(proposeIdea(await aMember('Uri', { confirmed: false }), community.slug, anIdeaOf)).rejects.toThrow(Forbidden)
})

test('an idea in a room by invitation is there for nobody else', async () => {
  const amina = await aMember('Amina')
  const room = await aCommunity({ access: 'invitation', members: [amina] })
  const idea = await proposeIdea(await refreshed(amina), room.slug, anIdeaOf)
  const chen = await aMember('Chen')
  for (const outsider of [chen, visitor]) {
    await expect(ideaPage(outsider, idea.threadId)).rejects.toThrow(NotFound)
    await expect(voteForIdea(chen, idea.threadId)).rejects.toThrow(NotFound)
    expect((await ideaList(outsider, { communityId: room.id, view: 'top' })).ideas).toEqual([])
  }
})

test('one vote a person: ten at once count once, taken back restores, and nobody votes for their own', async () => {
  const { amina, chen, jun, idea } = await anIdea()
  await Promise.all(Array.from({ length: 10 }, () => voteForIdea(chen, idea.threadId)))
  await scoreIs(idea, 1)
  await voteForIdea(jun, idea.threadId)
  await scoreIs(idea, 2)
  await Promise.all(Array.from({ length: 5 }, () => takeIdeaVoteBack(chen, idea.threadId)))
  await scoreIs(idea, 1)
  await expect(voteForIdea(amina, idea.threadId)).rejects.toThrow(Forbidden)
  await expect(voteForIdea(visitor, idea.threadId)).rejects.toThrow(Forbidden)
  await expect(voteOn(jun, idea.postId, -1)).rejects.toThrow(Invalid)
  await scoreIs(idea, 1)
  expect((await kindsIn(idea.threadId)).filter((kind) => kind === 'post.voted')).toHaveLength(3)
})

test('a why is read with its name by staff and moderators, and by others only if its voter says so', async () => {
  const { chen, jun, bo, dara, amina, idea } = await anIdea()
  await voteForIdea(chen, idea.threadId, { why: 'We move every spring.', asked: true })
  await voteForIdea(jun, idea.threadId, { why: 'Forty people wait for it.', asked: true, shown: true })
  const whysFor = async (viewer: Parameters<typeof ideaPage>[0]) =>
    (await ideaPage(viewer, idea.threadId)).whys.map(({ why }) => why).sort()
  for (const reader of [dara, bo]) expect(await whysFor(reader)).toEqual(['Forty people wait for it.', 'We move every spring.'])
  for (const reader of [amina, visitor]) expect(await whysFor(reader)).toEqual(['Forty people wait for it.'])
  expect(await whysFor(chen)).toEqual(['Forty people wait for it.'])
  // The database refuses the rest by itself, whatever asks it.
  const asNobody = await db.select({ why: ideaWhys.why }).from(ideaWhys).where(eq(ideaWhys.threadId, idea.threadId))
  expect(asNobody).toEqual([{ why: 'Forty people wait for it.' }])
  expect((await ideaPage(chen, idea.threadId)).myWhy).toEqual({ why: 'We move every spring.', shown: false })

  await voteForIdea(chen, idea.threadId)
  expect((await ideaPage(chen, idea.threadId)).myWhy).toMatchObject({ why: 'We move every spring.' })
  await voteForIdea(chen, idea.threadId, { why: undefined, asked: true })
  expect((await ideaPage(chen, idea.threadId)).myWhy).toBeNull()
  await takeIdeaVoteBack(jun, idea.threadId)
  expect(await whysFor(dara)).toEqual([])
  expect(await owner.$count(ideaWhys, and(eq(ideaWhys.threadId, idea.threadId)))).toBe(0)
  await scoreIs(idea, 1)
})

test('merged, an idea brings its votes, one a person, and taken apart it has them back', async () => {
  const { amina, chen, jun, bo, dara, community, idea } = await anIdea()
  const other = await proposeIdea(chen, community.slug, { ...anIdeaOf, title: 'Select several appointments' })
  await voteForIdea(jun, idea.threadId)
  await voteForIdea(jun, other.threadId, { why: 'It is the same to me.', asked: true })
  await voteForIdea(bo, other.threadId)
  await voteForIdea(amina, other.threadId)
  await mergeThreads(bo, idea.threadId, { questions: String(other.number) })
  // Jun once, Bo; Amina proposed the one it is merged into.
  await scoreIs(idea, 2)
  expect((await ideaPage(dara, idea.threadId)).whys.map(({ why }) => why)).toEqual(['It is the same to me.'])
  await takeIdeaVoteBack(jun, idea.threadId)
  await scoreIs(idea, 1)
  await voteForIdea(jun, idea.threadId)

  const [made] = (await mergesPage(bo, community.slug)).merged
  await undoMerge(bo, made?.mergeId ?? '')
  await scoreIs(idea, 1)
  await scoreIs(other, 2)
  expect((await ideaNumbered(visitor, String(other.number))).status).toBe('open')
})

test('an idea is merged into ideas of its own room alone', async () => {
  const { chen, bo, community, idea } = await anIdea()
  const elsewhere = await anIdea()
  await expect(mergeThreads(bo, idea.threadId, { questions: String(elsewhere.idea.number) })).rejects.toThrow(Invalid)
  const question = await askQuestion(chen, community.slug, { ...anIdeaOf, title: 'How do I move a calendar?' })
  await expect(mergeThreads(bo, idea.threadId, { questions: String(question.number) })).rejects.toThrow(Invalid)
  await expect(mergeThreads(bo, question.threadId, { questions: String(idea.number) })).rejects.toThrow(Invalid)
})

test('what is wanted of late trends: votes and replies lift it, and days let it sink', async () => {
  const { chen, jun, community, idea } = await anIdea()
  const other = await proposeIdea(chen, community.slug, { ...anIdeaOf, title: 'A dark theme for the calendar' })
  const trending = async () => (await ideaList(visitor, { communityId: community.id, view: 'trending' })).ideas.map(({ title }) => title)
  await voteForIdea(jun, other.threadId)
  await weighIdea(await lastEventIn(other.threadId))
  await weighIdea(await lastEventIn(other.threadId))
  expect(await trending()).toEqual(['A dark theme for the calendar', anIdeaOf.title])
  await answerQuestion(jun, idea.threadId, { body: 'We need this as well.' })
  await voteForIdea(jun, idea.threadId)
  await weighIdea(await lastEventIn(idea.threadId))
  expect(await trending()).toEqual([anIdeaOf.title, 'A dark theme for the calendar'])
  const before = (await ideaRow(idea.threadId)).trend
  try {
    setClock(new Date(Date.now() + 5 * 86_400_000))
    await weighTrends()
    expect((await ideaRow(idea.threadId)).trend).toBeLessThan(before / 10)
  } finally {
    setClock(null)
  }
})

test('a list goes on where it ended, in each of its orders', async () => {
  const { amina, bo, dara, jun, community, idea } = await anIdea()
  await trusted(jun)
  for (let n = 0; n < 29; n++) {
    const by = [bo, dara, jun][n % 3] as typeof bo
    await proposeIdea(by, community.slug, { ...anIdeaOf, title: `Another idea, number ${n}` })
  }
  await voteForIdea(jun, idea.threadId)
  for (const wanted of [{ view: 'trending' }, { view: 'top' }, { view: 'new' }, { view: 'top', status: 'open' }] as const) {
    const first = await ideaList(amina, { communityId: community.id, ...wanted })
    const second = await ideaList(amina, { communityId: community.id, ...wanted, cursor: first.next })
    expect(new Set([...first.ideas, ...second.ideas].map(({ threadId }) => threadId)).size).toBe(30)
    expect([first.ideas.length, second.next]).toEqual([25, null])
  }
  expect((await ideaList(amina, { communityId: community.id, view: 'top' })).ideas[0]).toMatchObject({ score: 1, status: 'open' })
})
