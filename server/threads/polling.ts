import { asc, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { pollBallots, pollChoices, polls } from '~/db/schema'
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

/** One vote a person, which may change until the poll closes: the last one counts. */
export async function voteInPoll(viewer: Viewer, threadId: string, { choice }: PollVoteInput) {
  const seen = await foundThread(viewer, threadId)
  authorize(viewer, 'poll.vote', seen, reasonFor(seen))
  const { personId } = writer(viewer)
  await countAgainst('vote', personId)
  return transaction(viewer, async (tx) => {
    await holdPoll(tx, threadId)
    const thread = await foundThread(viewer, threadId, tx)
    authorize(viewer, 'poll.vote', thread, reasonFor(thread))
    const [poll] = await tx.select().from(polls).where(eq(polls.threadId, threadId))
    if (!poll) throw new NotFound()
    if (poll.closesAt <= now()) throw new Conflict('poll.closed')
    const offered = new Set((await choicesOf(tx, threadId)).map(({ id }) => id))
    const choiceIds = [...new Set(choice)]
    if (choiceIds.length === 0) throw new Invalid({ choice: 'poll.chooseOne' })
    if (!choiceIds.every((id) => offered.has(id))) throw new Invalid({ choice: 'notChoice' })
    if (choiceIds.length > poll.most) throw new Invalid({ choice: `poll.tooMany:${poll.most}` })
    await tx
      .insert(pollBallots)
      .values({ threadId, personId, choiceIds, createdAt: now() })
      .onConflictDoUpdate({ target: [pollBallots.threadId, pollBallots.personId], set: { choiceIds } })
    await record(tx, aVoter, 'poll.voted', idsOf(thread))
    return thread
  })
}

/** The poll of a thread that the viewer reads: its counts once they have voted or it is closed, and never those of fewer than five, which the database sees to. */
export async function pollOf(viewer: Viewer, threadId: string): Promise<PollShown | null> {
  const thread = await foundThread(viewer, threadId)
  return transaction(viewer, async (tx) => {
    const [[poll], choices, counts, [ballot], voters] = await Promise.all([
      tx.select().from(polls).where(eq(polls.threadId, threadId)),
      choicesOf(tx, threadId),
      tx.execute<{ choice_id: string; votes: number }>(sql`select choice_id, votes from poll_counts(${threadId})`),
      tx.select({ choiceIds: pollBallots.choiceIds }).from(pollBallots).where(eq(pollBallots.threadId, threadId)),
      votersOf(tx, threadId),
    ])
    if (!poll) return null
    const closed = poll.closesAt <= now()
    const mine = new Set(ballot?.choiceIds)
    const counted = counts.length > 0
    const votes = new Map(counts.map((count) => [count.choice_id, Number(count.votes)]))
    return {
      ...{ question: poll.question, most: poll.most, lastDay: daysBefore(poll.closesAt, 1), closed, voters },
      choices: choices.map(({ id, label }) => ({ id, label, votes: counted ? (votes.get(id) ?? 0) : null, mine: mine.has(id) })),
      voted: ballot !== undefined,
      counted,
      may: { vote: !closed && can(viewer, 'poll.vote', thread), edit: voters === 0 && can(viewer, 'poll.make', thread) },
    }
  })
}

/** What the form begins with: nothing, or the poll as it is. */
export async function pollForm(viewer: Viewer, threadId: string) {
  const thread = await foundThread(viewer, threadId)
  authorize(viewer, 'poll.make', thread, reasonFor(thread))
  const poll = await pollOf(viewer, threadId)
  if (poll && poll.voters > 0) throw new Conflict('poll.voted')
  const { slug, number, title } = thread
  return { slug, number, title, poll, earliest: dayOf(daysAfter(now(), 1)), proposed: dayOf(poll?.lastDay ?? daysAfter(now(), 14)) }
}

const choicesOf = (tx: Tx, threadId: string) =>
  tx
    .select({ id: pollChoices.id, label: pollChoices.label })
    .from(pollChoices)
    .where(eq(pollChoices.threadId, threadId))
    .orderBy(asc(pollChoices.position))

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
