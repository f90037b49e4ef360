import { and, desc, eq, isNull, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { create } from 'xmlbuilder2'
import { db } from '~/db/client'
import { communities, posts, threads } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { communityBySlug } from '~/server/communities'
import { NotFound } from '~/server/errors'
import { plainly } from '~/server/platform/manner'
import { mustBeFound } from '~/server/policy'
import { visibleTo } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { say } from '~/words'
import { absolute } from './address'

const ENTRIES = 30

type Entry = { id: string; title: string; path: string; author: string; html: string; at: Date; changedAt: Date }
type Feed = { path: string; page: string; title: string; entries: Entry[] }
type Paths = {
  thread: (slug: string, number: number, title?: string) => string
  post: (slug: string, number: number, postId: string) => string
}

/** Atom (RFC 4287) of the newest threads anywhere that a visitor may read. */
export async function portalFeed(paths: Paths): Promise<string> {
  return atom({
    path: '/feed.atom',
    page: '/',
    title: plainly(() => say('publishing.feed.portal')),
    entries: await newestThreads(undefined, paths),
  })
}

/** The newest threads of a community. A room that visitors do not know of has no feed. */
export async function communityFeed(slug: string, paths: Paths): Promise<string> {
  const room = await communityBySlug(visitor, slug)
  mustBeFound(visitor, 'community.read', room)
  const entries = await newestThreads(eq(threads.communityId, room.communityId), paths)
  return atom({ path: `/c/${slug}/feed.atom`, page: `/c/${slug}`, title: room.name, entries })
}

/** A thread with its newest answers. */
export async function threadFeed(slug: string, number: string, paths: Paths): Promise<string> {
  if (!/^[1-9]\d{0,14}$/.test(number)) throw new NotFound()
  const [thread] = await db
    .select({ threadId: threads.id, title: threads.title, slug: communities.slug, communityId: threads.communityId })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(eq(threads.number, Number(number)), visibleTo(visitor)))
  if (thread?.slug !== slug) throw new NotFound()
  const rows = await db
    .select({ id: posts.id, handleId: posts.handleId, html: posts.html, at: posts.createdAt, editedAt: posts.editedAt })
    .from(posts)
    .where(
      and(eq(posts.threadId, thread.threadId), eq(posts.kind, 'answer'), isNull(posts.hiddenByDecisionId), eq(posts.importedAsSpam, false)),
    )
    .orderBy(desc(posts.createdAt), desc(posts.id))
    .limit(ENTRIES)
  const names = await handlesShown(
    rows.map((row) => row.handleId),
    { communityId: thread.communityId },
  )
  const entries = rows.map(({ id, handleId, html, at, editedAt }) => {
    const author = names.get(handleId)?.displayName ?? ''
    return {
      id,
      author,
      html,
      at,
      changedAt: editedAt ?? at,
      title: plainly(() => say('publishing.feed.answer', { name: author })),
      path: paths.post(slug, Number(number), id),
    }
  })
  return atom({
    path: `/c/${slug}/${number}/feed.atom`,
    page: paths.thread(slug, Number(number), thread.title),
    title: thread.title,
    entries,
  })
}

async function newestThreads(which: SQL | undefined, paths: Paths): Promise<Entry[]> {
  const opening = alias(posts, 'opening')
  const rows = await db
    .select({
      id: threads.id,
      slug: communities.slug,
      number: threads.number,
      title: threads.title,
      handleId: threads.handleId,
      at: threads.createdAt,
      html: opening.html,
      editedAt: opening.editedAt,
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .innerJoin(opening, and(eq(opening.threadId, threads.id), eq(opening.kind, 'opening'), isNull(opening.hiddenByDecisionId)))
    .where(and(which, visibleTo(visitor)))
    .orderBy(desc(threads.createdAt), desc(threads.id))
    .limit(ENTRIES)
  const names = await handlesShown(rows.map((row) => row.handleId))
  return rows.map(({ id, slug, number, title, handleId, at, html, editedAt }) => ({
    ...{ id, title, html, at, changedAt: editedAt ?? at },
    author: names.get(handleId)?.displayName ?? '',
    path: paths.thread(slug, number, title),
  }))
}

function atom({ path, page, title, entries }: Feed): string {
  const feed = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' }).ele('http://www.w3.org/2005/Atom', 'feed', {
    'xml:base': absolute('/'),
  })
  const changed = entries.reduce((latest, { changedAt }) => (changedAt > latest ? changedAt : latest), new Date(0))
  feed.ele('id').txt(absolute(page))
  feed.ele('title').txt(title)
  feed.ele('updated').txt(changed.toISOString())
  feed.ele('link', { rel: 'self', type: 'application/atom+xml', href: absolute(path) })
  feed.ele('link', { rel: 'alternate', type: 'text/html', href: absolute(page) })
  for (const one of entries) {
    const entry = feed.ele('entry')
    entry.ele('id').txt(`urn:uuid:${one.id}`)
    entry.ele('title').txt(one.title)
    entry.ele('link', { rel: 'alternate', type: 'text/html', href: absolute(one.path) })
    entry.ele('published').txt(one.at.toISOString())
    entry.ele('updated').txt(one.changedAt.toISOString())
    entry.ele('author').ele('name').txt(one.author)
    entry.ele('content', { type: 'html' }).txt(one.html)
  }
  return feed.end()
}
