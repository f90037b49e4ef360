import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { handles, interactions, people, posts, votes, voteVoids, votingSignals } from '~/db/schema'
import { Forbidden, Invalid } from '~/server/errors'
import {
  countVotesAgain,
  findVotingSignals,
  lookForArranged,
  ownStanding,
  recountReputation,
  settleReputation,
  voidVotes,
  votingReport,
} from '~/server/standing'
import { castTogether, expectedOf, looksDevoted, looksMadeForIt, looksMutual, type Gift } from '~/server/standing/arranged'
import type { Happened } from '~/server/events'
import { answerQuestion, voteOn } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { aMember, anOperator, aPortalModerator, aStaffMember, aVendor, owner, trusted } from '../support/cast'
import { aQuestion } from '../threads/scene'
import { followed, pointsOf, rowsOf } from './support'

const gift = (given: number, gave: number, received: number, total: number): Gift => ({ given, gave, received, total })

test('two who give each other most of their votes, far above chance, look arranged; two of a small room do not', () => {
  expect(expectedOf(gift(6, 10, 20, 1000))).toBe(0.2)
  expect(looksMutual(gift(6, 10, 20, 1000), gift(7, 12, 20, 1000))).toBe(true)
  expect(looksMutual(gift(6, 40, 20, 1000), gift(7, 12, 20, 1000))).toBe(false)
  expect(looksMutual(gift(4, 4, 20, 1000), gift(7, 12, 20, 1000))).toBe(false)
  expect(looksMutual(gift(10, 10, 10, 20), gift(10, 10, 10, 20))).toBe(false)
})

test('one who votes for hardly anybody else is devoted; a new account is so with fewer doubts', () => {
  expect(looksDevoted(gift(3, 4, 10, 500))).toBe(true)
  expect(looksDevoted(gift(3, 5, 10, 500))).toBe(false)
  expect(looksDevoted(gift(2, 2, 10, 500))).toBe(false)
  expect(looksMadeForIt(gift(4, 5, 10, 12), 3)).toBe(true)
  expect(looksMadeForIt(gift(4, 5, 10, 12), 30)).toBe(false)
  expect(looksMadeForIt(gift(3, 5, 10, 12), 3)).toBe(false)
})

/** Five who came today vote for four answers of Chen’s; Amina, who is honest, votes for one of them. */
async function aRing() {
  const { amina, chen, bo, question } = await aQuestion()
  await owner
    .update(people)
    .set({ createdAt: new Date(Date.now() - 90 * 86_400_000) })
    .where(eq(people.id, amina.personId))
  const ring = await Promise.all(Array.from({ length: 5 }, (_, n) => aMember(`Ring${n}`)))
  await trusted(chen)
  const answers = []
  for (let n = 0; n < 4; n++) answers.push(await answerQuestion(chen, question.threadId, { body: `Try this, for the ${n}th time.` }))
  for (const { postId } of answers) for (const voter of ring) await voteOn(voter, postId, 1)
  await voteOn(amina, answers[0]?.postId ?? '', 1)
  await followed(question.threadId)
  return { amina, chen, bo, question, ring, answers }
}
const signalsFor = ({ handleId }: PersonViewer) => owner.select().from(votingSignals).where(eq(votingSignals.handleId, handleId))
const ofRing = (chen: PersonViewer, ring: PersonViewer[]) => ({
  for: chen.handle,
  by: ring.map(({ handle }) => handle).join(', '),
  reason: 'Five accounts of one evening, for one person alone.',
})
async function votesFollowed({ handleId }: PersonViewer) {
  for (const event of await owner
    .select()
    .from(interactions)
    .where(sql`kind in ('votes.voided', 'votes.counted-again') and payload->'handleIds'->>1 = ${handleId}`)
    .orderBy(interactions.occurredAt, interactions.id))
    await settleReputation(event as unknown as Happened)
}

/** As if those votes had been given over days, and not in one evening. */
async function spread(voters: PersonViewer[], days: number) {
  const born = { createdAt: new Date(Date.now() - (days + 1) * 86_400_000) }
  for (const [n, { handleId, personId }] of voters.entries()) {
    await owner.update(people).set(born).where(eq(people.id, personId))
    await owner
      .update(votes)
      .set({ createdAt: new Date(Date.now() - (1 + (n * days) / voters.length) * 86_400_000) })
      .where(eq(votes.handleId, handleId))
  }
}

