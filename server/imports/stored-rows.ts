import { and, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client'
import { answerAcceptances, handles, importKeys, posts, tags, threads, threadTags } from '~/db/schema'
import type { Place } from './import-keys'

export type Reader = Db | Tx

export interface StoredThread {
  sourceId: string
  title: string
  author: string
  createdAt: Date
  locked: boolean
  up: number
  down: number
  acceptedAnswer: string | null
  acceptedBy: string | null
  tags: string[]
  meta: Record<string, unknown>
}

export interface StoredPost {
  kind: 'opening' | 'answer' | 'comment'
  sourceId: string
  threadId: string
  author: string
  createdAt: Date
  up: number
  down: number
  spam: boolean
  meta: Record<string, unknown>
  mailAddressesReplaced: number
}

/** The threads of an import as they stand in the database, by the numbers they came with. */
export async function storedThreads(reader: Reader, place: Place): Promise<StoredThread[]> {
  const keys = await keysByRow(reader, place)
  const rows = await reader
    .select({
      id: threads.id,
      title: threads.title,
      handleId: threads.handleId,
      createdAt: threads.createdAt,
      locked: threads.importedLocked,
      up: posts.importedUp,
      down: posts.importedDown,
      answerId: answerAcceptances.answerId,
      acceptedBy: answerAcceptances.acceptedBy,
      meta: threads.sourceMeta,
    })
    .from(threads)
    .innerJoin(posts, and(eq(posts.threadId, threads.id), eq(posts.kind, 'opening')))
    .leftJoin(answerAcceptances, eq(answerAcceptances.threadId, threads.id))
    .where(eq(threads.communityId, place.communityId))
    .orderBy(threads.createdAt)
  const tagged = await reader
    .select({ threadId: threadTags.threadId, name: tags.name })
    .from(tags)
    .innerJoin(threadTags, eq(threadTags.tagId, tags.id))
    .where(eq(tags.communityId, place.communityId))
  const tagsOf = grouped(tagged, ({ threadId }) => threadId)
  return rows.flatMap(({ id, handleId, answerId, acceptedBy, meta, ...row }) => {
    const sourceId = keys.get(`thread ${id}`)
    if (!sourceId) return []
    return {
      ...row,
      sourceId,
      author: keys.get(`author ${handleId}`) ?? '',
      acceptedAnswer: keys.get(`answer ${answerId}`) ?? null,
      acceptedBy: keys.get(`author ${acceptedBy}`) ?? null,
      tags: (tagsOf.get(id) ?? []).map(({ name }) => name),
      meta: meta ?? {},
    }
  })
}

export async function storedPosts(reader: Reader, place: Place): Promise<StoredPost[]> {
  const keys = await keysByRow(reader, place)
  const rows = await reader
    .select({
      id: posts.id,
      kind: sql<StoredPost['kind']>`case ${posts.kind} when 'asked' then 'opening' else ${posts.kind} end`,
      threadId: sql<string>`coalesce(${posts.homeThreadId}, ${posts.threadId})`,
      handleId: posts.handleId,
      createdAt: posts.createdAt,
      up: posts.importedUp,
      down: posts.importedDown,
      spam: posts.importedAsSpam,
      meta: posts.sourceMeta,
      mailAddressesReplaced: sql<number>`(select count(*)::int from regexp_matches(${posts.markdown}, 'user-[0-9a-f]{10}@mail\\.example', 'g'))`,
    })
    .from(threads)
    .innerJoin(posts, eq(posts.threadId, threads.id))
    .where(eq(threads.communityId, place.communityId))
    .orderBy(posts.createdAt, posts.id)
  return rows.flatMap(({ id, handleId, threadId, meta, ...row }) => {
    const sourceId = keys.get(`${row.kind} ${id}`)
    if (!sourceId) return []
    return {
      ...row,
      sourceId,
      threadId: keys.get(`thread ${threadId}`) ?? '',
      author: keys.get(`author ${handleId}`) ?? '',
      meta: meta ?? {},
    }
  })
}

export async function storedAuthors(reader: Reader, { communityId, source }: Place): Promise<{ sourceId: string; name: string }[]> {
  return reader
    .select({ sourceId: importKeys.sourceId, name: handles.displayName })
    .from(importKeys)
    .innerJoin(handles, eq(handles.id, importKeys.rowId))
    .where(and(eq(importKeys.communityId, communityId), eq(importKeys.source, source), eq(importKeys.kind, 'author')))
}

async function keysByRow(reader: Reader, { communityId, source }: Place) {
  const rows = await reader
    .select({ kind: importKeys.kind, sourceId: importKeys.sourceId, rowId: importKeys.rowId })
    .from(importKeys)
    .where(and(eq(importKeys.communityId, communityId), eq(importKeys.source, source)))
  return new Map(rows.map(({ kind, sourceId, rowId }) => [`${kind} ${rowId}`, sourceId]))
}

/** How often each value comes, most often first, then by name. */
export function ranked(values: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
}

export function sumOf<Item>(items: readonly Item[], numberOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + numberOf(item), 0)
}

export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
