import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handles, ideaVotesOnBehalf, people, relationships } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { placeVote, postFacts, removeVote, writer, type KnownThread } from '~/server/threads'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { foundIdea, ideaNumbered, idsOf, type KnownIdea } from './facts'
import type { VoteOnBehalfInput } from './input'
import { groupOf } from './voting'

/** People offered in the form: those whom the vendor met last. */
const MOST_OFFERED = 200

/**
 * Staff enter the vote of somebody in their records, with what that person said. It counts once with the person's own; the
 * person is told, and once they have withdrawn it nobody enters it again.
 */
export async function voteOnBehalf(viewer: Viewer, threadId: string, { relationship, said }: VoteOnBehalfInput) {
  const seen = await foundIdea(viewer, threadId)
  authorize(viewer, 'idea.vote-on-behalf', seen, 'idea.notYoursToVoteFor')
  const staff = writer(viewer)
  await countAgainst('write-down', staff.personId)
  return transaction(viewer, (tx) => enterVote(tx, staff, threadId, { relationship, said }))
}

/** The same within a transaction, where it belongs to a larger act. */
export async function enterVote(tx: Tx, viewer: PersonViewer, threadId: string, { relationship, said }: VoteOnBehalfInput) {
  const idea = await foundIdea(viewer, threadId, tx)
  authorize(viewer, 'idea.vote-on-behalf', idea, 'idea.notYoursToVoteFor')
  const vendorId = idea.vendorId as string
  const wants = await personBehind(tx, relationship, vendorId)
  if (wants.handleId === idea.handleId) throw new Invalid({ relationship: 'idea.theirOwnIdea' })
  if (wants.personId === viewer.personId) throw new Invalid({ relationship: 'idea.voteYourself' })
  if (!(await mayRead(tx, idea, wants.personId))) throw new Invalid({ relationship: 'idea.theyCannotRead' })
  const { handleId } = wants
  // Under another handle of theirs it is kept and not counted, without a word: which handles are one person is not for staff to learn.
  const counts = wants.personId !== (await personOf(tx, idea.handleId)) && !(await votedAlready(tx, idea.postId, wants.personId))
  const [entered] = await tx
    .insert(ideaVotesOnBehalf)
    .values({ threadId, handleId, relationshipId: relationship, vendorId, enteredBy: viewer.handleId, said, counts, createdAt: now() })
    .onConflictDoNothing()
    .returning({ threadId: ideaVotesOnBehalf.threadId })
  if (!entered) return alreadyEntered(tx, idea, handleId)
  const post = await postFacts(idea.postId, tx)
  if (!post) throw new NotFound()
  if (counts) await placeVote(tx, post, handleId, 1)
  await record(tx, viewer, 'idea.voted-on-behalf', { ...idsOf(idea), vendorId, handleId, relationshipId: relationship })
  return idea
}

/** The person's one click: the vote that staff entered is gone for good. A vote of their own stays theirs. */
export async function withdrawVoteOnBehalf(viewer: Viewer, threadId: string) {
  const { handleId } = writer(viewer)
  return transaction(viewer, async (tx) => {
    const idea = await foundIdea(viewer, threadId, tx)
    const entered = await tx
      .select()
      .from(ideaVotesOnBehalf)
      .where(and(inArray(ideaVotesOnBehalf.threadId, groupOf(tx, threadId)), eq(ideaVotesOnBehalf.handleId, handleId)))
      .orderBy(ideaVotesOnBehalf.threadId)
      .for('update')
    if (entered.length === 0) throw new NotFound()
    for (const { threadId: home, vendorId, relationshipId, counts, withdrawnAt, ...one } of entered) {
      mustBeFound(viewer, 'idea.withdraw-vote', one)
      if (withdrawnAt) continue
      await tx
        .update(ideaVotesOnBehalf)
        .set({ withdrawnAt: now(), counts: false })
        .where(and(eq(ideaVotesOnBehalf.threadId, home), eq(ideaVotesOnBehalf.handleId, handleId)))
      if (counts) await removeVote(tx, home, threadId, handleId)
      await record(tx, viewer, 'idea.vote-withdrawn', { ...idsOf(idea), vendorId, handleId, relationshipId })
    }
    return idea
  })
}

/** The people in the vendor's records, by handle: no name that was not granted. */
export async function onBehalfPage(viewer: PersonViewer, number: string, wanted: string) {
  const idea = await ideaNumbered(viewer, number)
  authorize(viewer, 'idea.vote-on-behalf', idea, 'idea.notYoursToVoteFor')
  const vendorId = idea.vendorId as string
  const like = `%${wanted
    .trim()
    .replace(/^@/, '')
    .replace(/[\\%_]/g, '\\$&')}%`
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ id: relationships.id, handleId: relationships.handleId })
      .from(relationships)
      .innerJoin(handles, and(eq(handles.id, relationships.handleId), eq(handles.kind, 'member')))
      .where(
        and(
          eq(relationships.vendorId, vendorId),
          wanted ? sql`(${handles.handle} ilike ${like} or ${handles.displayName} ilike ${like})` : undefined,
        ),
      )
      .orderBy(sql`${relationships.lastAt} desc`)
      .limit(MOST_OFFERED),
  )
  const names = await handlesShown(
    rows.map((row) => row.handleId),
    { vendorId },
  )
  return {
    ...{ slug: idea.slug, number: idea.number, title: idea.title, wanted },
    people: rows.flatMap(({ id, handleId }) => {
      const who = names.get(handleId)
      return who?.handle ? [{ id, displayName: who.displayName, handle: who.handle }] : []
    }),
  }
}

async function personBehind(tx: Tx, relationshipId: string, vendorId: string) {
  const [found] = await tx
    .select({ handleId: relationships.handleId, personId: people.id })
    .from(relationships)
    .innerJoin(handles, and(eq(handles.id, relationships.handleId), eq(handles.kind, 'member')))
    .innerJoin(people, and(eq(people.id, handles.personId), eq(people.status, 'member')))
    .where(and(eq(relationships.id, relationshipId), eq(relationships.vendorId, vendorId)))
  if (!found) throw new Invalid({ relationship: 'notChoice' })
  return found
}

async function personOf(tx: Tx, handleId: string) {
  const [found] = await tx.select({ personId: handles.personId }).from(handles).where(eq(handles.id, handleId))
  return found?.personId ?? null
}

async function mayRead(tx: Tx, { access, communityId }: KnownThread, personId: string): Promise<boolean> {
  if (access === 'open') return true
  const [inside] = await tx.execute(sql`
    select 1 from memberships where community_id = ${communityId}::uuid and person_id = ${personId}::uuid
    union all select 1 from community_moderators where community_id = ${communityId}::uuid and person_id = ${personId}::uuid and ended_at is null`)
  return inside !== undefined
}

async function votedAlready(tx: Tx, postId: string, personId: string): Promise<boolean> {
  const [voted] = await tx.execute(sql`
    select 1 from votes v join handles h on h.id = v.handle_id where v.post_id = ${postId}::uuid and h.person_id = ${personId}::uuid`)
  return voted !== undefined
}

async function alreadyEntered(tx: Tx, idea: KnownIdea, handleId: string): Promise<KnownIdea> {
  const [before] = await tx
    .select({ withdrawnAt: ideaVotesOnBehalf.withdrawnAt })
    .from(ideaVotesOnBehalf)
    .where(and(eq(ideaVotesOnBehalf.threadId, idea.threadId), eq(ideaVotesOnBehalf.handleId, handleId)))
  if (before?.withdrawnAt) throw new Conflict('idea.theyWithdrew')
  return idea
}
