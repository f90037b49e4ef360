import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { interactions, pollBallots, polls } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { askQuestion, makePoll, mergeThreads, pollForm, pollsOf, undoMerge, voteInPoll } from '~/server/threads'
import { PollInput } from '~/server/threads/input'
import { visitor, type Viewer } from '~/server/viewer'
import { aMember, owner } from '../support/cast'
import { aQuestion, aQuestionOf, kindsIn } from './scene'

const pollOf = async (viewer: Viewer, threadId: string) => (await pollsOf(viewer, threadId))[0] ?? null
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const POLL = { question: 'When does it happen to you?', choices: ['At once', 'After a day', 'Never'], most: 1, closes: inDays(7) }

/** Amina asks her room when it happens. */
async function aPoll(most = 1) {
  const scene = await aQuestion()
  const { threadId } = scene.question
  await makePoll(scene.amina, threadId, { ...POLL, most })
  const choices = (await pollOf(scene.amina, threadId))?.choices ?? []
  const [atOnce, later, never] = choices.map(({ id }) => id) as [string, string, string]
  const standing = async (viewer: Viewer) => (await pollOf(viewer, threadId))?.choices.map(({ votes }) => votes)
  return { ...scene, threadId, atOnce, later, never, standing }
}
/** Four more, so that a fifth is not alone with them. */
const fourVote = async (threadId: string, choice: string) => {
  for (const name of ['Jun', 'Mateo', 'Dara', 'Joost']) await voteInPoll(await aMember(name), threadId, { choice: [choice] })
}
const close = (threadId: string) =>
  owner
    .update(polls)
    .set({ closesAt: new Date(Date.now() - 1000) })
    .where(eq(polls.threadId, threadId))

test('the author of a thread asks, and asks otherwise until somebody has voted; nobody else does', async () => {
  const { amina, chen, bo, threadId, standing } = await aPoll()
  for (const viewer of [chen, bo]) await expect(makePoll(viewer, threadId, POLL)).rejects.toThrow(Forbidden)
  await makePoll(amina, threadId, { ...POLL, question: 'How often does it happen?', choices: ['Daily', 'Weekly'] })
  const poll = await pollOf(amina, threadId)
  expect(poll?.lastDay.toISOString().slice(0, 10)).toBe(inDays(7))
  expect(poll).toMatchObject({ question: 'How often does it happen?', voters: 0, voted: false, may: { edit: true, vote: true } })
  await voteInPoll(chen, threadId, { choice: [poll?.choices[0]?.id ?? ''] })
  await expect(makePoll(amina, threadId, POLL)).rejects.toThrow(Conflict)
  await expect(pollForm(amina, threadId)).rejects.toThrow(Conflict)
  await fourVote(threadId, poll?.choices[1]?.id ?? '')
  expect(await standing(chen)).toEqual([1, 4])
  for (const closes of [inDays(-1), inDays(400)]) await expect(makePoll(amina, threadId, { ...POLL, closes })).rejects.toThrow(Invalid)
  for (const choices of ['One', 'One\nOne', Array.from({ length: 11 }, (_, n) => n).join('\n')])
    expect(PollInput.safeParse({ ...POLL, choices }).success, choices).toBe(false)
})

test('one vote a person, the last one counts, also of ten at once; a member who does not vote sees no counts', async () => {
  const { amina, chen, bo, threadId, atOnce, later, never, standing } = await aPoll()
  await fourVote(threadId, never)
  await Promise.all(Array.from({ length: 10 }, () => voteInPoll(chen, threadId, { choice: [atOnce] })))
  expect(await standing(chen)).toEqual([1, 0, 4])
  for (const viewer of [amina, bo, visitor]) expect(await standing(viewer)).toEqual([null, null, null])
  await voteInPoll(chen, threadId, { choice: [later] })
  await voteInPoll(amina, threadId, { choice: [later] })
  expect(await standing(amina)).toEqual([0, 2, 4])
  expect(await pollOf(bo, threadId)).toMatchObject({ voters: 6, voted: false })
  await expect(voteInPoll(visitor, threadId, { choice: [later] })).rejects.toThrow(Forbidden)
})

test('as many as may be chosen, and of these answers', async () => {
  const { chen, threadId, atOnce, later, never, standing } = await aPoll(2)
  for (const choice of [[], [atOnce, later, never], ['01900000-0000-7000-8000-000000000000']])
    await expect(voteInPoll(chen, threadId, { choice })).rejects.toThrow(Invalid)
  await voteInPoll(chen, threadId, { choice: [atOnce, never, never] })
  await fourVote(threadId, later)
  expect(await standing(chen)).toEqual([1, 4, 1])
})

