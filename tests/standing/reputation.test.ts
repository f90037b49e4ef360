import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { communities, handles, people, posts, reputationEntries, reputationSums, trustLevels, votes } from '~/db/schema'
import { leaveCommunity } from '~/server/communities'
import { decide } from '~/server/moderation'
import { setClock } from '~/server/platform/clock'
import { reactionTable } from '~/server/reactions'
import { ownStanding, recountReputation, reputationOf, settleReputation } from '~/server/standing'
import { settlePosts } from '~/server/standing/earning'
import { countedOfDay, MOST_BY_VOTES_A_DAY, type Cause, type Row } from '~/server/standing/rules'
import {
  acceptAnswer,
  answerQuestion,
  askQuestion,
  confirmAnswer,
  mergeThreads,
  unacceptAnswer,
  unconfirmAnswer,
  voteOn,
} from '~/server/threads'
import { systemViewer, visitor } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aQuestionOf, aQuestionWithAnAnswer, eventsIn, lastEventIn } from '../threads/scene'
import { anIdea, move } from '../ideas/scene'
import { voteForIdea } from '~/server/ideas'
import { drawing, followed, pointsOf, rowsOf } from './support'

afterEach(() => setClock(null))
const drawn = drawing(7)
const REASONS = { rule: 'civil', facts: 'It insults the asker in the second sentence.', why: 'It is about a person.' } as const

test('an accepted answer earns whoever wrote it 15, and the asker 2 for saying so; each row says why', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  await acceptAnswer(amina, answer.postId)
  await followed(question.threadId)

  expect(await rowsOf(chen)).toEqual(['+15 answer-accepted'])
  expect(await rowsOf(amina)).toEqual(['+2 accepted-an-answer'])
  const { rows, points, rooms } = await ownStanding(chen)
  expect(rows[0]).toMatchObject({ cause: 'answer-accepted', points: 15, counted: 15, takenBackOn: null })
  expect(rows[0]?.by?.handle).toBe(amina.handle)
  expect(rows[0]?.thread).toMatchObject({ number: question.number, title: aQuestionOf.title })
  expect([points, rooms.map((room) => room.points)]).toEqual([15, [15]])
})

test('accepting one’s own answer earns nothing', async () => {
  const { amina, question } = await aQuestionWithAnAnswer()
  const own = await answerQuestion(amina, question.threadId, { body: 'I found it: the index was of another folder.' })
  await acceptAnswer(amina, own.postId)
  await followed(question.threadId)
  expect(await rowsOf(amina)).toEqual([])
})

test('what is undone is taken back, and given again on the same row when it is done again', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  await acceptAnswer(amina, answer.postId)
  await followed(question.threadId)
  await unacceptAnswer(amina, answer.postId)
  await followed(question.threadId)
  expect(await rowsOf(chen)).toEqual(['(+15 answer-accepted: undone)'])
  expect(await pointsOf(chen)).toBe(0)

  await acceptAnswer(amina, answer.postId)
  await followed(question.threadId)
  expect(await rowsOf(chen)).toEqual(['+15 answer-accepted'])
  expect(await pointsOf(chen)).toBe(15)
})

test('votes earn and cost; a vote that turns is one row taken back and another given; the voter is not named', async () => {
  const { amina, bo, chen, question, answer } = await aQuestionWithAnAnswer()
  await voteOn(amina, answer.postId, 1)
  await voteOn(bo, answer.postId, -1)
  await voteOn(chen, question.postId, 1)
  await followed(question.threadId)
  expect(await rowsOf(chen)).toEqual(['+10 answer-helpful', '-2 voted-down'])
  expect(await rowsOf(amina)).toEqual(['+5 question-helpful'])

  await voteOn(bo, answer.postId, 1)
  await followed(question.threadId)
  expect(await rowsOf(chen)).toEqual(['(-2 voted-down: undone)', '+10 answer-helpful', '+10 answer-helpful'])
  const { rows, points } = await ownStanding(chen)
  expect(points).toBe(20)
  expect(rows.map((row) => row.by)).toEqual([null, null, null])
})

test('a vote settles what its voter gave, and reads nobody else’s votes again', async () => {
  const { amina, bo, chen, question, answer } = await aQuestionWithAnAnswer()
  await voteOn(amina, answer.postId, 1)
  await voteOn(bo, answer.postId, 1)
  await settleReputation(await lastEventIn(question.threadId))
  expect(
    (await owner.select().from(reputationEntries).where(eq(reputationEntries.handleId, chen.handleId))).map((row) => row.byHandleId),
  ).toEqual([bo.handleId])
  await followed(question.threadId)
  expect(await pointsOf(chen)).toBe(20)
})

