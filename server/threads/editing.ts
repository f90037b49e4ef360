import { eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { postRevisions, posts, threads } from '~/db/schema'
import { attachFiles, changesFiles, filesAlong, filesFor, picturesFor, postedFiles } from '~/server/attachments'
import { endDraft } from '~/server/drafts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { caughtBy, hold, wasHeld } from '~/server/holding'
import { now } from '~/server/platform/clock'
import { codePoints } from '~/server/platform/text'
import { authorize } from '~/server/policy'
import { fieldsToFill } from '~/server/vendors'
import type { Viewer } from '~/server/viewer'
import { changedDetails, detailLines, type Detail } from './details'
import { foundPost, foundThread, holdThreadOf, reasonToKeep, writer, type KnownPost } from './facts'
import { hidePost, hideThread } from './hiding'
import { LONGEST_COMMENT, SHORTEST_QUESTION, type EditInput } from './input'
import { drawPost, keepMentions } from './mentioning'
import { addTags, removeTags, tagNamesOf } from './tagging'

/** The version before is kept; saving what stands there already changes nothing. `restored`: what was filled in, as it was. */
export async function editPost(viewer: Viewer, postId: string, input: EditInput, restored?: Detail[]) {
  const seen = await foundPost(viewer, postId)
  authorize(viewer, 'post.edit', seen, reasonToKeep(seen))
  boundsOf(seen.kind, input)
  return transaction(viewer, async (tx) => {
    await holdThreadOf(tx, postId)
    const post = await foundPost(viewer, postId, tx)
    const thread = await foundThread(viewer, post.threadId, tx)
    authorize(viewer, 'post.edit', post, reasonToKeep(post))
    const before = await words(tx, postId)
    if (input.version !== undefined && input.version !== before.editCount) throw new Conflict('thread.editedMeanwhile')
    const opening = post.kind === 'opening'
    const title = opening ? (input.title ?? thread.title) : null
    const had = opening ? await tagNamesOf(tx, post.threadId) : []
    const retagged = opening && had.join(' ') !== [...input.tags].sort().join(' ')
    const given = opening ? (restored ?? changedDetails(before.details ?? [], await fieldsOfThread(tx, post.threadId), input)) : null
    const details = given && detailLines(given) !== detailLines(before.details) ? given : undefined
    const rewritten = input.body !== before.markdown || (opening && title !== thread.title) || details !== undefined
    const files = await filesAlong(tx, viewer, { kind: 'edit', subjectId: postId }, input, postId)
    const refiled = changesFiles(files, postId)
    if (post.kind === 'comment' && files.along.some((file) => file.postId !== postId)) throw new Invalid({ body: 'thread.commentFiles' })
    await endDraft(tx, viewer, 'edit', postId, input)
    if (!rewritten && !retagged && !refiled) return post
    await attachFiles(tx, files, postId)
    const fresh = { title: title ?? thread.title, body: input.body, details }
    const written = rewritten ? await rewrite(tx, viewer, post, fresh, writer(viewer).handleId, input.reason ?? '') : null
    if (written && !(await heldAfterAll(tx, viewer, post, fresh, written.html))) await keepMentions(tx, viewer, post, written.mentioned)
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

/** `details` are left as they are unless they are given. */
type Fresh = { title: string; body: string; details?: Detail[] }

/** What newcomers write is read by the checks as often as they write it: else a harmless post is the way in for any other. */
async function heldAfterAll(tx: Tx, viewer: Viewer, post: KnownPost, { title, body }: Fresh, html: string): Promise<boolean> {
  if (post.hidden) return false
  const { postId, threadId, communityId, vendorId, handleId } = post
  const opens = post.kind === 'opening'
  const caught = await caughtBy(tx, writer(viewer), {
    ...{ communityId, threadId, markdown: body, html, ...(opens ? { title } : {}) },
  })
  if (!caught || (await wasHeld(tx, postId))) return false
  await hold(tx, { postId, threadId, communityId, vendorId, handleId, opens }, caught, (decisionId) =>
    opens ? hideThread(tx, threadId, decisionId) : hidePost(tx, postId, decisionId),
  )
  return true
}

/** The version before is kept with the name of who replaced it; the post is held. Whom the words mention is told by the caller. */
export async function rewrite(tx: Tx, viewer: Viewer, post: KnownPost, fresh: Fresh, editedBy: string, reason: string) {
  const { postId, threadId } = post
  const pictures = await picturesFor(tx, viewer, null, postId, fresh.body)
  const { html, mentioned } = await drawPost(tx, viewer, post.communityId, fresh.body, pictures)
  const before = await words(tx, postId)
  const editedAt = now()
  await tx.insert(postRevisions).values({
    id: newId(),
    postId,
    title: before.title,
    markdown: before.markdown,
    html: before.html,
    details: before.details,
    editedBy,
    reason,
    createdAt: editedAt,
  })
  await tx
    .update(posts)
    .set({
      markdown: fresh.body,
      html,
      ...(fresh.details ? { details: fresh.details } : {}),
      editCount: sql`${posts.editCount} + 1`,
      editedAt,
    })
    .where(eq(posts.id, postId))
  if (post.kind === 'opening') await tx.update(threads).set({ title: fresh.title }).where(eq(threads.id, threadId))
  return { html, mentioned }
}

/** What the form begins with. */
export async function editPage(viewer: Viewer, postId: string) {
  const post = await foundPost(viewer, postId)
  authorize(viewer, 'post.edit', post, reasonToKeep(post))
  const [now, thread, tags, posted, waiting, fields] = await Promise.all([
    words(db, postId),
    foundThread(viewer, post.threadId),
    tagNamesOf(db, post.threadId),
    postedFiles(db, postId),
    filesFor(viewer, { kind: 'edit', subjectId: postId }),
    post.kind === 'opening' ? fieldsOfThread(db, post.threadId) : [],
  ])
  const files = [...posted, ...waiting]
  return {
    ...placeOf(post),
    title: thread.title,
    markdown: now.markdown,
    version: now.editCount,
    tags,
    files,
    details: now.details ?? [],
    fields,
  }
}

/** What a question about its product is asked to say today. */
async function fieldsOfThread(reader: Pick<Tx, 'select'>, threadId: string) {
  const [thread] = await reader.select({ productId: threads.productId, kind: threads.kind }).from(threads).where(eq(threads.id, threadId))
  return thread?.productId && thread.kind === 'question' ? fieldsToFill([thread.productId], reader) : []
}

export const placeOf = ({ slug, number, kind, postId, threadId }: KnownPost) => ({ slug, number, kind, postId, threadId })

export async function words(reader: Pick<Tx, 'select'>, postId: string) {
  const { markdown, html, editCount, createdAt } = posts
  const [row] = await reader
    .select({
      markdown,
      html,
      details: posts.details,
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

export function boundsOf(kind: KnownPost['kind'], { body }: { body: string }) {
  if (kind === 'comment' && codePoints(body) > LONGEST_COMMENT) throw new Invalid({ body: `tooLong:${LONGEST_COMMENT}` })
  if (kind === 'opening' && codePoints(body.trim()) < SHORTEST_QUESTION) throw new Invalid({ body: `tooShort:${SHORTEST_QUESTION}` })
}
