import { and, eq, sql, type SQL } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handles, queueClaims, queueItems } from '~/db/schema'
import { Conflict, Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { orTold } from './refusing'
import { foundSubject, type Subject } from './subjects'
import { isAbout } from './today'

/** Whoever went to lunch with it holds up nobody. */
export const CLAIM_MINUTES = 30

const oldestClaim = () => new Date(now().getTime() - CLAIM_MINUTES * 60_000).toISOString()
export const freshClaims = (claimedAt: SQL) => sql`${claimedAt} > ${oldestClaim()}::timestamptz`

/** “I am at it”: seen by the other moderators, and no more than that. Who was first has it. */
export async function claimItem(viewer: Viewer, kind: string, id: string) {
  return moderating(viewer, kind, id, async (tx, { subject, moderator }) => {
    const waiting = await tx
      .select({ subjectKind: queueItems.subjectKind, subjectId: queueItems.subjectId })
      .from(queueItems)
      .where(isAbout('queue_items', subject))
      .orderBy(queueItems.subjectKind)
    if (waiting.length === 0) throw new Conflict('moderation.settledMeanwhile')
    const claim = { handleId: moderator.handleId, claimedAt: now() }
    const taken = await tx
      .insert(queueClaims)
      .values(waiting.map((each) => ({ ...each, ...claim })))
      .onConflictDoUpdate({
        target: [queueClaims.subjectKind, queueClaims.subjectId],
        set: claim,
        setWhere: sql`${queueClaims.handleId} = ${moderator.handleId}::uuid or not (${freshClaims(sql`${queueClaims.claimedAt}`)})`,
      })
      .returning({ id: queueClaims.subjectId })
    if (taken.length < waiting.length) throw new Conflict('moderation.claimedMeanwhile', { name: await holderOf(tx, subject) })
    await record(tx, viewer, 'item.claimed', idsOf(subject))
    return subject
  })
}

export async function releaseItem(viewer: Viewer, kind: string, id: string) {
  return moderating(viewer, kind, id, async (tx, { subject, moderator }) => {
    const gone = await tx
      .delete(queueClaims)
      .where(and(isAbout('queue_claims', subject), eq(queueClaims.handleId, moderator.handleId)))
      .returning({ id: queueClaims.subjectId })
    if (gone.length > 0) await record(tx, viewer, 'item.released', idsOf(subject))
    return subject
  })
}

type Found = { subject: Subject; moderator: PersonViewer }

/** What those do with it who may decide on it. */
export async function moderating<T>(viewer: Viewer, kind: string, id: string, act: (tx: Tx, found: Found) => Promise<T>): Promise<T> {
  const work = async (tx: Tx) => {
    if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
    const subject = await foundSubject(viewer, tx, kind, id)
    subject.authorize('hide', 'moderation.notYours')
    return act(tx, { subject, moderator: viewer })
  }
  return orTold(
    viewer,
    () => ({ kind, id }),
    () => transaction(viewer, work),
  )
}

export const idsOf = ({ kind, id, communityId, vendorId }: Subject) => ({ subjectKind: kind, subjectId: id, communityId, vendorId })

async function holderOf(tx: Tx, subject: Subject): Promise<string> {
  const [holder] = await tx
    .select({ name: handles.displayName })
    .from(queueClaims)
    .innerJoin(handles, eq(handles.id, queueClaims.handleId))
    .where(isAbout('queue_claims', subject))
  return holder?.name ?? ''
}