test('however many people and days are concerned, what counts is reckoned in as many statements', async () => {
  const { amina, bo, chen, question, answer } = await aQuestionWithAnAnswer()
  const others = await Promise.all(['Ines', 'Jun', 'Mateo'].map((name) => aMember(name)))
  const answers = [answer.postId]
  for (const other of others)
    answers.push((await answerQuestion(other, question.threadId, { body: 'It helps to compact the folder.' })).postId)
  for (const postId of answers) for (const voter of [amina, bo]) await voteOn(voter, postId, 1)
  await owner
    .update(votes)
    .set({ createdAt: new Date(Date.now() - 40 * 86_400_000) })
    .where(eq(votes.handleId, amina.handleId))
  const statementsFor = (postIds: string[]) =>
    transaction(systemViewer('standing'), async (tx) => {
      const sent = vi.spyOn((tx as unknown as { session: { client: { unsafe: () => unknown } } }).session.client, 'unsafe')
      await settlePosts(tx, postIds)
      return sent.mock.calls.length
    })
  expect(await statementsFor(answers.slice(1))).toBe(await statementsFor(answers.slice(0, 1)))
  expect(await Promise.all([chen, ...others].map(pointsOf))).toEqual([20, 20, 20, 20])
})

test('what was settled by a reaction that broke off before trust was weighed is weighed when it comes again', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  await voteOn(amina, answer.postId, 1)
  await followed(question.threadId)
  const theirs = eq(trustLevels.personId, chen.personId)
  await owner.delete(trustLevels).where(theirs)
  await settleReputation(await lastEventIn(question.threadId))
  expect(await owner.$count(trustLevels, theirs)).toBe(1)
})

test('the ledger says the day of a vote and no more of when, in its pages too', async () => {
  const { bo, chen, question, answer } = await aQuestionWithAnAnswer()
  await voteOn(bo, answer.postId, 1)
  await followed(question.threadId)
  const [row] = await owner.select().from(reputationEntries).where(eq(reputationEntries.handleId, chen.handleId))
  const others = Array.from({ length: 64 }, (_, n) => ({
    ...(row as NonNullable<typeof row>),
    ...{ id: randomUUID(), sourceId: randomUUID() },
    ...{ earnedAt: new Date(Date.now() - n * 60_000) },
  }))
  await owner.insert(reputationEntries).values(others)

  const seen: string[] = []
  let older: string | null = null
  do {
    const page: Awaited<ReturnType<typeof ownStanding>> = await ownStanding(chen, older)
    expect(JSON.stringify(page)).not.toMatch(/\dT\d/)
    seen.push(...page.rows.map(({ id }) => id))
    older = page.older
  } while (older)
  expect([seen.length, new Set(seen).size]).toEqual([65, 65])
  // The fifteenth letter of an id is how it was made: by the clock (7), or drawn (4).
  expect(seen.map((id) => id[14]).filter((made) => made !== '4')).toEqual([])
  expect((await ownStanding(bo, row?.id)).rows).toEqual([])
})

test('the same event ten times at once is one row', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  await voteOn(amina, answer.postId, 1)
  const event = await lastEventIn(question.threadId)
  await Promise.all(Array.from({ length: 10 }, () => settleReputation(event)))
  expect(await rowsOf(chen)).toEqual(['+10 answer-helpful'])
  expect(await pointsOf(chen)).toBe(10)
})

test('what a moderator removes earns no more, until it is restored', async () => {
  const { amina, bo, chen, question, answer } = await aQuestionWithAnAnswer()
  await voteOn(amina, answer.postId, 1)
  await acceptAnswer(amina, answer.postId)
  await followed(question.threadId)
  const { decisionId } = await decide(bo, 'post', answer.postId, { act: 'hide', ...REASONS })
  await followed(question.threadId)
  expect(await rowsOf(chen)).toEqual(['(+10 answer-helpful: removed)', '(+15 answer-accepted: removed)'])
  expect(await rowsOf(amina)).toEqual(['(+2 accepted-an-answer: removed)'])

  await decide(bo, 'post', answer.postId, { act: 'restore', rule: 'none', facts: 'It was a quotation.', seen: decisionId })
  await followed(question.threadId)
  expect(await pointsOf(chen)).toBe(25)
  const hidden = await decide(bo, 'thread', question.threadId, { act: 'hide', ...REASONS })
  await followed(question.threadId)
  expect([await pointsOf(chen), await pointsOf(amina), Boolean(hidden)]).toEqual([0, 0, true])
})

test('an answer that the vendor confirms earns 10, apart from acceptance', async () => {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const { chen, question, answer } = await aQuestionWithAnAnswer({ hostVendorId: vendor.id })
  await confirmAnswer(dara, answer.postId)
  await followed(question.threadId)
  expect(await rowsOf(chen)).toEqual(['+10 answer-confirmed'])
  await unconfirmAnswer(dara, answer.postId)
  await followed(question.threadId)
  expect(await rowsOf(chen)).toEqual(['(+10 answer-confirmed: undone)'])
})

