import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { asJob, transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { communities, communityModerators, dutyOffers, handles, memberships, portalModerators, vendorStaff } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { lockedCommunity, personAsking } from './facts'

const MOST_ROOMS = 100
const MOST_SHOWN = 50

const ofRoom = (communityId: string | null) => (communityId ? eq(dutyOffers.communityId, communityId) : isNull(dutyOffers.communityId))

/**
 * An operator offers a duty. Whoever has said that they would take it has it at once; anybody else is asked, and decides. Asking twice is
 * asking once.
 */
export async function offerDuty(tx: Tx, viewer: Viewer, communityId: string | null, personId: string): Promise<void> {
  if (await serves(tx, communityId, personId)) return
  const [open] = await tx
    .select()
    .from(dutyOffers)
    .where(and(ofRoom(communityId), eq(dutyOffers.personId, personId), isNull(dutyOffers.outcome)))
    .for('update')
  if (open?.offeredBy) return
  const by = personAsking(viewer).personId
  if (open) {
    await tx.update(dutyOffers).set({ outcome: 'accepted', answeredAt: now() }).where(eq(dutyOffers.id, open.id))
    return seat(tx, viewer, communityId, personId, by)
  }
  await tx.insert(dutyOffers).values({ id: newId(), communityId, personId, offeredBy: by, createdAt: now() })
  await record(tx, viewer, 'duty.offered', { communityId, personId })
}

/** The person takes the duty that they were offered. */
export async function acceptDuty(viewer: PersonViewer, offerId: string): Promise<void> {
  await answer(viewer, offerId, 'accepted', async (tx, offer) => {
    if (!offer.communityId) await mustServeNoVendor(tx, viewer.personId, 'form')
    await asJob(tx, 'take-duty', () => seat(tx, viewer, offer.communityId, viewer.personId, offer.offeredBy))
  })
}

/** No, without a reason. */
export async function declineDuty(viewer: PersonViewer, offerId: string): Promise<void> {
  await answer(viewer, offerId, 'declined', (tx, offer) =>
    record(tx, viewer, 'duty.declined', { communityId: offer.communityId, personId: viewer.personId }),
  )
}

type Offer = typeof dutyOffers.$inferSelect

async function answer(
  viewer: PersonViewer,
  offerId: string,
  outcome: 'accepted' | 'declined',
  follow: (tx: Tx, offer: Offer) => Promise<unknown>,
) {
  if (!isId(offerId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const [offer] = await tx
      .select()
      .from(dutyOffers)
      .where(and(eq(dutyOffers.id, offerId), isNotNull(dutyOffers.offeredBy)))
      .for('update')
    if (!offer) throw new NotFound()
    mustBeFound(viewer, 'duty.answer', offer)
    if (offer.outcome === outcome) return
    if (offer.outcome) throw new Conflict('duty.answered')
    await tx.update(dutyOffers).set({ outcome, answeredAt: now() }).where(eq(dutyOffers.id, offerId))
    await follow(tx, offer)
  })
}

/** A member says that they would help to moderate a room, or no longer. Operators read it; nobody is ever drafted. */
export async function offerToHelp(viewer: PersonViewer, slug: string, would: boolean): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const room = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'duty.want', room)
    const own = and(eq(dutyOffers.communityId, room.communityId), eq(dutyOffers.personId, viewer.personId), isNull(dutyOffers.outcome))
    const [open] = await tx.select().from(dutyOffers).where(own).for('update')
    if (would && !open && !viewer.moderates.includes(room.communityId))
      await tx.insert(dutyOffers).values({ id: newId(), communityId: room.communityId, personId: viewer.personId, createdAt: now() })
    if (!would && open && !open.offeredBy)
      await tx.update(dutyOffers).set({ outcome: 'withdrawn', answeredAt: now() }).where(eq(dutyOffers.id, open.id))
  })
}

/** Whoever has a duty lays it down when they like. `slug` null: the portal's. */
export async function stepDown(viewer: PersonViewer, slug: string | null): Promise<void> {
  await transaction(viewer, async (tx) => {
    const communityId = slug ? (await lockedCommunity(tx, viewer, slug)).communityId : null
    authorize(viewer, 'duty.end', null)
    const ended = await asJob(tx, 'take-duty', () => unseat(tx, communityId, viewer.personId))
    if (ended) await record(tx, viewer, 'moderator.dismissed', { communityId, personId: viewer.personId })
  })
}