test('new accounts that vote for one are found every night, with the numbers, once; over days, nothing follows by itself', async () => {
  const { chen, ring } = await aRing()
  await spread(ring, 5)
  await findVotingSignals()
  await findVotingSignals()
  const signals = await signalsFor(chen)
  expect(signals.map(({ kind }) => kind)).toEqual(['new-accounts'])
  expect(signals[0]?.voters).toEqual(ring.map(({ handleId }) => handleId).sort())
  expect(signals[0]?.numbers).toMatchObject({ voters: 5, votes: 20, share: 100, accountDays: 5 })
  expect(await pointsOf(chen)).toBe(200)

  const { signals: report, mayVoid } = await votingReport(await aPortalModerator())
  expect(report.find(({ who }) => who.handle === chen.handle)).toMatchObject({ kind: 'new-accounts', gone: false, voided: false })
  expect(mayVoid).toBe(false)
})

test('five who give one their votes within minutes count no more after the night: points, score and place go back, honest votes stay', async () => {
  const { amina, chen, bo, ring, answers, question } = await aRing()
  const first = answers[0]?.postId ?? ''
  const other = await answerQuestion(bo, question.threadId, { body: 'Look at the folder instead.' })
  const scoreOf = async (postId: string) => (await owner.select().from(posts).where(eq(posts.id, postId)))[0]?.score
  expect(await scoreOf(first)).toBe(6)
  await findVotingSignals()
  await Promise.all([findVotingSignals(), findVotingSignals()])
  await votesFollowed(chen)
  expect(await pointsOf(chen)).toBe(10)
  expect(await scoreOf(first)).toBe(1)
  expect(await owner.select().from(voteVoids).where(eq(voteVoids.toHandleId, chen.handleId))).toHaveLength(5)
  // What they give from now on counts as little; what the honest give counts.
  await voteOn(ring[0] as PersonViewer, other.postId, 1)
  const late = await answerQuestion(chen, question.threadId, { body: 'Once more, from the start.' })
  await voteOn(ring[0] as PersonViewer, late.postId, 1)
  await voteOn(amina, late.postId, 1)
  await followed(question.threadId)
  expect([await scoreOf(late.postId), await scoreOf(other.postId), await pointsOf(chen)]).toEqual([1, 1, 20])
  await voteOn(ring[0] as PersonViewer, late.postId, -1)
  await voteOn(ring[0] as PersonViewer, late.postId, 0)
  expect(await scoreOf(late.postId)).toBe(1)

  const { rows } = await ownStanding(chen)
  expect(rows.find(({ whyTaken }) => whyTaken === 'voided')?.found).toEqual({ voters: 5, votes: 20, minutes: 1 })
  expect(rows.every(({ by }) => by === null)).toBe(true)
  const { signals, voids } = await votingReport(await aPortalModerator())
  expect(signals.find(({ who }) => who.handle === chen.handle)).toMatchObject({ voided: true, numbers: { share: 100 } })
  expect(voids.find(({ to }) => to?.handle === chen.handle)).toMatchObject({ by: null, found: { voters: 5 } })
})

test('what an operator gave back, the check leaves; it counts again for score and reputation', async () => {
  const { chen, ring, answers } = await aRing()
  const olu = await anOperator()
  await findVotingSignals()
  await votesFollowed(chen)
  await countVotesAgain(olu, { ...ofRing(chen, ring), reason: 'They are one office, and tried it together.' })
  await votesFollowed(chen)
  await lookForArranged(olu)
  await votesFollowed(chen)
  expect(await pointsOf(chen)).toBe(200)
  const [answer] = await owner
    .select()
    .from(posts)
    .where(eq(posts.id, answers[0]?.postId ?? ''))
  expect(answer?.score).toBe(6)
  await expect(lookForArranged(chen)).rejects.toThrow(Forbidden)
  await expect(lookForArranged(await aPortalModerator())).rejects.toThrow(Forbidden)
})