test('an idea earns 5 a vote and 30 when it ships, and loses those when it does not after all', async () => {
  const { amina, chen, jun, dara, idea } = await anIdea()
  await voteForIdea(chen, idea.threadId)
  await voteForIdea(jun, idea.threadId)
  await move(dara, idea.threadId, 'open', 'started')
  await move(dara, idea.threadId, 'started', 'shipped', 'In 4.4.')
  await followed(idea.threadId)
  expect(await rowsOf(amina)).toEqual(['+30 idea-shipped', '+5 idea-wanted', '+5 idea-wanted'])
  await move(dara, idea.threadId, 'shipped', 'started', 'Taken out of 4.4 again.')
  await followed(idea.threadId)
  expect(await pointsOf(amina)).toBe(10)
})

test('merged questions: everybody keeps what was given to them, and nothing counts twice', async () => {
  const { amina, chen, bo, community, question, answer } = await aQuestionWithAnAnswer()
  const jun = await aMember('Jun')
  const again = await askQuestion(jun, community.slug, { ...aQuestionOf, title: 'Mails return from the dead' })
  await voteOn(chen, again.postId, 1)
  await voteOn(amina, answer.postId, 1)
  await followed(again.threadId)
  await mergeThreads(bo, question.threadId, { questions: `/c/${community.slug}/${again.number}/x` })
  for (const id of [again.threadId, question.threadId]) await followed(id)
  expect(await rowsOf(jun)).toEqual(['+5 question-helpful'])
  expect(await rowsOf(amina)).toEqual([])
  expect(await rowsOf(chen)).toEqual(['+10 answer-helpful'])
})

test('what was imported earns nothing', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  await owner.update(posts).set({ source: 'elsewhere' }).where(eq(posts.id, answer.postId))
  await voteOn(amina, answer.postId, 1)
  await followed(question.threadId)
  expect(await rowsOf(chen)).toEqual([])
})

test('recommending, replying to recommendations and moderating them earn nothing: nothing of it leads to the ledger', () => {
  const earning = reactionTable().filter(([, names]) => names.includes('reputation'))
  expect(earning.map(([kind]) => kind).filter((kind) => kind.startsWith('recommendation.') || kind.startsWith('vault.'))).toEqual([])
  expect(earning.length).toBeGreaterThan(5)
})

test('votes bring at most 200 a day; what was accepted counts beyond it; the next day counts anew', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  const crowd = Array.from({ length: 24 }, (_, n) => ({ personId: newId(), handleId: newId(), n }))
  const noon = new Date('2026-03-03T12:00:00Z')
  await owner.insert(people).values(crowd.map(({ personId }) => ({ id: personId })))
  await owner.insert(handles).values(
    crowd.map(({ handleId, personId, n }) => ({
      id: handleId,
      personId,
      kind: 'member' as const,
      handle: `crowd-${handleId.slice(-12)}`,
      displayName: `Crowd ${n}`,
    })),
  )
  await owner.insert(votes).values(
    crowd.map(({ handleId, n }) => ({
      postId: answer.postId,
      handleId,
      value: 1,
      createdAt: new Date(noon.getTime() + (n < 22 ? n * 1000 : 86_400_000 + n)),
    })),
  )
  setClock(noon)
  await acceptAnswer(amina, answer.postId)
  await followed(question.threadId)

  expect(await pointsOf(chen)).toBe(MOST_BY_VOTES_A_DAY + 15 + 20)
  const sums = await owner.select().from(reputationSums).where(eq(reputationSums.handleId, chen.handleId))
  expect(sums.map(({ period, points }) => `${period} ${points}`).sort()).toEqual(['2026-03 235', 'all 235'])
  // One of those that counted goes: one that did not comes in for it.
  await owner.delete(votes).where(eq(votes.handleId, crowd[0]?.handleId ?? ''))
  await followed(question.threadId)
  expect(await pointsOf(chen)).toBe(235)
})

