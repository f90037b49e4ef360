import { asc, eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { pollBallots, pollChoices, polls, threads } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { systemViewer, type Viewer } from '~/server/viewer'
import { foundThread, idsOf, reasonFor, writer } from './facts'
import type { PollInput, PollVoteInput } from './input'
import { daysAfter, daysBefore } from './rules'
import type { PollShown } from './types'

/** Longer than anybody remembers that they were asked. */
const LONGEST_DAYS = 366

/** A vote is nobody's: not even the log knows whose it was. */
const aVoter = systemViewer('poll')

/** Made by the author of the thread, and made anew until somebody has voted. */
export async function makePoll(viewer: Viewer, threadId: string, input: PollInput) {
  const { question, choices, most } = input
  const closesAt = endOf(input.closes)
  if (most > choices.length) throw new Invalid({ most: 'poll.most' })
  return transaction(viewer, async (tx) => {
    const thread = await foundThread(viewer, threadId, tx)
    authorize(viewer, 'poll.make', thread, reasonFor(thread))
    if (thread.standsInId) throw new Conflict('thread.mergedMeanwhile')
    await holdPoll(tx, threadId)
    if ((await votersOf(tx, threadId)) > 0) throw new Conflict('poll.voted')
    await tx.delete(pollChoices).where(eq(pollChoices.threadId, threadId))
    const poll = { question, most, closesAt }
    await tx
      .insert(polls)
      .values({ threadId, ...poll, createdAt: now() })
      .onConflictDoUpdate({ target: polls.threadId, set: poll })
    await tx.insert(pollChoices).values(choices.map((label, position) => ({ id: newId(), threadId, position, label })))
    await record(tx, viewer, 'poll.made', idsOf(thread))
    return thread
  })
}

/**
 * One vote a person, which may change until the poll closes: the last one counts. A poll whose thread was merged stands where that one stands, and is
 * voted in under the rules of both. Returns the thread that it stands in.
 */
export async function voteInPoll(viewer: Viewer, threadId: string, { choice }: PollVoteInput) {
  await standingOf(viewer, threadId)
  const { personId } = writer(viewer)
  await countAgainst('vote', personId)
  return transaction(viewer, async (tx) => {
    await holdPoll(tx, threadId)
    const { own, standing } = await standingOf(viewer, threadId, tx)
    const [poll] = await tx.select().from(polls).where(eq(polls.threadId, threadId))
    if (!poll) throw new NotFound()
    if (poll.closesAt <= now()) throw new Conflict('poll.closed')
    const offered = new Set(
      (await tx.select({ id: pollChoices.id }).from(pollChoices).where(eq(pollChoices.threadId, threadId))).map(({ id }) => id),
    )
    const choiceIds = [...new Set(choice)]
    if (choiceIds.length === 0) throw new Invalid({ choice: 'poll.chooseOne' })
    if (!choiceIds.every((id) => offered.has(id))) throw new Invalid({ choice: 'notChoice' })
    if (choiceIds.length > poll.most) throw new Invalid({ choice: `poll.tooMany:${poll.most}` })
    await tx
      .insert(pollBallots)
      .values({ threadId, personId, choiceIds, createdAt: now() })
      .onConflictDoUpdate({ target: [pollBallots.threadId, pollBallots.personId], set: { choiceIds } })
    await record(tx, aVoter, 'poll.voted', idsOf(standing))
    return { ...standing, pollNumber: own.number }
  })
}

/** The thread of a poll and the one that it stands in by now, where the viewer may vote in both. */
async function standingOf(viewer: Viewer, threadId: string, tx?: Tx) {
  const own = await foundThread(viewer, threadId, tx)
  const standing = own.standsInId ? await foundThread(viewer, own.standsInId, tx) : own
  for (const thread of [own, standing]) authorize(viewer, 'poll.vote', thread, reasonFor(thread))
  return { own, standing }
}

/** The thread behind a number itself, wherever it stands by now: that is where its poll was made. */
export async function pollIdOf(number: string): Promise<string> {
  const wanted = /^[1-9]\d{0,14}$/.test(number) ? Number(number) : 0
  const [found] = await db.select({ threadId: threads.id }).from(threads).where(eq(threads.number, wanted))
  if (!found) throw new NotFound()
  return found.threadId
}

/** Whatever is merged into one thread, this many polls are shown. */
const MOST_POLLS = 10

/**
 * The polls of a thread that the viewer reads, its own first, then those of the threads that were merged into it: the counts of each once they have
 * voted in it or it is closed, and never those of fewer than five, which the database sees to.
 */
export async function pollsOf(viewer: Viewer, threadId: string): Promise<PollShown[]> {
  const thread = await foundThread(viewer, threadId)
  const here = sql`(select q.thread_id from polls q join threads t on t.id = q.thread_id
    where t.id = ${threadId} or (t.stands_in_id = ${threadId} and t.hidden_by_decision_id is null)
    order by t.id <> ${threadId}, q.created_at, q.thread_id limit ${MOST_POLLS})`
  return transaction(viewer, async (tx) => {
    const [found, choices, counts, ballots] = await Promise.all([
      tx
        .select({
          ...{ threadId: polls.threadId, question: polls.question, most: polls.most, closesAt: polls.closesAt, number: threads.number },
          voters: sql<number>`poll_voters(${polls.threadId})`.mapWith(Number),
          locked: sql<boolean>`${threads.lockedByDecisionId} is not null or ${threads.importedLocked}`,
        })
        .from(polls)
        .innerJoin(threads, eq(threads.id, polls.threadId))
        .where(sql`${polls.threadId} in ${here}`)
        .orderBy(sql`${polls.threadId} <> ${threadId}`, asc(polls.createdAt), asc(polls.threadId)),
      tx
        .select({ ...{ id: pollChoices.id, label: pollChoices.label, threadId: pollChoices.threadId } })
        .from(pollChoices)
        .where(sql`${pollChoices.threadId} in ${here}`)
        .orderBy(asc(pollChoices.position)),
      tx.execute<{ choice_id: string; votes: number }>(
        sql`select c.choice_id, c.votes from ${here} q cross join lateral poll_counts(q.thread_id) c`,
      ),
      tx
        .select({ choiceIds: pollBallots.choiceIds, threadId: pollBallots.threadId })
        .from(pollBallots)
        .where(sql`${pollBallots.threadId} in ${here}`),
    ])
    const votes = new Map(counts.map((count) => [count.choice_id, Number(count.votes)]))
    const mine = new Set(ballots.flatMap(({ choiceIds }) => choiceIds))
    return found.map((poll) => {
      const closed = poll.closesAt <= now()
      const offered = choices.filter((choice) => choice.threadId === poll.threadId)
      const counted = offered.some(({ id }) => votes.has(id))
      const own = poll.threadId === threadId
      return {
        ...{ number: poll.number, question: poll.question, most: poll.most, voters: poll.voters, closed, counted },
        lastDay: daysBefore(poll.closesAt, 1),
        choices: offered.map(({ id, label }) => ({ id, label, votes: counted ? (votes.get(id) ?? 0) : null, mine: mine.has(id) })),
        voted: ballots.some((ballot) => ballot.threadId === poll.threadId),
        may: {
          vote: !closed && !poll.locked && can(viewer, 'poll.vote', thread),
          edit: own && poll.voters === 0 && can(viewer, 'poll.make', thread),
        },
      }
    })
  })
}

/** What the form begins with: nothing, or the poll as it is. */
export async function pollForm(viewer: Viewer, threadId: string) {
  const thread = await foundThread(viewer, threadId)
  authorize(viewer, 'poll.make', thread, reasonFor(thread))
  const poll = (await pollsOf(viewer, threadId)).find((shown) => shown.number === thread.number) ?? null
  if (poll && poll.voters > 0) throw new Conflict('poll.voted')
  const { slug, number, title } = thread
  return { slug, number, title, poll, earliest: dayOf(daysAfter(now(), 1)), proposed: dayOf(poll?.lastDay ?? daysAfter(now(), 14)) }
}

async function votersOf(tx: Tx, threadId: string): Promise<number> {
  const [row] = await tx.execute<{ voters: number }>(sql`select poll_voters(${threadId}) as voters`)
  return Number(row?.voters ?? 0)
}

/** Votes and changes one after another: nobody votes for what was changed under them. */
async function holdPoll(tx: Tx, threadId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`poll:${threadId}`}, 0))`)
}

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)

/** The end of that day, wherever on earth it ends last: noon of the next, in UTC. */
function endOf(day: string): Date {
  const end = daysAfter(new Date(`${day}T12:00:00Z`), 1)
  if (end <= daysAfter(now(), 1) || end > daysAfter(now(), LONGEST_DAYS)) throw new Invalid({ closes: 'poll.closesSoon' })
  return end
}
