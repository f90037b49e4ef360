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

/** A request with its room, held until the end of the change. */
export async function lockedRequest(tx: Tx, viewer: Viewer, id: string) {
  const imported = alias(handles, 'imported')
  const [found] = isId(id)
    ? await tx
        .select({
          requestId: authorshipRequests.id,
          communityId: authorshipRequests.communityId,
          importedId: authorshipRequests.importedId,
          personId: authorshipRequests.personId,
          handleId: authorshipRequests.handleId,
          state: authorshipRequests.state,
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
    : []
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'community.read', found)
  return found
}

/** One decision about an imported author after another. */
export async function lockAuthor(tx: Tx, importedId: string): Promise<void> {
  await tx.select({ id: handles.id }).from(handles).where(eq(handles.id, importedId)).for('update')
}

export function personAsking(viewer: Viewer): PersonViewer {
  if (viewer.kind === 'person') return viewer
  throw new Forbidden('signInFirst')
}
