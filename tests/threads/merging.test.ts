import { and, eq } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { communities, notifications, posts, tags, threadFollows, threads, votes } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { personPage } from '~/server/accounts'
import { decide } from '~/server/moderation'
import { notifyWhoIsTold } from '~/server/notifications'
import { setClock } from '~/server/platform/clock'
import {
  acceptAnswer,
  answerQuestion,
  askQuestion,
  commentOn,
  confirmMerges,
  declineMerges,
  editPost,
  followThread,
  mergesPage,
  mergeThreads,
  threadAt,
  threadIdOf,
  threadList,
  threadPage,
  undoMerge,
  unfollowThread,
  voteOn,
} from '~/server/threads'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { aCommunity, aMember, owner, refreshed, trusted } from '../support/cast'
import { aQuestionOf, communityRow, kindsIn, lastEventIn, postRow, threadRow } from './scene'

// Whole rooms are asked, merged and compared here.
vi.setConfig({ testTimeout: 120_000 })
afterEach(() => setClock(null))

type Asked = Awaited<ReturnType<typeof askQuestion>>
const addressOf = ({ slug, number }: Asked) => `/c/${slug}/${number}/deleted-messages`
const pageOf = (viewer: Viewer, { slug, number }: Asked) => threadPage(viewer, { slug, number: String(number), order: 'helpful' })
const merge = (by: Viewer, into: Asked, ...others: Asked[]) =>
  mergeThreads(by, into.threadId, { questions: others.map(addressOf).join('\n') })
const mergeOf = async (by: Viewer, question: Asked) =>
  (await mergesPage(by, question.slug)).merged.find(({ number }) => number === question.number)?.mergeId ?? ''

/** One outage: several have asked, each with an answer of Chen; Bo moderates. */
async function anOutage(count = 3) {
  const askers = await Promise.all(Array.from({ length: count }, (_, n) => aMember(`Asker${n}`)))
  const [chen, bo] = await Promise.all([aMember('Chen'), aMember('Bo')])
  const community = await aCommunity({ members: [...askers, chen], moderators: [bo] })
  const people = { askers: await Promise.all(askers.map(refreshed)), chen: await trusted(await refreshed(chen)), bo: await refreshed(bo) }
  const questions: Asked[] = []
  const answers: { postId: string }[] = []
  for (const [n, asker] of people.askers.entries()) {
    questions.push(await askQuestion(asker, community.slug, { ...aQuestionOf, title: `The server is away (${n})`, tags: ['outage'] }))
    answers.push(await answerQuestion(people.chen, (questions[n] as Asked).threadId, { body: `It comes back at noon (${n}).` }))
  }
  return { ...people, community, questions, answers } as typeof people & {
    community: typeof community
    questions: [Asked, Asked, ...Asked[]]
    answers: [{ postId: string }, { postId: string }, ...{ postId: string }[]]
    askers: [PersonViewer, PersonViewer, ...PersonViewer[]]
  }
}

/** Everything of a room that a merge touches, but when it happened. */
async function standing(communityId: string) {
  const rows = await owner.select().from(threads).where(eq(threads.communityId, communityId)).orderBy(threads.id)
  const of = async (id: string) => ({
    posts: (await owner.select().from(posts).where(eq(posts.threadId, id)).orderBy(posts.id)).map(({ id, kind, homeThreadId, score }) => ({
      id,
      kind,
      homeThreadId,
      score,
    })),
    followers: (await owner.select().from(threadFollows).where(eq(threadFollows.threadId, id)).orderBy(threadFollows.handleId)).map(
      ({ handleId, byMerge }) => ({ handleId, byMerge }),
    ),
    votes: await owner
      .select({ postId: votes.postId, handleId: votes.handleId, value: votes.value, byMerge: votes.byMerge })
      .from(votes)
      .innerJoin(posts, eq(posts.id, votes.postId))
      .where(eq(posts.threadId, id))
      .orderBy(votes.postId, votes.handleId),
  })
  const [room] = await owner.select({ threadCount: communities.threadCount }).from(communities).where(eq(communities.id, communityId))
  return {
    room,
    tags: await owner
      .select({ name: tags.name, count: tags.threadCount })
      .from(tags)
      .where(eq(tags.communityId, communityId))
      .orderBy(tags.name),
    threads: await Promise.all(rows.map(async ({ activeAt: _, ...row }) => ({ ...row, ...(await of(row.id)) }))),
  }
}

