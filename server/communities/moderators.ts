import { and, asc, eq, isNull } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { communityModerators, handles, portalModerators } from '~/db/schema'
import { handlesShown, personByHandle } from '~/server/accounts'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { mustServeNoVendor, offerDuty, unseat } from './duty'
import { lockedCommunity } from './facts'
import type { ModeratorInput } from './input'

/** Offers somebody to moderate a room: it is theirs once they accept, or at once if they said before that they would. */
export async function appointModerator(viewer: Viewer, slug: string, { handle }: ModeratorInput) {
  return transaction(viewer, async (tx) => {
    const { communityId } = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'moderator.appoint', null)
    await offerDuty(tx, viewer, communityId, (await named(handle, tx)).personId)
  })
}

export async function dismissModerator(viewer: Viewer, slug: string, { handle }: ModeratorInput) {
  return transaction(viewer, async (tx) => {
    const { communityId } = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'moderator.appoint', null)
    const { personId } = await named(handle, tx)
    if (await unseat(tx, communityId, personId)) await record(tx, viewer, 'moderator.dismissed', { communityId, personId })
  })
}

/** The same for the recommendations of the whole portal. */
export async function appointPortalModerator(viewer: Viewer, { handle }: ModeratorInput) {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'moderator.appoint', null)
    const { personId } = await named(handle, tx)
    await mustServeNoVendor(tx, personId, 'handle')
    await offerDuty(tx, viewer, null, personId)
  })
}

export async function dismissPortalModerator(viewer: Viewer, { handle }: ModeratorInput) {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'moderator.appoint', null)
    const { personId } = await named(handle, tx)
    if (await unseat(tx, null, personId)) await record(tx, viewer, 'moderator.dismissed', { communityId: null, personId })
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