test('a vote that was given while its being taken out was not known counts no more after the night', async () => {
  const { chen, ring, answers } = await aRing()
  const olu = await anOperator()
  await voidVotes(olu, ofRing(chen, ring))
  expect(await recountReputation()).toBeGreaterThan(0)
  expect(await recountReputation()).toBe(0)
  const [answer] = await owner
    .select()
    .from(posts)
    .where(eq(posts.id, answers[0]?.postId ?? ''))
  expect(answer?.score).toBe(1)
})

test('five within ten minutes were together, four or eleven minutes apart were not', () => {
  const at = (first: number, last = first) => ({ first, last })
  expect(castTogether([at(0), at(1), at(2), at(3), at(4, 10)])).toHaveLength(5)
  expect(castTogether([at(0), at(1), at(2), at(3)])).toEqual([])
  expect(castTogether([at(0), at(1), at(2), at(3), at(4, 11)])).toEqual([])
  expect(castTogether([at(0), at(2), at(4), at(6), at(8), at(11), at(30)])).toHaveLength(6)
})

/** So many who came today, each with a vote for each of these posts. */
async function aCrowd(size: number, postIds: string[]) {
  const crowd = Array.from({ length: size }, (_, n) => ({ personId: newId(), handleId: newId(), n }))
  await owner.insert(people).values(crowd.map(({ personId }) => ({ id: personId })))
  await owner.insert(handles).values(
    crowd.map(({ personId, handleId, n }) => ({
      ...{ id: handleId, personId, kind: 'member' as const, handle: `crowd-${handleId.slice(-12)}`, displayName: `Crowd ${n}` },
    })),
  )
  // One after another, so that they were not there together.
  const at = (n: number) => new Date(Date.now() - n * 15 * 60_000)
  if (postIds.length > 0)
    await owner
      .insert(votes)
      .values(postIds.flatMap((postId) => crowd.map(({ handleId, n }) => ({ postId, handleId, value: 1, createdAt: at(n) }))))
  return crowd
}

test('a ring of two hundred is one sign: all are counted, a hundred are kept, twenty are taken out at a time', async () => {
  const { chen, ring, answers } = await aRing()
  await aCrowd(
    195,
    answers.map(({ postId }) => postId),
  )
  await spread(ring, 5)
  await findVotingSignals()
  await findVotingSignals()
  const signals = await signalsFor(chen)
  expect(signals.map(({ kind }) => kind)).toEqual(['new-accounts'])
  expect(signals[0]?.voters).toHaveLength(100)
  expect(signals[0]?.numbers).toMatchObject({ voters: 200, votes: 800 })

  const olu = await anOperator()
  const read = async () => (await votingReport(olu)).signals.find(({ who }) => who.handle === chen.handle)
  expect((await read())?.ways.map(({ from }) => from.length)).toEqual([20, 20, 20, 20, 20])
  const [first] = (await read())?.ways ?? []
  const by = first?.from.map(({ handle }) => handle).join(', ') ?? ''
  await voidVotes(olu, { for: first?.to.handle ?? '', by, reason: 'Two hundred accounts of one evening, for one person.' })
  expect(await read()).toMatchObject({ voided: false, ways: [{}, {}, {}, {}] })
  await owner.execute(sql`
    insert into vote_voids (id, from_handle_id, to_handle_id, reason, voided_by, voided_at)
    select gen_random_uuid(), v, s.handle_id, 'x', ${olu.personId}::uuid, now() from voting_signals s, unnest(s.voters) v where s.handle_id = ${chen.handleId}::uuid
    on conflict do nothing`)
  expect(await read()).toMatchObject({ voided: false, ways: [] })
  await findVotingSignals()
  const still = (await signalsFor(chen)).filter(({ goneAt }) => !goneAt)
  expect(still.map(({ voters }) => voters.length)).toEqual([100])
  expect(still[0]?.voters.filter((voter) => signals[0]?.voters.includes(voter))).toEqual([])
  expect((await read())?.ways.map(({ from }) => from.length)).toEqual([20, 20, 20, 20, 20])
})

