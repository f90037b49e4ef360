import { and, eq, sql, type SQL } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handles, queueClaims, queueItems } from '~/db/schema'
import { Conflict, Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { foundSubject, type Subject } from './subjects'

/** Whoever went to lunch with it holds up nobody. */
export const CLAIM_MINUTES = 30

const oldestClaim = () => new Date(now().getTime() - CLAIM_MINUTES * 60_000).toISOString()
export const freshClaims = (claimedAt: SQL) => sql`${claimedAt} > ${oldestClaim()}::timestamptz`

/** “I am at it”: seen by the other moderators, and no more than that. Who was first has it. */
export async function claimItem(viewer: Viewer, kind: string, id: string) {
  return transaction(viewer, async (tx) => {
    const { subject, moderator } = await decidable(viewer, tx, kind, id)
    const [waits] = await tx
      .select({ id: queueItems.subjectId })
      .from(queueItems)
      .where(and(eq(queueItems.subjectKind, subject.kind), eq(queueItems.subjectId, subject.id)))
    if (!waits) throw new Conflict('moderation.settledMeanwhile')
    const claim = { handleId: moderator.handleId, claimedAt: now() }
    const [taken] = await tx
      .insert(queueClaims)
      .values({ subjectKind: subject.kind, subjectId: subject.id, ...claim })
      .onConflictDoUpdate({
        target: [queueClaims.subjectKind, queueClaims.subjectId],
        set: claim,
        setWhere: sql`${queueClaims.handleId} = ${moderator.handleId}::uuid or not (${freshClaims(sql`${queueClaims.claimedAt}`)})`,
      })
      .returning({ id: queueClaims.subjectId })
    if (!taken) throw new Conflict('moderation.claimedMeanwhile', { name: await holderOf(tx, subject) })
    await record(tx, viewer, 'item.claimed', idsOf(subject))
    return subject
  })
}

export async function releaseItem(viewer: Viewer, kind: string, id: string) {
  return transaction(viewer, async (tx) => {
    const { subject, moderator } = await decidable(viewer, tx, kind, id)
    const gone = await tx
      .delete(queueClaims)
      .where(
        and(eq(queueClaims.subjectKind, subject.kind), eq(queueClaims.subjectId, subject.id), eq(queueClaims.handleId, moderator.handleId)),
      )
      .returning({ id: queueClaims.subjectId })
    if (gone.length > 0) await record(tx, viewer, 'item.released', idsOf(subject))
    return subject
  })
}

export async function decidable(viewer: Viewer, tx: Tx, kind: string, id: string): Promise<{ subject: Subject; moderator: PersonViewer }> {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  const subject = await foundSubject(viewer, tx, kind, id)
  subject.authorize('hide', 'moderation.notYours')
  return { subject, moderator: viewer }
}

export const idsOf = ({ kind, id, communityId, vendorId }: Subject) => ({ subjectKind: kind, subjectId: id, communityId, vendorId })

async function holderOf(tx: Tx, { kind, id }: Subject): Promise<string> {
  const [holder] = await tx
    .select({ name: handles.displayName })
    .from(queueClaims)
    .innerJoin(handles, eq(handles.id, queueClaims.handleId))
    .where(and(eq(queueClaims.subjectKind, kind), eq(queueClaims.subjectId, id)))
  return holder?.name ?? ''
}
