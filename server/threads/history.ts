import { asc, desc, eq } from 'drizzle-orm'
import { db } from '~/db/client'
import { postRevisions } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { plainly } from '~/server/platform/manner'
import { authorize, can } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { say } from '~/words'
import { changedLines, type ChangedLine } from './changed-lines'
import { detailLines, type Detail } from './details'
import { editPost, placeOf, words } from './editing'
import { foundPost, reasonToKeep } from './facts'
import { tagNamesOf } from './tagging'

export type PostVersion = { number: number; title: string | null; at: Date; by: string; reason: string; lines: ChangedLine[] }

/** Every version, newest first, each as what changed from the one before. */
export async function postHistory(viewer: Viewer, postId: string) {
  const post = await foundPost(viewer, postId)
  const restorable = can(viewer, 'post.edit', post)
  const [current, earlier] = await Promise.all([
    words(db, postId),
    db
      .select()
      .from(postRevisions)
      .where(eq(postRevisions.postId, postId))
      .orderBy(desc(postRevisions.createdAt), desc(postRevisions.id))
      .limit(MOST_VERSIONS),
  ])
  const names = await handlesShown([post.handleId, ...earlier.map((version) => version.editedBy)], { communityId: post.communityId })
  const texts = [{ title: current.title, markdown: current.markdown, details: current.details }, ...earlier]
  const versions = texts.map(({ title, markdown, details }, index): PostVersion => {
    const edit = earlier[index]
    return {
      number: current.editCount + 1 - index,
      title: post.kind === 'opening' ? title : null,
      at: edit?.createdAt ?? current.createdAt,
      by: names.get(edit?.editedBy ?? post.handleId)?.displayName ?? '',
      reason: edit?.reason ?? '',
      lines: changedLines(edit ? asLines(edit) : '', asLines({ title, markdown, details })),
    }
  })
  return { ...placeOf(post), title: current.title, versions, may: { restore: restorable } }
}

/** More than this nobody reads; all of them are kept. */
const MOST_VERSIONS = 50

type Version = { title: string | null; markdown: string; details?: Detail[] | null }
export const asLines = ({ title, markdown, details }: Version) =>
  [title, details?.length ? detailLines(details) : null, markdown].filter((part) => part !== null).join('\n\n')

/** An earlier version becomes the next one: nothing in between is lost. Tags stay as they are. */
export async function restoreVersion(viewer: Viewer, postId: string, number: number) {
  const post = await foundPost(viewer, postId)
  authorize(viewer, 'post.edit', post, reasonToKeep(post))
  const [version] = await db
    .select({ title: postRevisions.title, markdown: postRevisions.markdown, details: postRevisions.details })
    .from(postRevisions)
    .where(eq(postRevisions.postId, postId))
    .orderBy(asc(postRevisions.createdAt), asc(postRevisions.id))
    .offset(number - 1)
    .limit(1)
  if (!version) throw new NotFound()
  const tags = post.kind === 'opening' ? await tagNamesOf(db, post.threadId) : []
  const reason = plainly(() => say('thread.history.restored', { number }))
  const input = { title: version.title ?? undefined, body: version.markdown, tags, reason }
  return editPost(viewer, postId, input, version.details ?? [])
}
