import { and, asc, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { handles, membershipRequests, suspensions } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { communityBySlug, lockedCommunity, personAsking } from './facts'
import type { DecideRequestInput, JoinInput } from './input'
import { letIn } from './members'

const waitingOf = (communityId: string, personId: string) =>
  and(eq(membershipRequests.communityId, communityId), eq(membershipRequests.personId, personId), eq(membershipRequests.state, 'waiting'))

/** Asking twice is asking once: the answer that waits is replaced. */
export async function askToJoin(viewer: Viewer, slug: string, { answer = '' }: JoinInput): Promise<'asked'> {
  return transaction<'asked'>(viewer, async (tx) => {
    const { joinQuestion, ...community } = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'community.ask-to-join', community, 'community.suspendedHere')
    const { communityId } = community
    const { personId, memberOf } = personAsking(viewer)
    if (memberOf.includes(communityId)) throw new Conflict('community.alreadyMember')
    if (joinQuestion && !answer) throw new Invalid({ answer: 'required' })
    const again = await tx
      .update(membershipRequests)
      .set({ answer })
      .where(waitingOf(communityId, personId))
      .returning({ id: membershipRequests.id })
    if (again.length > 0) return 'asked'
    const requestId = newId()
    await tx.insert(membershipRequests).values({ id: requestId, communityId, personId, answer, createdAt: now() })
    await record(tx, viewer, 'membership.requested', { communityId, requestId })
    return 'asked'
  })
}

export async function withdrawRequest(viewer: Viewer, slug: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const { communityId } = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'account.manage', null)
    const [withdrawn] = await tx
      .update(membershipRequests)
      .set({ state: 'withdrawn', decidedAt: now() })
      .where(waitingOf(communityId, personAsking(viewer).personId))
      .returning({ id: membershipRequests.id })
    if (withdrawn) await record(tx, viewer, 'membership.withdrawn', { communityId, requestId: withdrawn.id })
  })
}

export async function decideRequest(viewer: Viewer, slug: string, requestId: string, { answer }: DecideRequestInput): Promise<void> {
  await transaction(viewer, async (tx) => {
    const community = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'membership.decide', community)
    const { communityId } = community
    const request = await waitingRequest(tx, communityId, requestId)
    const { personId } = request
    const accepted = answer === 'accept'
    if (request.state === (accepted ? 'accepted' : 'refused')) return
    if (request.state !== 'waiting') throw new Conflict('membership.decidedAlready')
    if (personId === personAsking(viewer).personId) throw new Conflict('membership.ownRequest')
    if (accepted && (await isSuspended(tx, personId, communityId))) throw new Conflict('membership.suspended')
    await tx
      .update(membershipRequests)
      .set({ state: accepted ? 'accepted' : 'refused', decidedBy: personAsking(viewer).personId, decidedAt: now() })
      .where(eq(membershipRequests.id, requestId))
    if (accepted) await letIn(tx, viewer, community, { personId })
    await record(tx, viewer, 'membership.decided', { communityId, requestId, personId, accepted })
  })
}

async function waitingRequest(tx: Tx, communityId: string, requestId: string) {
  const [request] = isId(requestId)
    ? await tx
        .select({ personId: membershipRequests.personId, state: membershipRequests.state })
        .from(membershipRequests)
        .where(and(eq(membershipRequests.id, requestId), eq(membershipRequests.communityId, communityId)))
        .for('update')
    : []
  if (!request) throw new NotFound()
  return request
}

async function isSuspended(tx: Tx, personId: string, communityId: string) {
  const [live] = await tx
    .select({ id: suspensions.id })
    .from(suspensions)
    .where(
      and(
        eq(suspensions.personId, personId),
        or(isNull(suspensions.communityId), eq(suspensions.communityId, communityId)),
        isNull(suspensions.liftedByDecisionId),
        or(isNull(suspensions.until), gt(suspensions.until, now())),
      ),
    )
    .limit(1)
  return live !== undefined
}

/** Who waits, oldest first, and what was decided lately. For moderators. */
export async function requestsPage(viewer: Viewer, slug: string) {
  const { communityId, name, joinQuestion, ...community } = await communityBySlug(viewer, slug)
  mustBeFound(viewer, 'membership.decide', { communityId, access: community.access })
  const columns = {
    id: membershipRequests.id,
    answer: membershipRequests.answer,
    state: membershipRequests.state,
    askedAt: membershipRequests.createdAt,
    decidedAt: membershipRequests.decidedAt,
    handleId: handles.id,
  }
  const those = (...states: ('waiting' | 'accepted' | 'refused')[]) =>
    db
      .select(columns)
      .from(membershipRequests)
      .innerJoin(handles, eq(handles.personId, membershipRequests.personId))
      .where(and(eq(membershipRequests.communityId, communityId), inArray(membershipRequests.state, states)))
  const [waiting, decided] = await Promise.all([
    those('waiting').orderBy(asc(membershipRequests.createdAt)).limit(50),
    those('accepted', 'refused').orderBy(desc(membershipRequests.decidedAt)).limit(10),
  ])
  const names = await handlesShown(
    [...waiting, ...decided].map(({ handleId }) => handleId),
    { communityId },
  )
  const shown = (rows: typeof waiting) => rows.map(({ handleId, ...row }) => ({ ...row, who: names.get(handleId) ?? null }))
  return { slug, name, question: joinQuestion, waiting: shown(waiting), decided: shown(decided) }
}
