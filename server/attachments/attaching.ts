import { and, asc, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { attachments } from '~/db/schema'
import { Invalid } from '~/server/errors'
import type { Viewer } from '~/server/viewer'
import type { OfFiles } from './input'
import { MOST_FILES } from './rules'
import type { FilePlace, FileShown } from './types'

type Found = FileShown & { postId: string | null }
/** `all` that wait in the form or belong to the post; `along`: those that go with the text. */
export type FilesAlong = { along: Found[]; unwanted: string[]; pictures: Map<string, FileShown> }

/**
 * The files that go along with a text which is being posted: those that its form sent, and those that the text itself shows. What the form
 * showed and was unticked is not wanted any more.
 */
export async function filesAlong(
  tx: Tx,
  viewer: Viewer,
  place: FilePlace,
  text: OfFiles & { body: string },
  postId?: string,
): Promise<FilesAlong> {
  const found = await tx
    .select(columns)
    .from(attachments)
    .where(or(waitingOf(viewer, place), postId ? eq(attachments.postId, postId) : undefined))
    .orderBy(asc(attachments.createdAt), asc(attachments.id))
    .for('update')
  const [ticked, shown] = [new Set(text.files), new Set(text.shown)]
  const goes = ({ id, postId: posted }: Found) =>
    ticked.has(id) || text.body.includes(`/files/${id}`) || (posted !== null && !shown.has(id))
  const along = found.filter(goes)
  if (along.length > MOST_FILES) throw new Invalid({ attach: `files.tooMany:${MOST_FILES}` })
  return { along, unwanted: found.filter((file) => shown.has(file.id) && !goes(file)).map(({ id }) => id), pictures: picturesOf(along) }
}

/** Whether anything changes for the post. */
export const changesFiles = ({ along, unwanted }: FilesAlong, postId: string) =>
  unwanted.length > 0 || along.some((file) => file.postId !== postId)

/** Once the post is there. */
export async function attachFiles(tx: Tx, { along, unwanted }: FilesAlong, postId: string): Promise<void> {
  const fresh = along.filter((file) => file.postId === null).map(({ id }) => id)
  if (fresh.length > 0) await tx.update(attachments).set({ postId }).where(inArray(attachments.id, fresh))
  if (unwanted.length > 0) await tx.delete(attachments).where(inArray(attachments.id, unwanted))
}

/** Pictures that a text may show: those of the post that it is, and those that wait for it. */
export async function picturesFor(tx: Tx, viewer: Viewer, place: FilePlace | null, postId: string | null, markdown: string) {
  const ids = [...new Set([...markdown.matchAll(/\/files\/([\w-]{36})/g)].map((match) => match[1] ?? ''))].filter(isId).slice(0, 50)
  if (ids.length === 0) return new Map<string, FileShown>()
  const own = place ? waitingOf(viewer, place) : undefined
  const posted = postId ? eq(attachments.postId, postId) : undefined
  if (!own && !posted) return new Map<string, FileShown>()
  return picturesOf(
    await tx
      .select(columns)
      .from(attachments)
      .where(and(inArray(attachments.id, ids), or(own, posted))),
  )
}

/** Files that wait in a form, for whoever uploaded them; in a transaction of the viewer. */
export async function waitingFiles(tx: Tx, viewer: Viewer, place: FilePlace): Promise<FileShown[]> {
  const waiting = tx.select(shownColumns).from(attachments).where(waitingOf(viewer, place))
  return waiting.orderBy(asc(attachments.createdAt), asc(attachments.id)).limit(MOST_FILES)
}

/** Files of a post. */
export async function postedFiles(reader: Pick<Tx, 'select'>, postId: string): Promise<FileShown[]> {
  return reader
    .select(shownColumns)
    .from(attachments)
    .where(eq(attachments.postId, postId))
    .orderBy(asc(attachments.createdAt), asc(attachments.id))
}

const { id, name, description, bytes, width, height, small } = attachments
const shownColumns = { id, name, description, bytes, width, height, small }
const columns = { ...shownColumns, postId: attachments.postId }

function waitingOf(viewer: Viewer, { kind, subjectId }: FilePlace): SQL {
  if (viewer.kind !== 'person' || !isId(subjectId)) return sql`false`
  return and(
    eq(attachments.personId, viewer.personId),
    eq(attachments.kind, kind),
    eq(attachments.subjectId, subjectId),
    isNull(attachments.postId),
  ) as SQL
}

const picturesOf = (files: FileShown[]) => new Map(files.filter((file) => file.width !== null).map((file) => [file.id, file]))
