import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { communityModerators, handles, portalModerators, vendorStaff } from '~/db/schema'
import { handlesShown, personByHandle } from '~/server/accounts'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { lockedCommunity, personAsking } from './facts'
import type { ModeratorInput } from './input'

export async function appointModerator(viewer: Viewer, slug: string, { handle }: ModeratorInput) {
  return transaction(viewer, async (tx) => {
    const { communityId } = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'moderator.appoint', null)
    const { personId } = await named(handle, tx)
    const made = await tx
      .insert(communityModerators)
      .values({ communityId, personId, appointedBy: personAsking(viewer).personId, startedAt: now() })
      .onConflictDoNothing()
      .returning({ personId: communityModerators.personId })
    if (made.length > 0) await record(tx, viewer, 'moderator.appointed', { communityId, personId })
  })
}

export async function dismissModerator(viewer: Viewer, slug: string, { handle }: ModeratorInput) {
  return transaction(viewer, async (tx) => {
    const { communityId } = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'moderator.appoint', null)
    const { personId } = await named(handle, tx)
    const ended = await tx
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
    if (ended.length > 0) await record(tx, viewer, 'moderator.dismissed', { communityId, personId })
  })
}

/** Independent moderators decide on recommendations, so nobody whom a vendor pays today may be one. */
export async function appointPortalModerator(viewer: Viewer, { handle }: ModeratorInput) {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'moderator.appoint', null)
    const { personId } = await named(handle, tx)
    const [paid] = await tx
      .select({ id: vendorStaff.id })
      .from(vendorStaff)
      .where(and(eq(vendorStaff.personId, personId), isNull(vendorStaff.endedAt)))
      .limit(1)
    if (paid) throw new Invalid({ handle: 'moderator.servesAVendor' })
    const appointed = { appointedBy: personAsking(viewer).personId, startedAt: now(), endedAt: null }
    const made = await tx
      .insert(portalModerators)
      .values({ personId, ...appointed })
      .onConflictDoUpdate({ target: portalModerators.personId, set: appointed, setWhere: sql`${portalModerators.endedAt} is not null` })
      .returning({ personId: portalModerators.personId })
    if (made.length > 0) await record(tx, viewer, 'moderator.appointed', { communityId: null, personId })
  })
}

export async function dismissPortalModerator(viewer: Viewer, { handle }: ModeratorInput) {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'moderator.appoint', null)
    const { personId } = await named(handle, tx)
    const ended = await tx
      .update(portalModerators)
      .set({ endedAt: now() })
      .where(and(eq(portalModerators.personId, personId), isNull(portalModerators.endedAt)))
      .returning({ personId: portalModerators.personId })
    if (ended.length > 0) await record(tx, viewer, 'moderator.dismissed', { communityId: null, personId })
  })
}

/** Who moderates the recommendations of the whole portal. */
export async function portalModeratorList(viewer: Viewer) {
  authorize(viewer, 'operate.view', null)
  const rows = await db
    .select({ handleId: handles.id, startedAt: portalModerators.startedAt })
    .from(portalModerators)
    .innerJoin(handles, eq(handles.personId, portalModerators.personId))
    .where(isNull(portalModerators.endedAt))
    .orderBy(asc(portalModerators.startedAt))
  return shown(rows)
}

export async function moderatorsOf(communityId: string) {
  const rows = await db
    .select({ handleId: handles.id, startedAt: communityModerators.startedAt })
    .from(communityModerators)
    .innerJoin(handles, eq(handles.personId, communityModerators.personId))
    .where(and(eq(communityModerators.communityId, communityId), isNull(communityModerators.endedAt)))
    .orderBy(asc(communityModerators.startedAt))
  return shown(rows, communityId)
}

async function shown(rows: { handleId: string; startedAt: Date }[], communityId?: string) {
  const names = await handlesShown(
    rows.map((row) => row.handleId),
    { communityId },
  )
  return rows.flatMap(({ handleId, startedAt }) => {
    const who = names.get(handleId)
    return who ? [{ who, startedAt }] : []
  })
}

async function named(handle: string, tx: Tx) {
  const person = await personByHandle(handle.replace(/^@/, ''), tx)
  if (!person) throw new Invalid({ handle: 'noSuchHandle' })
  return person
}
