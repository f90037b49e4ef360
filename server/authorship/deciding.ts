import { and, eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { authorshipRequests, creditedPosts, importedAddresses } from '~/db/schema'
import { Conflict } from '~/server/errors'
import { record, type Happened, type Payload } from '~/server/events'
import { now } from '~/server/platform/clock'
import { plainly } from '~/server/platform/manner'
import { authorize } from '~/server/policy'
import { creditPosts, takeBackPosts } from '~/server/threads'
import { systemViewer, type Viewer } from '~/server/viewer'
import { say } from '~/words'
import { lockAuthor, lockedRequest, personAsking, UNDO_DAYS } from './facts'

const AT_ONCE = 1_000

/** Who was recognised as an imported author. That is public; what they wrote to prove it is not. */
export async function takenBy(importedId: string, tx: Pick<Tx, 'select'> = db) {
  const [taken] = await tx
    .select({
      requestId: authorshipRequests.id,
      personId: authorshipRequests.personId,
      handleId: authorshipRequests.handleId,
      at: authorshipRequests.decidedAt,
    })
    .from(authorshipRequests)
    .where(and(eq(authorshipRequests.importedId, importedId), eq(authorshipRequests.state, 'accepted')))
  return taken ?? null
}

/** The moderators believe it. */
export async function acceptAuthorship(viewer: Viewer, requestId: string): Promise<{ slug: string }> {
  return transaction(viewer, async (tx) => {
    const request = await lockedRequest(tx, viewer, requestId)
    authorize(viewer, 'authorship.decide', request)
    if (request.state === 'accepted') return request
    if (await takenBy(request.importedId, tx)) throw new Conflict('authorship.takenMeanwhile')
    if (request.state !== 'waiting') throw new Conflict('authorship.decidedAlready')
    await recognise(tx, viewer, request, personAsking(viewer).handleId)
    return request
  })
}

export async function refuseAuthorship(viewer: Viewer, requestId: string, reason: string): Promise<{ slug: string }> {
  return transaction(viewer, async (tx) => {
    const request = await lockedRequest(tx, viewer, requestId)
    authorize(viewer, 'authorship.decide', request)
    if (request.state === 'refused') return request
    if (request.state !== 'waiting') throw new Conflict('authorship.decidedAlready')
    await refuse(tx, viewer, request, reason)
    return request
  })
}

type Request = { requestId: string; communityId: string; importedId: string; personId: string; handleId: string }

/** The posts go over. */
export async function recognise(tx: Tx, viewer: Viewer, request: Request, decidedBy: string | null): Promise<void> {
  const { requestId, importedId, communityId, personId, handleId } = request
  await tx.update(authorshipRequests).set({ state: 'accepted', decidedBy, decidedAt: now() }).where(eq(authorshipRequests.id, requestId))
  await credit(tx, request)
  await record(tx, viewer, 'authorship.decided', { communityId, requestId, importedId, personId, handleId, accepted: true })
}

async function credit(tx: Tx, { requestId, importedId, handleId }: Request) {
  const posts = await creditPosts(tx, { from: importedId, to: handleId })
  for (let at = 0; at < posts.length; at += AT_ONCE)
    await tx.insert(creditedPosts).values(posts.slice(at, at + AT_ONCE).map((postId) => ({ requestId, postId })))
}

/** What a later run of an import brought of an author who was recognised meanwhile is theirs as well. */
export async function creditLateArrivals(tx: Tx, communityId: string): Promise<void> {
  const late = await tx
    .select({ importedId: authorshipRequests.importedId })
    .from(authorshipRequests)
    .where(
      and(
        eq(authorshipRequests.communityId, communityId),
        eq(authorshipRequests.state, 'accepted'),
        sql`exists (select 1 from posts p where p.handle_id = ${authorshipRequests.importedId})`,
      ),
    )
    .orderBy(authorshipRequests.importedId)
  for (const { importedId } of late) {
    await lockAuthor(tx, importedId)
    const taken = await takenBy(importedId, tx)
    if (taken) await credit(tx, { ...taken, communityId, importedId })
  }
}

/** Somebody was recognised: whoever else asked for the same author is told that it was somebody else. */
export async function refuseOthers(event: Happened): Promise<void> {
  const { importedId, accepted } = event.payload as Payload<'authorship.decided'>
  if (!accepted) return
  const portal = systemViewer('authorship')
  await transaction(portal, async (tx) => {
    await lockAuthor(tx, importedId)
    const waiting = and(eq(authorshipRequests.importedId, importedId), eq(authorshipRequests.state, 'waiting'))
    const others = await tx.select().from(authorshipRequests).where(waiting).for('update')
    for (const { id, ...other } of others)
      await refuse(
        tx,
        portal,
        { ...other, requestId: id },
        plainly(() => say('authorship.somebodyElse')),
      )
  })
}

async function refuse(tx: Tx, viewer: Viewer, request: Request, reason: string) {
  const { requestId, communityId, importedId, personId, handleId } = request
  await tx
    .update(authorshipRequests)
    .set({ state: 'refused', reason, decidedBy: viewer.kind === 'person' ? viewer.handleId : null, decidedAt: now() })
    .where(eq(authorshipRequests.id, requestId))
  await record(tx, viewer, 'authorship.decided', { communityId, requestId, importedId, personId, handleId, accepted: false })
}

/** Operators take back what was believed too soon: the posts are the imported author’s again. */
export async function undoAuthorship(viewer: Viewer, requestId: string, reason: string): Promise<{ importedId: string }> {
  return transaction(viewer, async (tx) => {
    const request = await lockedRequest(tx, viewer, requestId)
    authorize(viewer, 'authorship.undo', request)
    if (request.state === 'undone') return request
    if (request.state !== 'accepted') throw new Conflict('authorship.decidedAlready')
    if (!isUndoable(request.decidedAt)) throw new Conflict('authorship.tooLate')
    const { communityId, importedId, personId, handleId, decidedAt, proof } = request
    await tx.update(authorshipRequests).set({ state: 'undone', reason }).where(eq(authorshipRequests.id, requestId))
    const credited = await tx.select({ id: creditedPosts.postId }).from(creditedPosts).where(eq(creditedPosts.requestId, requestId))
    const ids = credited.map(({ id }) => id)
    await takeBackPosts(tx, viewer, ids, { from: handleId, to: importedId }, decidedAt ?? now())
    // Whoever has the address was not the author: from now on it settles nothing.
    if (proof === 'address') await tx.delete(importedAddresses).where(eq(importedAddresses.importedId, importedId))
    await record(tx, viewer, 'authorship.undone', { communityId, requestId, importedId, personId, handleId })
    return request
  })
}

export const isUndoable = (decidedAt: Date | null) => decidedAt !== null && now().getTime() - decidedAt.getTime() < UNDO_DAYS * 86_400_000
