import { eq, sql, type SQL } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { attachments } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { storage } from '~/server/platform/storage'
import type { Viewer } from '~/server/viewer'
import { waitingFiles } from './attaching'
import type { FilePlace, FileShown } from './types'
import { smallKey } from './uploading'

/** A file with where it belongs; whether the viewer may have it is for whoever knows its post. */
export async function knownFile(viewer: Viewer, fileId: string) {
  const [file] = isId(fileId) ? await transaction(viewer, (tx) => tx.select().from(attachments).where(eq(attachments.id, fileId))) : []
  if (!file) throw new NotFound()
  return file
}

export async function contentOf({ storageKey }: { storageKey: string }, small: boolean): Promise<ReadableStream<Uint8Array>> {
  const content = await storage().read(small ? smallKey(storageKey) : storageKey)
  if (!content) throw new NotFound()
  return content
}

/** Files that wait in a form of the viewer's. */
export async function filesFor(viewer: Viewer, place: FilePlace): Promise<FileShown[]> {
  return viewer.kind === 'person' && isId(place.subjectId) ? transaction(viewer, (tx) => waitingFiles(tx, viewer, place)) : []
}

const SHOWN = sql`json_build_object('id', a.id, 'name', a.name, 'description', a.description, 'bytes', a.bytes, 'width', a.width, 'height', a.height, 'small', a.small) order by a.created_at, a.id`

/** The same as a column of another query, which runs in a transaction of the viewer. */
export function waitingFilesColumn(viewer: Viewer, kind: FilePlace['kind'], subjectId: SQL): SQL<FileShown[] | null> {
  if (viewer.kind !== 'person') return sql<null>`null::json`
  return sql<
    FileShown[] | null
  >`(select json_agg(${SHOWN}) from attachments a where a.person_id = ${viewer.personId}::uuid and a.kind = ${kind}
    and a.subject_id = ${subjectId} and a.post_id is null)`
}

/** Pictures of a post, as a column of its query. */
export function picturesOf(post: SQL): SQL<FileShown[] | null> {
  return sql<FileShown[] | null>`(select json_agg(${SHOWN}) from attachments a where a.post_id = ${post}.id and a.width is not null)`
}

/** Files of a post, as a column of its query: but for pictures that stand in its text. */
export function filesUnder(post: SQL): SQL<FileShown[] | null> {
  return sql<FileShown[] | null>`(select json_agg(${SHOWN}) from attachments a where a.post_id = ${post}.id
    and (a.width is null or position('/files/' || a.id::text in ${post}.html) = 0))`
}