test('fewer than five are told how many they are and not how they voted, by the page and by the database, also once it is closed', async () => {
  const { amina, chen, threadId, atOnce, later, standing } = await aPoll()
  const counted = (viewer: Viewer) => transaction(viewer, (tx) => tx.execute(sql`select * from poll_counts(${threadId})`))
  await voteInPoll(amina, threadId, { choice: [atOnce] })
  await voteInPoll(chen, threadId, { choice: [later] })
  expect(await pollOf(chen, threadId)).toMatchObject({ voters: 2, voted: true, closed: false })
  expect([await standing(chen), await counted(chen)]).toEqual([[null, null, null], []])
  await close(threadId)
  for (const viewer of [chen, visitor]) expect([await standing(viewer), await counted(viewer)]).toEqual([[null, null, null], []])
  expect(await pollOf(visitor, threadId)).toMatchObject({ voters: 2, closed: true })
})

test('a closed poll takes no vote and shows everybody how it ended', async () => {
  const { amina, chen, threadId, atOnce, standing } = await aPoll()
  await voteInPoll(chen, threadId, { choice: [atOnce] })
  await fourVote(threadId, atOnce)
  await close(threadId)
  await expect(voteInPoll(amina, threadId, { choice: [atOnce] })).rejects.toThrow(Conflict)
  expect(await standing(visitor)).toEqual([5, 0, 0])
  expect(await pollOf(amina, threadId)).toMatchObject({ closed: true, may: { vote: false } })
})

test('who chose what is known to nobody else: not to the database’s other readers, not to the log', async () => {
  const { amina, chen, threadId, atOnce, later } = await aPoll()
  await voteInPoll(chen, threadId, { choice: [atOnce] })
  await fourVote(threadId, later)
  const read = (viewer: Viewer) => transaction(viewer, (tx) => tx.select().from(pollBallots).where(eq(pollBallots.threadId, threadId)))
  expect(await read(chen)).toHaveLength(1)
  for (const viewer of [amina, visitor]) expect(await read(viewer)).toHaveLength(0)
  const counted = await transaction(amina, (tx) => tx.execute(sql`select * from poll_counts(${threadId})`))
  expect(counted).toHaveLength(0)
  const [event] = await owner
    .select()
    .from(interactions)
    .where(sql`kind = 'poll.voted' and payload ->> 'threadId' = ${threadId}`)
    .orderBy(interactions.id)
  expect(event).toMatchObject({ actorHandleId: null })
  expect(JSON.stringify(event)).not.toContain(atOnce)
  expect(await kindsIn(threadId)).toEqual(['question.asked', 'poll.made', ...Array<string>(5).fill('poll.voted')])
})

test('in a room that one may not know of there is no poll to vote in', async () => {
  const { amina, question } = await aQuestion({ access: 'invitation' })
  await makePoll(amina, question.threadId, POLL)
  const jun = await aMember('Jun')
  await expect(pollOf(jun, question.threadId)).rejects.toThrow(NotFound)
  await expect(voteInPoll(jun, question.threadId, { choice: [] })).rejects.toThrow(NotFound)
})

test('a poll stands where its question stands: after a merge under the other’s, votes and all, and back when it is undone', async () => {
  const { amina, bo, chen, community, question, threadId, atOnce, later } = await aPoll()
  const other = await askQuestion(amina, community.slug, { ...aQuestionOf, title: 'Messages come back after compacting' })
  await makePoll(amina, other.threadId, { ...POLL, question: 'On which system?' })
  await voteInPoll(chen, threadId, { choice: [atOnce] })
  await fourVote(threadId, later)
  await mergeThreads(bo, other.threadId, { questions: String(question.number) })
  const shown = (viewer: Viewer) => pollsOf(viewer, other.threadId)
  expect((await shown(chen)).map((poll) => poll.question)).toEqual(['On which system?', POLL.question])
  expect((await shown(chen))[1]).toMatchObject({ number: question.number, voters: 5, voted: true, may: { vote: true, edit: false } })
  const told = await voteInPoll(amina, threadId, { choice: [later] })
  expect(told).toMatchObject({ threadId: other.threadId, pollNumber: question.number })
  expect((await shown(amina))[1]?.choices.map(({ votes }) => votes)).toEqual([1, 5, 0])
  await owner.execute(sql`update threads set imported_locked = true where id = ${other.threadId}`)
  await expect(voteInPoll(chen, threadId, { choice: [later] })).rejects.toThrow(Forbidden)
  expect((await shown(chen)).map(({ may }) => may.vote)).toEqual([false, false])
  await owner.execute(sql`update threads set imported_locked = false where id = ${other.threadId}`)
  const [{ id: mergeId } = { id: '' }] = await owner.execute<{ id: string }>(
    sql`select id from thread_merges where thread_id = ${threadId}`,
  )
  await undoMerge(bo, mergeId)
  expect((await shown(chen)).map((poll) => poll.question)).toEqual(['On which system?'])
  expect(await pollOf(amina, threadId)).toMatchObject({ question: POLL.question, voters: 6 })
})
