import { sql } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client'
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
  authorName: string
  createdAt: Date
  up: number
  down: number
  spam: boolean
  meta: Record<string, unknown>
  mailAddressesReplaced: number
}

/** The threads of an import as they stand in the database, by the numbers they came with. */
export async function storedThreads(reader: Reader, { communityId, source }: Place): Promise<StoredThread[]> {
  const rows = await reader.execute<Record<keyof StoredThread, never>>(sql`
    with keys as materialized (select kind, source_id, row_id from import_keys where community_id = ${communityId} and source = ${source})
    select k.source_id as "sourceId", t.title, author.source_id as author, t.created_at as "createdAt", t.imported_locked as locked,
      opening.imported_up as up, opening.imported_down as down, answer.source_id as "acceptedAnswer", acceptor.source_id as "acceptedBy",
      coalesce(tagged.names, '[]') as tags, coalesce(t.source_meta, '{}') as meta
    from keys k
    join threads t on k.kind = 'thread' and t.id = k.row_id
    join keys author on author.kind = 'author' and author.row_id = t.handle_id
    join posts opening on opening.thread_id = t.id and opening.kind = 'opening'
    left join answer_acceptances a on a.thread_id = t.id
    left join keys answer on answer.kind = 'answer' and answer.row_id = a.answer_id
    left join keys acceptor on acceptor.kind = 'author' and acceptor.row_id = a.accepted_by
    left join lateral (
      select jsonb_agg(g.name order by g.name) as names from thread_tags tt join tags g on g.id = tt.tag_id where tt.thread_id = t.id
    ) tagged on true
    order by t.created_at`)
  return [...rows].map((row) => ({ ...(row as unknown as StoredThread), createdAt: new Date(row.createdAt) }))
}

export async function storedPosts(reader: Reader, { communityId, source }: Place): Promise<StoredPost[]> {
  const rows = await reader.execute<Record<keyof StoredPost, never>>(sql`
    with keys as materialized (select kind, source_id, row_id from import_keys where community_id = ${communityId} and source = ${source})
    select p.kind, k.source_id as "sourceId", thread.source_id as "threadId", author.source_id as author, h.display_name as "authorName",
      p.created_at as "createdAt", p.imported_up as up, p.imported_down as down, p.imported_as_spam as spam,
      coalesce(p.source_meta, '{}') as meta,
      (select count(*)::int from regexp_matches(p.markdown, 'user-[0-9a-f]{10}@mail\\.example', 'g')) as "mailAddressesReplaced"
    from keys k
    join posts p on k.kind = p.kind and p.id = k.row_id
    join handles h on h.id = p.handle_id
    join keys thread on thread.kind = 'thread' and thread.row_id = p.thread_id
    join keys author on author.kind = 'author' and author.row_id = p.handle_id
    order by p.created_at, p.id`)
  return [...rows].map((row) => ({ ...(row as unknown as StoredPost), createdAt: new Date(row.createdAt) }))
}

export async function storedAuthors(reader: Reader, { communityId, source }: Place): Promise<{ sourceId: string; name: string }[]> {
  const rows = await reader.execute<{ sourceId: string; name: string }>(sql`
    select k.source_id as "sourceId", h.display_name as name
    from import_keys k join handles h on h.id = k.row_id
    where k.community_id = ${communityId} and k.source = ${source} and k.kind = 'author'`)
  return [...rows]
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
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