/** The counters of every thread of a room, beside what a count of its rows says. */
async function countsAreRight(communityId: string) {
  for (const thread of await owner.select().from(threads).where(eq(threads.communityId, communityId))) {
    const answers = await owner.$count(posts, and(eq(posts.threadId, thread.id), eq(posts.kind, 'answer')))
    const followers = await owner.$count(threadFollows, eq(threadFollows.threadId, thread.id))
    const [opening] = await owner
      .select()
      .from(posts)
      .where(and(eq(posts.threadId, thread.id), eq(posts.kind, 'opening')))
    const given = opening ? await owner.select().from(votes).where(eq(votes.postId, opening.id)) : []
    const score = opening ? given.reduce((sum, { value }) => sum + value, 0) : thread.score
    expect({ answers: thread.answerCount, followers: thread.followerCount, score: thread.score }).toEqual({ answers, followers, score })
  }
}

test('merged, the answers stand in one thread, and the old address leads there for good', async () => {
  const { bo, chen, questions, answers, community } = await anOutage()
  const [into, ...others] = questions
  await merge(bo, into, ...others)
  const page = await pageOf(visitor, into)
  expect(page.answers.map(({ postId }) => postId).sort()).toEqual(answers.map(({ postId }) => postId).sort())
  expect(page).toMatchObject({ answerCount: 3, merged: others.map(({ number }) => ({ number })) })
  for (const { slug, number, threadId } of others) {
    expect(await threadAt(visitor, { slug, number: String(number), order: 'helpful' })).toMatchObject({ moved: { number: into.number } })
    expect(await threadIdOf(String(number))).toBe(into.threadId)
    expect((await kindsIn(threadId)).at(-1)).toBe('thread.merged')
  }
  expect((await threadList(visitor, { communityId: community.id, view: 'new' })).threads).toHaveLength(1)
  expect((await communityRow(community.id)).threadCount).toBe(1)
  await expect(merge(bo, into, others[0] as Asked)).rejects.toThrow(Invalid)
  await answerQuestion(chen, await threadIdOf(String((others[0] as Asked).number)), { body: 'It is back.' })
  expect((await pageOf(visitor, into)).answerCount).toBe(4)
  await countsAreRight(community.id)
})

test('twelve threads of one outage: each follower moves once, each vote of a person counts once, each asker is told', async () => {
  const { bo, chen, askers, questions, community } = await anOutage(12)
  const [into, ...others] = questions
  const jun = await aMember('Jun')
  for (const question of questions) {
    await followThread(jun, question.threadId)
    await voteOn(jun, question.postId, 1)
    if (question !== into) await voteOn(chen, question.postId, 1)
    if (question !== into) await voteOn(askers[0], question.postId, 1)
  }
  const before = await standing(community.id)
  await merge(bo, into, ...others)
  const row = await threadRow(into.threadId)
  // Twelve askers, Chen who answered, and Jun. Jun and Chen voted; who asked does not vote for their own.
  expect([row.followerCount, row.score]).toEqual([14, 2])
  expect((await pageOf(jun, into)).opening).toMatchObject({ score: 2, myVote: 1 })
  await countsAreRight(community.id)
  for (const { threadId } of others) await notifyWhoIsTold(await lastEventIn(threadId))
  for (const asker of askers) {
    const told = await owner
      .select()
      .from(notifications)
      .where(and(eq(notifications.personId, asker.personId), eq(notifications.kind, 'thread.merged')))
    expect(told).toHaveLength(asker === askers[0] ? 0 : 1)
  }
  await Promise.all(others.map(async (question) => undoMerge(bo, await mergeOf(bo, question))))
  expect(await standing(community.id)).toEqual(before)
})

test('a member proposes, nothing moves, and a moderator makes or declines it', async () => {
  const { bo, chen, askers, questions } = await anOutage()
  const [into, other, third] = questions as [Asked, Asked, Asked]
  for (const viewer of [visitor, await aMember('Stranger')]) await expect(merge(viewer, into, other)).rejects.toThrow(Forbidden)
  await mergeThreads(chen, into.threadId, { questions: `${addressOf(other)} #${third.number}`, note: 'One outage' })
  await merge(chen, into, other)
  expect((await pageOf(visitor, other)).answerCount).toBe(1)
  expect((await mergesPage(bo, into.slug)).proposed).toMatchObject([
    { number: into.number, from: [{ number: other.number, note: 'One outage' }, { number: third.number }] },
  ])
  await expect(mergesPage(chen, into.slug)).rejects.toThrow(NotFound)
  await expect(confirmMerges(chen, into.threadId)).rejects.toThrow(Forbidden)
  await expect(merge(askers[0], third, other)).rejects.toThrow(Conflict)
  await declineMerges(bo, into.threadId)
  expect((await mergesPage(bo, into.slug)).proposed).toEqual([])
  await merge(chen, into, other, third)
  await confirmMerges(bo, into.threadId)
  await confirmMerges(bo, into.threadId)
  expect((await pageOf(visitor, into)).answerCount).toBe(3)
  expect((await kindsIn(other.threadId)).slice(2)).toEqual([
    'thread.merge-proposed',
    'thread.merge-declined',
    'thread.merge-proposed',
    'thread.merged',
  ])
})

