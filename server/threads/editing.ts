import { desc, eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { postRevisions, posts, threads } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { renderMarkdown } from '~/server/platform/markdown'
import { codePoints } from '~/server/platform/text'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { changedLines, type ChangedLine } from './changed-lines'
import { foundPost, foundThread, reasonFor, writer, type KnownPost } from './facts'
import { LONGEST_COMMENT, SHORTEST_QUESTION, type EditInput } from './input'
import { addTags, removeTags, tagNamesOf } from './tagging'

/** The version before is kept; saving what stands there already changes nothing. */
export async function editPost(viewer: Viewer, postId: string, input: EditInput) {
  const seen = await foundPost(viewer, postId)
  authorize(viewer, 'post.edit', seen, reasonFor(seen))
  boundsOf(seen.kind, input)
  return transaction(viewer, async (tx) => {
    const thread = await foundThread(viewer, seen.threadId, tx)
    const post = await foundPost(viewer, postId, tx)
    authorize(viewer, 'post.edit', post, reasonFor(post))
    const before = await words(tx, postId)
    if (input.version !== undefined && input.version !== before.editCount) throw new Conflict('thread.editedMeanwhile')
    const opening = post.kind === 'opening'
    const title = opening ? (input.title ?? thread.title) : null
    const had = opening ? await tagNamesOf(tx, post.threadId) : []
    const retagged = opening && had.join(' ') !== [...input.tags].sort().join(' ')
    const rewritten = input.body !== before.markdown || (opening && title !== thread.title)
    if (!rewritten && !retagged) return post
    if (rewritten) {
      const editedAt = now()
      const replaced = { title: opening ? thread.title : null, markdown: before.markdown, html: before.html }
      await tx
        .insert(postRevisions)
        .values({ id: newId(), postId, ...replaced, editedBy: writer(viewer).handleId, reason: input.reason ?? '', createdAt: editedAt })
      await tx
        .update(posts)
        .set({ markdown: input.body, html: renderMarkdown(input.body), editCount: sql`${posts.editCount} + 1`, editedAt })
        .where(eq(posts.id, postId))
      if (title !== null) await tx.update(threads).set({ title }).where(eq(threads.id, post.threadId))
    }
    if (retagged) {
      await removeTags(
        tx,
        thread,
        had.filter((name) => !input.tags.includes(name)),
      )
      await addTags(
        tx,
        thread,
        input.tags.filter((name) => !had.includes(name)),
      )
    }
    await record(tx, viewer, 'post.edited', { communityId: post.communityId, threadId: post.threadId, postId, vendorId: post.vendorId })
    return post
  })
}

/** What the form begins with. */
export async function editPage(viewer: Viewer, postId: string) {
  const post = await foundPost(viewer, postId)
  authorize(viewer, 'post.edit', post, reasonFor(post))
  const [now, thread, tags] = await Promise.all([words(db, postId), foundThread(viewer, post.threadId), tagNamesOf(db, post.threadId)])
  return { ...placeOf(post), title: thread.title, markdown: now.markdown, version: now.editCount, tags }
}

export type PostVersion = { number: number; title: string | null; at: Date; by: string; reason: string; lines: ChangedLine[] }

/** Every version, newest first, each as what changed from the one before. */
export async function postHistory(viewer: Viewer, postId: string) {
  const post = await foundPost(viewer, postId)
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
  const texts = [{ title: current.title, markdown: current.markdown }, ...earlier]
  const versions = texts.map(({ title, markdown }, index): PostVersion => {
    const edit = earlier[index]
    return {
      number: current.editCount + 1 - index,
      title: post.kind === 'opening' ? title : null,
      at: edit?.createdAt ?? current.createdAt,
      by: names.get(edit?.editedBy ?? post.handleId)?.displayName ?? '',
      reason: edit?.reason ?? '',
      lines: changedLines(edit ? asLines(edit) : '', asLines({ title, markdown })),
    }
  })
  return { ...placeOf(post), title: current.title, versions }
}

/** More than this nobody reads; all of them are kept. */
const MOST_VERSIONS = 50

const asLines = ({ title, markdown }: { title: string | null; markdown: string }) => (title ? `${title}\n\n${markdown}` : markdown)
const placeOf = ({ slug, number, kind, postId, threadId }: KnownPost) => ({ slug, number, kind, postId, threadId })

async function words(reader: Pick<Tx, 'select'>, postId: string) {
  const { markdown, html, editCount, createdAt } = posts
  const [row] = await reader
    .select({
      markdown,
      html,
      editCount,
      createdAt,
      title: sql<string | null>`case when ${posts.kind} = 'opening' then ${threads.title} end`,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(eq(posts.id, postId))
  if (!row) throw new NotFound()
  return row
}

function boundsOf(kind: KnownPost['kind'], { body }: EditInput) {
  if (kind === 'comment' && codePoints(body) > LONGEST_COMMENT) throw new Invalid({ body: `tooLong:${LONGEST_COMMENT}` })
  if (kind === 'opening' && codePoints(body.trim()) < SHORTEST_QUESTION) throw new Invalid({ body: `tooShort:${SHORTEST_QUESTION}` })
}