test('votes that were taken out long ago are still said to be, however many were since', async () => {
  const { amina, chen, ring } = await aRing()
  const olu = await anOperator()
  await findVotingSignals()
  await voidVotes(olu, ofRing(chen, ring))
  const theirs = eq(voteVoids.toHandleId, chen.handleId)
  await owner
    .update(voteVoids)
    .set({ voidedAt: new Date(Date.now() - 3_600_000) })
    .where(theirs)
  const others = await aCrowd(50, [])
  await owner.insert(voteVoids).values(
    others.map(({ handleId }) => ({
      ...{ id: newId(), fromHandleId: handleId, toHandleId: amina.handleId, reason: 'x', voidedBy: olu.personId, voidedAt: new Date() },
    })),
  )
  const { signals } = await votingReport(olu)
  expect(signals.find(({ who }) => who.handle === chen.handle)).toMatchObject({ voided: true, ways: [] })
})

test('a vote that was given while they were taken out counts with them, once they are counted again', async () => {
  const { chen, ring, question } = await aRing()
  const olu = await anOperator()
  await voidVotes(olu, ofRing(chen, ring))
  await votesFollowed(chen)
  const late = await answerQuestion(chen, question.threadId, { body: 'And look at the folder once more.' })
  await voteOn(ring[0] as PersonViewer, late.postId, 1)
  await followed(question.threadId)
  expect(await pointsOf(chen)).toBe(10)
  await countVotesAgain(olu, { ...ofRing(chen, ring.slice(0, 1)), reason: 'It is a colleague, who sits beside them.' })
  await votesFollowed(chen)
  expect(await pointsOf(chen)).toBe(60)
})

test('a sign that is there no more is said to be gone', async () => {
  const { chen, ring, answers } = await aRing()
  await findVotingSignals()
  for (const voter of ring.slice(0, 3)) for (const { postId } of answers) await voteOn(voter, postId, 0)
  await findVotingSignals()
  const [signal] = await signalsFor(chen)
  expect(signal?.goneAt).not.toBeNull()
})

test('an operator takes the reputation out with a reason, which whoever loses it reads; honest votes count on; it comes back', async () => {
  const { chen, ring } = await aRing()
  const olu = await anOperator()
  await spread(ring, 5)
  await findVotingSignals()
  await voidVotes(olu, ofRing(chen, ring))
  await Promise.all([voidVotes(olu, ofRing(chen, ring)), voidVotes(olu, ofRing(chen, ring))])
  await votesFollowed(chen)
  expect(await pointsOf(chen)).toBe(10)
  expect((await rowsOf(chen)).filter((row) => row.endsWith('voided)'))).toHaveLength(20)
  const { rows } = await ownStanding(chen)
  expect(rows.find(({ whyTaken }) => whyTaken === 'voided')?.reason).toBe('Five accounts of one evening, for one person alone.')
  expect(rows.every(({ by }) => by === null)).toBe(true)
  const { signals, voids } = await votingReport(olu)
  expect(signals.find(({ who }) => who.handle === chen.handle)?.voided).toBe(true)
  expect(voids.filter(({ to }) => to?.handle === chen.handle)).toHaveLength(5)

  await countVotesAgain(olu, { ...ofRing(chen, ring), reason: 'They are one office, and sit in one room.' })
  await votesFollowed(chen)
  expect(await pointsOf(chen)).toBe(210)
})

test('only operators who serve no vendor take votes out, never in their own case; only independent people read the report', async () => {
  const { amina, chen, bo, ring } = await aRing()
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  for (const somebody of [amina, bo, dara]) {
    await expect(votingReport(somebody)).rejects.toThrow(Forbidden)
    await expect(voidVotes(somebody, ofRing(chen, ring))).rejects.toThrow(Forbidden)
  }
  await expect(voidVotes(await aPortalModerator(), ofRing(chen, ring))).rejects.toThrow(Forbidden)
  const olu = await anOperator()
  await expect(voidVotes(olu, { ...ofRing(olu, ring) })).rejects.toThrow(Forbidden)
  await expect(voidVotes(olu, { ...ofRing(chen, ring), by: 'nobody-of-this-name' })).rejects.toThrow(Invalid)
  await expect(voidVotes(olu, { ...ofRing(chen, [chen]) })).rejects.toThrow(Invalid)
  await findVotingSignals()
  const read = sql`select 1 from voting_signals where handle_id = ${chen.handleId}`
  expect(await transaction(chen, (tx) => tx.execute(read))).toHaveLength(0)
  expect(await transaction(dara, (tx) => tx.execute(read))).toHaveLength(0)
  expect(await db.execute(read)).toHaveLength(0)
})