test('only questions of the same room, never with itself, and nobody learns of what they may not read', async () => {
  const { bo, questions } = await anOutage(2)
  const elsewhere = await anOutage(1)
  const [into] = questions
  await expect(merge(bo, into, into)).rejects.toThrow(Invalid)
  await expect(merge(bo, into, elsewhere.questions[0])).rejects.toThrow(Invalid)
  const hidden = await aCommunity({ access: 'invitation', members: [elsewhere.chen] })
  const secret = await askQuestion(await refreshed(elsewhere.chen), hidden.slug, aQuestionOf)
  const tried = (typed: string) => mergeThreads(bo, into.threadId, { questions: typed }).catch((error: Invalid) => error.fields)
  expect(await tried(String(secret.number))).toEqual(await tried('99999999'))
  expect(await tried(Array.from({ length: 31 }, (_, n) => n + 1).join(' '))).toEqual({ questions: 'tooMany:30' })
})

test('what was merged is merged with the rest of it, and each merge is undone on its own', async () => {
  const { bo, questions, community } = await anOutage()
  const [a, b, c] = questions as [Asked, Asked, Asked]
  const jun = await aMember('Jun')
  await voteOn(jun, a.postId, 1)
  const before = await standing(community.id)
  await merge(bo, b, a)
  const middle = await standing(community.id)
  await merge(bo, c, b)
  expect(await pageOf(visitor, c)).toMatchObject({ answerCount: 3, merged: [{ number: a.number }, { number: b.number }] })
  expect((await pageOf(visitor, c)).opening.score).toBe(1)
  expect(await threadIdOf(String(a.number))).toBe(c.threadId)
  await undoMerge(bo, await mergeOf(bo, b))
  expect(await standing(community.id)).toEqual(middle)
  await merge(bo, c, b)
  await undoMerge(bo, await mergeOf(bo, a))
  expect(await pageOf(visitor, c)).toMatchObject({ answerCount: 2, merged: [{ number: b.number }] })
  expect((await pageOf(visitor, a)).answerCount).toBe(1)
  await countsAreRight(community.id)
  await undoMerge(bo, await mergeOf(bo, b))
  expect(await standing(community.id)).toEqual(before)
})

test('undone after edits, answers, votes and comments: each goes where it belongs, and what people did stays', async () => {
  const { bo, chen, askers, questions, answers, community } = await anOutage(2)
  const [into, other] = questions
  const [jun, noor] = [await aMember('Jun'), await aMember('Noor')]
  await followThread(noor, other.threadId)
  await merge(bo, into, other)
  await editPost(chen, answers[1].postId, { body: 'It came back at one.', tags: [], reason: undefined })
  await editPost(askers[1], other.postId, { body: 'The server is away, and so is the phone.', tags: [], reason: undefined })
  const comment = await commentOn(jun, answers[1].postId, { body: 'It did.' })
  const later = await answerQuestion(jun, into.threadId, { body: 'All is well.' })
  await voteOn(jun, answers[1].postId, 1)
  await voteOn(jun, into.postId, 1)
  await unfollowThread(noor, into.threadId)
  await acceptAnswer(askers[0], answers[1].postId)
  await expect(voteOn(jun, other.postId, 1)).rejects.toThrow(Invalid)
  await undoMerge(bo, await mergeOf(bo, other))
  expect(await postRow(answers[1].postId)).toMatchObject({ threadId: other.threadId, markdown: 'It came back at one.', score: 1 })
  expect(await postRow(other.postId)).toMatchObject({ threadId: other.threadId, kind: 'opening', editCount: 1 })
  expect(await postRow(comment.postId)).toMatchObject({ threadId: other.threadId, homeThreadId: null })
  expect(await postRow(later.postId)).toMatchObject({ threadId: into.threadId })
  expect(await threadRow(into.threadId)).toMatchObject({ score: 1, answerCount: 2, acceptedPostId: null })
  expect((await owner.select().from(threadFollows).where(eq(threadFollows.handleId, noor.handleId))).length).toBe(0)
  expect(await pageOf(askers[1], other)).toMatchObject({ title: 'The server is away (1)', answerCount: 1 })
  expect((await kindsIn(other.threadId)).at(-1)).toBe('thread.unmerged')
  await countsAreRight(community.id)
})

