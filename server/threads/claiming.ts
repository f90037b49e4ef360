import { and, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handles, threadClaims } from '~/db/schema'
import { Conflict } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { foundThread, idsOf, reasonFor, writer } from './facts'
import { CLAIM_HOURS, hoursBefore } from './rules'

/** A claim that still counts. */
export const fresh = () => sql`${threadClaims.claimedAt} > ${hoursBefore(now(), CLAIM_HOURS).toISOString()}::timestamptz`

/** Takes a question on, for CLAIM_HOURS. `seen` is the handle of whoever held it on the page: another holder since then is a Conflict. */
export async function claimThread(viewer: Viewer, threadId: string, seen?: string) {
  return transaction(viewer, async (tx) => {
    const thread = await foundThread(viewer, threadId, tx)
    authorize(viewer, 'thread.claim', thread, reasonFor(thread))
    const { handleId } = writer(viewer)
    const [held] = await tx
      .select({ handleId: threadClaims.handleId, handle: handles.handle })
      .from(threadClaims)
      .innerJoin(handles, eq(handles.id, threadClaims.handleId))
      .where(and(eq(threadClaims.threadId, threadId), fresh()))
    if (held && held.handleId !== handleId && held.handle !== seen) throw new Conflict('thread.claimedMeanwhile')
    const claimedAt = now()
    await tx
      .insert(threadClaims)
      .values({ threadId, handleId, claimedAt })
      .onConflictDoUpdate({ target: threadClaims.threadId, set: { handleId, claimedAt } })
    if (held?.handleId !== handleId) await record(tx, viewer, 'thread.claimed', idsOf(thread))
    return thread
  })
}

export async function releaseThread(viewer: Viewer, threadId: string) {
  return transaction(viewer, async (tx) => {
    const thread = await foundThread(viewer, threadId, tx)
    authorize(viewer, 'thread.claim', thread, reasonFor(thread))
    if (await letGo(tx, threadId, writer(viewer).handleId)) await record(tx, viewer, 'thread.released', idsOf(thread))
    return thread
  })
}

/** Whoever has answered holds the question no longer. True when they did. */
export async function letGo(tx: Tx, threadId: string, handleId: string): Promise<boolean> {
  const gone = await tx
    .delete(threadClaims)
    .where(and(eq(threadClaims.threadId, threadId), eq(threadClaims.handleId, handleId)))
    .returning({ threadId: threadClaims.threadId })
  return gone.length > 0
}
