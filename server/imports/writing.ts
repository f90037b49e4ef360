import { eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { answerAcceptances, communities, handles, ideas, ideaSteps, importedAddresses, posts, tags, threads, threadTags } from '~/db/schema'
import { addressMac } from '~/server/authorship'
import { htmlToMarkdown } from '~/server/platform/html-to-markdown'
import { excerpt, renderMarkdown } from '~/server/platform/markdown'
import type { ImportedAuthor, ImportedPost, ImportedThread, ImportSet } from './imported'
import { ImportKeys, inBatches, type Place } from './import-keys'

export interface Written {
  authors: number
  threads: number
  answers: number
  comments: number
  acceptances: number
}

const ABOUT_LENGTH = 500
const ROWS_AT_ONCE = 500

export function nothingWritten(): Written {
  return { authors: 0, threads: 0, answers: 0, comments: 0, acceptances: 0 }
}

/** Authors become placeholders: a name that somebody may claim one day, and no handle. */
export async function writeAuthors(tx: Tx, place: Place, authors: ImportedAuthor[]): Promise<Written> {
  const keys = new ImportKeys(place)
  await keys.look(
    tx,
    'author',
    authors.map(({ sourceId }) => sourceId),
  )
  const fresh = authors.filter(({ sourceId }) => !keys.rowOf('author', sourceId))
  for (const some of inBatches(fresh, ROWS_AT_ONCE)) {
    const rows = some.map((author) => ({
      id: newId(),
      kind: 'placeholder' as const,
      displayName: author.displayName,
      about: excerpt(htmlToMarkdown(author.aboutHtml), ABOUT_LENGTH),
      source: place.source,
      sourceUrl: author.sourceUrl,
      ...(author.createdAt ? { createdAt: author.createdAt } : {}),
    }))
    await tx.insert(handles).values(rows)
    const addresses = rows.flatMap(({ id }, index) => (some[index]?.address ? [{ importedId: id, brought: some[index].address }] : []))
    if (addresses.length > 0)
      await tx
        .insert(importedAddresses)
        .values(
          await Promise.all(addresses.map(async ({ importedId, brought }) => ({ importedId, addressMac: await addressMac(brought) }))),
        )
    rows.forEach(({ id }, index) => keys.remember('author', some[index]!.sourceId, id))
  }
  await keys.write(tx)
  return { ...nothingWritten(), authors: fresh.length }
}

/**
 * Writes what is not here yet of these threads and leaves alone what is: neither edits made here nor an acceptance
 * taken back are undone by a second run.
 */
export async function writeThreads(tx: Tx, place: Place, set: ImportSet, batch: ImportedThread[]): Promise<Written> {
  const keys = await keysOf(tx, place, batch)
  const written = nothingWritten()
  const rows: PostRow[] = []
  const freshThreads: ImportedThread[] = []
  const grown: { id: string; answers: ImportedPost[] }[] = []

  for (const thread of batch) {
    const known = keys.rowOf('thread', thread.sourceId)
    const threadId = known ?? newId()
    const answers = thread.answers.filter(({ sourceId }) => !keys.rowOf('answer', sourceId))
    if (!known) {
      freshThreads.push(thread)
      keys.remember('thread', thread.sourceId, threadId)
    } else if (answers.length > 0) {
      grown.push({ id: known, answers })
    }
    const add = (kind: Exclude<PostRow['kind'], 'asked'>, post: ImportedPost, parentId: string | null) => {
      const id = keys.rowOf(kind, post.sourceId)
      if (id) return id
      const row = postRow(kind, post, { threadId, parentId, handleId: authorRow(keys, post), set })
      keys.remember(kind, post.sourceId, row.id)
      rows.push(row)
      return row.id
    }
    for (const [kind, post] of [['opening', thread.opening] as const, ...thread.answers.map((answer) => ['answer', answer] as const)]) {
      const postId = add(kind, post, null)
      for (const comment of post.comments) add('comment', comment, postId)
    }
  }

  for (const some of inBatches(freshThreads, ROWS_AT_ONCE))
    await tx.insert(threads).values(some.map((thread) => threadRow(keys, place, set, thread)))
  for (const some of inBatches(rows, ROWS_AT_ONCE)) await tx.insert(posts).values(some)
  for (const { id, answers } of grown) await growThread(tx, id, answers)
  await writeIdeas(tx, place, keys, freshThreads)
  await writeTags(tx, place, keys, freshThreads)
  written.acceptances = await writeAcceptances(tx, keys, batch)
  await keys.write(tx)

  written.threads = freshThreads.length
  written.answers = rows.filter(({ kind }) => kind === 'answer').length
  written.comments = rows.filter(({ kind }) => kind === 'comment').length
  if (written.threads > 0) {
    const threadCount = sql`${communities.threadCount} + ${written.threads}`
    await tx.update(communities).set({ threadCount }).where(eq(communities.id, place.communityId))
  }
  return written
}

async function keysOf(tx: Tx, place: Place, batch: ImportedThread[]) {
  const keys = new ImportKeys(place)
  const answers = batch.flatMap((thread) => thread.answers)
  const commented = [...batch.map(({ opening }) => opening), ...answers]
  const comments = commented.flatMap((post) => post.comments)
  const threadIds = batch.map(({ sourceId }) => sourceId)
  const authors = new Set([...commented, ...comments].map(({ authorId }) => authorId))
  for (const { accepted } of batch) if (accepted?.byAuthorId) authors.add(accepted.byAuthorId)

  await keys.look(tx, 'author', authors)
  await keys.look(tx, 'thread', threadIds)
  await keys.look(tx, 'opening', threadIds)
  await keys.look(
    tx,
    'answer',
    answers.map(({ sourceId }) => sourceId),
  )
  await keys.look(
    tx,
    'comment',
    comments.map(({ sourceId }) => sourceId),
  )
  await keys.look(tx, 'acceptance', threadIds)
  return keys
}

type PostRow = typeof posts.$inferInsert & { id: string }

function postRow(
  kind: PostRow['kind'],
  post: ImportedPost,
  place: { threadId: string; parentId: string | null; handleId: string; set: ImportSet },
): PostRow {
  const markdown = 'html' in post.body ? htmlToMarkdown(post.body.html, place.set.sourceUrl ?? '') : post.body.markdown
  return {
    id: newId(),
    threadId: place.threadId,
    kind,
    parentId: place.parentId,
    handleId: place.handleId,
    markdown,
    html: renderMarkdown(markdown),
    score: post.tally.up - post.tally.down,
    importedUp: post.tally.up,
    importedDown: post.tally.down,
    importedAsSpam: post.spam,
    editedAt: post.editedAt,
    source: place.set.source,
    sourceUrl: post.sourceUrl,
    licence: post.licence,
    sourceMeta: Object.keys(post.meta).length > 0 ? post.meta : null,
    createdAt: post.createdAt,
  }
}

function threadRow(keys: ImportKeys, place: Place, set: ImportSet, thread: ImportedThread): typeof threads.$inferInsert {
  return {
    id: keys.rowOf('thread', thread.sourceId)!,
    communityId: place.communityId,
    kind: thread.idea ? 'idea' : 'question',
    title: thread.title,
    handleId: authorRow(keys, thread.opening),
    answerCount: thread.answers.filter(({ spam }) => !spam).length,
    score: thread.opening.tally.up - thread.opening.tally.down,
    importedLocked: thread.locked,
    source: set.source,
    sourceUrl: thread.opening.sourceUrl,
    licence: thread.opening.licence,
    sourceMeta: thread.meta,
    createdAt: thread.opening.createdAt,
    activeAt: thread.activeAt,
  }
}

/** How each idea stands; the step that brought it there has nobody's name. */
async function writeIdeas(tx: Tx, { communityId }: Place, keys: ImportKeys, fresh: ImportedThread[]) {
  const rows = fresh.flatMap(({ sourceId, idea }) => (idea ? [{ ...idea, threadId: keys.rowOf('thread', sourceId)! }] : []))
  for (const some of inBatches(rows, ROWS_AT_ONCE)) {
    await tx.insert(ideas).values(some.map(({ threadId, status, at }) => ({ threadId, communityId, status, statusAt: at })))
    const steps = some.filter(({ status, response }) => status !== 'open' || response)
    if (steps.length > 0)
      await tx.insert(ideaSteps).values(
        steps.map(({ threadId, status, at, response }) => ({
          ...{ id: newId(), threadId, status, before: 'open' as const, createdAt: at },
          ...(response ? { markdown: response, html: renderMarkdown(response) } : {}),
        })),
      )
  }
}

async function growThread(tx: Tx, threadId: string, answers: ImportedPost[]) {
  const newest = answers.reduce((latest, { createdAt }) => (createdAt > latest ? createdAt : latest), new Date(0))
  await tx
    .update(threads)
    .set({
      answerCount: sql`${threads.answerCount} + ${answers.filter(({ spam }) => !spam).length}`,
      activeAt: sql`greatest(${threads.activeAt}, ${newest.toISOString()}::timestamptz)`,
    })
    .where(eq(threads.id, threadId))
}

async function writeTags(tx: Tx, place: Place, keys: ImportKeys, fresh: ImportedThread[]) {
  const uses = new Map<string, number>()
  for (const thread of fresh) for (const name of new Set(thread.tags)) uses.set(name, (uses.get(name) ?? 0) + 1)
  if (uses.size === 0) return
  const rows = await tx
    .insert(tags)
    .values([...uses].map(([name, threadCount]) => ({ id: newId(), communityId: place.communityId, name, threadCount })))
    .onConflictDoUpdate({ target: [tags.communityId, tags.name], set: { threadCount: sql`${tags.threadCount} + excluded.thread_count` } })
    .returning({ id: tags.id, name: tags.name })
  const tagIds = new Map(rows.map(({ id, name }) => [name, id]))
  const tagged = fresh.flatMap((thread) =>
    [...new Set(thread.tags)].map((name) => ({
      threadId: keys.rowOf('thread', thread.sourceId)!,
      tagId: tagIds.get(name)!,
      threadCreatedAt: thread.opening.createdAt,
    })),
  )
  for (const some of inBatches(tagged, ROWS_AT_ONCE)) await tx.insert(threadTags).values(some)
}

async function writeAcceptances(tx: Tx, keys: ImportKeys, batch: ImportedThread[]) {
  const rows = batch.flatMap(({ sourceId, accepted }) => {
    const answerId = accepted && keys.rowOf('answer', accepted.answerId)
    if (!answerId || keys.rowOf('acceptance', sourceId)) return []
    keys.remember('acceptance', sourceId, answerId)
    const acceptedBy = accepted.byAuthorId ? (keys.rowOf('author', accepted.byAuthorId) ?? null) : null
    return [{ threadId: keys.rowOf('thread', sourceId)!, answerId, acceptedBy, acceptedAt: accepted.at }]
  })
  if (rows.length === 0) return 0
  const written = await tx.insert(answerAcceptances).values(rows).onConflictDoNothing().returning({ threadId: answerAcceptances.threadId })
  await tx
    .update(threads)
    .set({ acceptedPostId: sql`(select a.answer_id from answer_acceptances a where a.thread_id = ${threads.id})` })
    .where(
      inArray(
        threads.id,
        written.map(({ threadId }) => threadId),
      ),
    )
  return written.length
}

function authorRow(keys: ImportKeys, { authorId }: ImportedPost) {
  const handleId = keys.rowOf('author', authorId)
  if (!handleId) throw new Error(`The author ${authorId} was not written before the posts`)
  return handleId
}