test('taken back by a moderator, twice is once, and after 30 days no more', async () => {
  const { bo, chen, questions, community } = await anOutage(3)
  const [into, other, third] = questions as [Asked, Asked, Asked]
  await merge(bo, into, other)
  await merge(bo, into, third)
  const mergeId = await mergeOf(bo, other)
  await expect(undoMerge(chen, mergeId)).rejects.toThrow(Forbidden)
  await expect(undoMerge(visitor, mergeId)).rejects.toThrow(Forbidden)
  await expect(undoMerge(bo, 'nonsense')).rejects.toThrow(NotFound)
  await undoMerge(bo, mergeId)
  await undoMerge(bo, mergeId)
  expect((await communityRow(community.id)).threadCount).toBe(2)
  const late = await mergeOf(bo, third)
  setClock(new Date(Date.now() + 30.1 * 86_400_000))
  await expect(undoMerge(bo, late)).rejects.toThrow('thread.mergedLongAgo')
  expect((await mergesPage(bo, into.slug)).merged).toEqual([])
})

test('two moderators merge the same two in opposite ways at once: one wins, nothing is lost', async () => {
  const { bo, questions, community } = await anOutage(2)
  const [one, other] = questions
  const outcomes = await Promise.allSettled([merge(bo, one, other), merge(bo, other, one)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const root = (await threadRow(one.threadId)).standsInId ? other : one
  expect((await pageOf(visitor, root)).answerCount).toBe(2)
  await countsAreRight(community.id)
})

test('twenty answers, votes and follows while it is merged and undone: every one is there once', async () => {
  const { bo, questions, community, answers } = await anOutage(2)
  const [into, other] = questions
  const people = await Promise.all(Array.from({ length: 8 }, (_, n) => aMember(`Person${n}`)))
  const acts = people.flatMap((person) => [
    () => voteOn(person, answers[1].postId, 1),
    () => followThread(person, other.threadId),
    () => commentOn(person, answers[1].postId, { body: 'Here too.' }),
  ])
  await Promise.all([merge(bo, into, other), ...acts.map((act) => act())])
  await countsAreRight(community.id)
  await undoMerge(bo, await mergeOf(bo, other))
  await countsAreRight(community.id)
  expect((await postRow(answers[1].postId)).score).toBe(8)
  expect(await owner.$count(posts, and(eq(posts.threadId, other.threadId), eq(posts.kind, 'comment')))).toBe(8)
})

const NAMED = { rule: 'private', facts: 'It names somebody.', why: 'Nobody asked that person.', seen: '' } as const

test('a merged question that is hidden goes with its title, but for its asker and the moderators', async () => {
  const { askers, bo, questions } = await anOutage(2)
  const [into, other] = questions
  await merge(bo, into, other)
  const [asked] = await owner
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.homeThreadId, other.threadId), eq(posts.kind, 'asked')))
  const { decisionId } = await decide(bo, 'post', asked?.id ?? '', { act: 'hide', ...NAMED })

  const titlesFor = async (viewer: Viewer) => (await pageOf(viewer, into)).merged.map(({ title }) => title)
  expect(await titlesFor(visitor)).toEqual([])
  expect(await titlesFor(askers[0])).toEqual([])
  expect(await titlesFor(askers[1])).toEqual(['The server is away (1)'])
  expect(await titlesFor(bo)).toEqual(['The server is away (1)'])
  const actsOf = async () => (await personPage(visitor, askers[1].handle)).acts.map(({ title }) => title)
  expect(await actsOf()).toEqual([])

  await undoMerge(bo, await mergeOf(bo, other))
  const stands = async () => [
    (await threadRow(other.threadId)).hiddenByDecisionId !== null,
    (await postRow(asked?.id ?? '')).hiddenByDecisionId !== null,
  ]
  expect(await stands()).toEqual([true, false])
  await decide(bo, 'thread', other.threadId, { act: 'restore', rule: 'none', facts: 'It names nobody.', seen: decisionId })
  expect(await stands()).toEqual([false, false])
  expect(await actsOf()).toEqual(['The server is away (1)'])
})

test('a question that was hidden while its merge was proposed stays hidden where it comes to stand', async () => {
  const { askers, bo, questions } = await anOutage(2)
  const [into, other] = questions
  await merge(askers[0], into, other)
  await decide(bo, 'thread', other.threadId, { act: 'hide', ...NAMED })
  await confirmMerges(bo, into.threadId)
  expect((await pageOf(visitor, into)).merged.map(({ title }) => title)).toEqual([])
  expect((await pageOf(bo, into)).merged.map(({ title }) => title)).toEqual(['The server is away (1)'])
})
