import { and, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { authorshipRequests, communities, handles, importKeys } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'

/** A claim that was believed too soon can be taken back for so long. */
export const UNDO_DAYS = 30

/** An imported author, if the viewer may read the room that they came into. */
export async function importedAuthor(viewer: Viewer, id: string, tx: Pick<Tx, 'select'> = db) {
  const [found] = isId(id)
    ? await tx
        .select({
          importedId: handles.id,
          name: handles.displayName,
          about: handles.about,
          source: handles.source,
          sourceUrl: handles.sourceUrl,
          communityId: communities.id,
          access: communities.access,
          slug: communities.slug,
          room: communities.name,
        })
        .from(handles)
        .innerJoin(importKeys, and(eq(importKeys.rowId, handles.id), eq(importKeys.kind, 'author')))
        .innerJoin(communities, eq(communities.id, importKeys.communityId))
        .where(and(eq(handles.id, id), eq(handles.kind, 'placeholder')))
    : []
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'community.read', found)
  return found
}

/** A request with its room; the imported author and then the request are held until the end of the change. */
export async function lockedRequest(tx: Tx, viewer: Viewer, id: string) {
  const [about] = isId(id)
    ? await tx.select({ importedId: authorshipRequests.importedId }).from(authorshipRequests).where(eq(authorshipRequests.id, id))
    : []
  if (!about) throw new NotFound()
  await lockAuthor(tx, about.importedId)
  const imported = alias(handles, 'imported')
  const [found] = await tx
    .select({
      requestId: authorshipRequests.id,
      communityId: authorshipRequests.communityId,
      importedId: authorshipRequests.importedId,
      personId: authorshipRequests.personId,
      handleId: authorshipRequests.handleId,
      state: authorshipRequests.state,
      proof: authorshipRequests.proof,
      decidedAt: authorshipRequests.decidedAt,
      name: imported.displayName,
      access: communities.access,
      slug: communities.slug,
    })
    .from(authorshipRequests)
    .innerJoin(communities, eq(communities.id, authorshipRequests.communityId))
    .innerJoin(imported, eq(imported.id, authorshipRequests.importedId))
    .where(eq(authorshipRequests.id, id))
    .for('update', { of: authorshipRequests })
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'community.read', found)
  return { ...found, claimants: await claimantsOf(tx, found.importedId) }
}

/** As far as whoever asks may know; of themselves they always do. */
export async function claimantsOf(tx: Pick<Tx, 'selectDistinct'>, importedId: string): Promise<string[]> {
  const asked = await tx
    .selectDistinct({ handleId: authorshipRequests.handleId })
    .from(authorshipRequests)
    .where(eq(authorshipRequests.importedId, importedId))
  return asked.map(({ handleId }) => handleId)
}

/** One change about an imported author after another: they are held before any request, and before what they wrote. */
export async function lockAuthor(tx: Tx, importedId: string): Promise<void> {
  await tx.select({ id: handles.id }).from(handles).where(eq(handles.id, importedId)).for('update')
}

export function personAsking(viewer: Viewer): PersonViewer {
  if (viewer.kind === 'person') return viewer
  throw new Forbidden('signInFirst')
}