/** /me/moderation: what somebody is asked to do, does, and could offer to. */
export async function myDuties(viewer: PersonViewer) {
  authorize(viewer, 'duty.end', null)
  const [offers, rooms] = await transaction(viewer, (tx) =>
    Promise.all([
      tx
        .select({
          id: dutyOffers.id,
          slug: communities.slug,
          name: communities.name,
          createdAt: dutyOffers.createdAt,
          offered: sql<boolean>`${dutyOffers.offeredBy} is not null`,
        })
        .from(dutyOffers)
        .leftJoin(communities, eq(communities.id, dutyOffers.communityId))
        .where(and(eq(dutyOffers.personId, viewer.personId), isNull(dutyOffers.outcome)))
        .orderBy(desc(dutyOffers.createdAt))
        .limit(MOST_SHOWN),
      tx
        .select({ id: communities.id, slug: communities.slug, name: communities.name })
        .from(memberships)
        .innerJoin(communities, eq(communities.id, memberships.communityId))
        .where(eq(memberships.personId, viewer.personId))
        .orderBy(asc(communities.name))
        .limit(MOST_ROOMS),
    ]),
  )
  const would = new Set(offers.filter(({ offered }) => !offered).map(({ slug }) => slug))
  const asked = offers.filter(({ offered }) => offered)
  return {
    offers: asked.map(({ id, name, createdAt }) => ({ id, name, createdAt })),
    portal: viewer.isPortalModerator,
    moderates: viewer.moderatedRooms,
    rooms: rooms
      .filter(({ id, slug }) => !viewer.moderates.includes(id) && !asked.some((offer) => offer.slug === slug))
      .map(({ slug, name }) => ({ slug, name, would: would.has(slug) })),
  }
}

/** For operators: who would, and who was asked and has not answered. */
export async function dutyOffersFor(viewer: Viewer, communityId: string | null) {
  authorize(viewer, 'operate.view', null)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ handleId: handles.id, since: dutyOffers.createdAt, asked: sql<boolean>`${dutyOffers.offeredBy} is not null` })
      .from(dutyOffers)
      .innerJoin(handles, and(eq(handles.personId, dutyOffers.personId), eq(handles.kind, 'member'), ne(handles.handle, '')))
      .where(and(ofRoom(communityId), isNull(dutyOffers.outcome)))
      .orderBy(asc(dutyOffers.createdAt))
      .limit(MOST_SHOWN),
  )
  const names = await handlesShown(
    rows.map(({ handleId }) => handleId),
    communityId ? { communityId } : {},
  )
  return rows.flatMap(({ handleId, since, asked }) => {
    const who = names.get(handleId)
    return who ? [{ who, since, asked }] : []
  })
}

/** Independent moderators decide on recommendations, so nobody whom a vendor pays today may be one. */
export async function mustServeNoVendor(tx: Tx, personId: string, field: string): Promise<void> {
  const [paid] = await tx
    .select({ id: vendorStaff.id })
    .from(vendorStaff)
    .where(and(eq(vendorStaff.personId, personId), isNull(vendorStaff.endedAt)))
    .limit(1)
  if (paid) throw new Invalid({ [field]: 'moderator.servesAVendor' })
}

async function serves(tx: Tx, communityId: string | null, personId: string): Promise<boolean> {
  const [row] = communityId
    ? await tx
        .select({ personId: communityModerators.personId })
        .from(communityModerators)
        .where(
          and(
            eq(communityModerators.communityId, communityId),
            eq(communityModerators.personId, personId),
            isNull(communityModerators.endedAt),
          ),
        )
    : await tx
        .select({ personId: portalModerators.personId })
        .from(portalModerators)
        .where(and(eq(portalModerators.personId, personId), isNull(portalModerators.endedAt)))
  return row !== undefined
}

async function seat(tx: Tx, viewer: Viewer, communityId: string | null, personId: string, appointedBy: string | null): Promise<void> {
  const appointed = { appointedBy, startedAt: now(), endedAt: null }
  const made = communityId
    ? await tx
        .insert(communityModerators)
        .values({ communityId, personId, ...appointed })
        .onConflictDoNothing()
        .returning({ personId: communityModerators.personId })
    : await tx
        .insert(portalModerators)
        .values({ personId, ...appointed })
        .onConflictDoUpdate({ target: portalModerators.personId, set: appointed, setWhere: sql`${portalModerators.endedAt} is not null` })
        .returning({ personId: portalModerators.personId })
  if (made.length > 0) await record(tx, viewer, 'moderator.appointed', { communityId, personId })
}

/** Whether there was a seat to end. */
export async function unseat(tx: Tx, communityId: string | null, personId: string): Promise<boolean> {
  const ended = communityId
    ? await tx
        .update(communityModerators)
        .set({ endedAt: now() })
        .where(
          and(
            eq(communityModerators.communityId, communityId),
            eq(communityModerators.personId, personId),
            isNull(communityModerators.endedAt),
          ),
        )
        .returning({ personId: communityModerators.personId })
    : await tx
        .update(portalModerators)
        .set({ endedAt: now() })
        .where(and(eq(portalModerators.personId, personId), isNull(portalModerators.endedAt)))
        .returning({ personId: portalModerators.personId })
  return ended.length > 0
}