test('whatever the order and the mixture, a day counts no more of votes than it may, and all of everything else', () => {
  for (let run = 0; run < 200; run++) {
    const causes: Cause[] = ['answer-helpful', 'question-helpful', 'voted-down', 'answer-accepted', 'idea-shipped']
    const points = { 'answer-helpful': 10, 'question-helpful': 5, 'voted-down': -2, 'answer-accepted': 15, 'idea-shipped': 30 } as Record<
      Cause,
      number
    >
    const rows = Array.from({ length: run % 70 }, (_, n): Row => {
      const cause = causes[Math.floor(drawn() * causes.length)] as Cause
      return {
        id: `row-${n}`,
        cause,
        points: points[cause],
        earnedAt: new Date(1e12 + Math.floor(drawn() * 1e6)),
        takenBack: drawn() < 0.2,
      }
    })
    const counted = countedOfDay(rows)
    const sum = (which: (row: Row) => boolean) => rows.filter(which).reduce((total, row) => total + (counted.get(row.id) ?? 0), 0)
    const live = rows.filter((row) => !row.takenBack)
    const given = live.filter((row) => row.cause.endsWith('-helpful')).reduce((total, row) => total + row.points, 0)
    expect(sum((row) => row.takenBack)).toBe(0)
    expect(sum((row) => row.cause.endsWith('-helpful'))).toBe(Math.min(given, MOST_BY_VOTES_A_DAY))
    expect(sum((row) => !row.takenBack && !row.cause.endsWith('-helpful'))).toBe(
      live.filter((row) => !row.cause.endsWith('-helpful')).reduce((total, row) => total + row.points, 0),
    )
    expect(countedOfDay([...rows].reverse())).toEqual(counted)
  }
})

test('what was earned in a room that one may not know of is shown to nobody outside it', async () => {
  const { amina, chen, community, question, answer } = await aQuestionWithAnAnswer({ access: 'invitation' })
  await acceptAnswer(amina, answer.postId)
  await followed(question.threadId)
  expect(await reputationOf(await refreshed(amina), chen.handle)).toBe(15)
  expect(await reputationOf(visitor, chen.handle)).toBeNull()
  expect(await reputationOf(await aMember('Jun'), chen.handle)).toBeNull()

  await leaveCommunity(chen, community.slug)
  const { rows, rooms, points } = await ownStanding(await refreshed(chen))
  expect(rows).toHaveLength(1)
  expect(rows[0]?.thread).toBeNull()
  expect([rooms, points]).toEqual([[], 0])
})

test('the database shows nobody the ledger of somebody else, and lets nobody write in one', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  await voteOn(amina, answer.postId, 1)
  await followed(question.threadId)
  const mine = sql`select 1 from reputation_entries where handle_id = ${chen.handleId}`
  expect(await transaction(chen, (tx) => tx.execute(mine))).toHaveLength(1)
  expect(await transaction(amina, (tx) => tx.execute(mine))).toHaveLength(0)
  expect(await db.execute(mine)).toHaveLength(0)
  const more = sql`update reputation_entries set points = 1000 where handle_id = ${chen.handleId} returning 1`
  expect(await transaction(chen, (tx) => tx.execute(more))).toHaveLength(0)
  await expect(transaction(chen, (tx) => tx.execute(sql`delete from reputation_entries`))).rejects.toThrow()
})

test('however people change their minds, in whatever order they are told of, the ledger is what a recount finds', async () => {
  const { amina, bo, chen, question, answer } = await aQuestionWithAnAnswer()
  const second = await answerQuestion(bo, question.threadId, { body: 'Compact the folder before you close it.' })
  const acts = [
    () => voteOn(amina, answer.postId, 1),
    () => voteOn(amina, answer.postId, 0),
    () => voteOn(bo, answer.postId, -1),
    () => voteOn(chen, second.postId, 1),
    () => acceptAnswer(amina, answer.postId),
    () => acceptAnswer(amina, second.postId),
    () => unacceptAnswer(amina, second.postId),
    () => voteOn(bo, answer.postId, 1),
  ]
  for (let n = 0; n < 24; n++) await (acts[Math.floor(drawn() * acts.length)] as () => Promise<unknown>)()
  const events = (await eventsIn(question.threadId)).sort(() => drawn() - 0.5)
  await Promise.all(events.map(settleReputation))

  const ledger = () =>
    owner
      .select()
      .from(reputationEntries)
      .innerJoin(communities, eq(communities.id, reputationEntries.communityId))
      .where(eq(communities.slug, question.slug))
      .orderBy(reputationEntries.id)
  const before = await ledger()
  await recountReputation()
  expect(await ledger()).toEqual(before)
  const [off] = await owner.execute<{ off: string }>(sql`
    select count(*) as off from (select handle_id, sum(counted)::int as points from reputation_entries where community_id = ${before[0]?.communities.id ?? newId()} group by 1) it
    join reputation_sums s on s.handle_id = it.handle_id and s.period = 'all' and s.community_id = ${before[0]?.communities.id ?? newId()} where s.points <> it.points`)
  expect(Number(off?.off)).toBe(0)
})

test('a vote that staff enter for a customer is told of like any other, and goes with them', () => {
  const named = Object.fromEntries(reactionTable())
  for (const kind of ['post.voted', 'idea.voted-on-behalf', 'idea.vote-withdrawn']) expect(named[kind]).toContain('reputation')
})
