import { sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { isId, newTimelessId } from '~/db/ids'
import { makeUnnamed } from '~/server/accounts'
import type { Viewer } from '~/server/viewer'
import { writer } from './facts'

/** What somebody looks at or writes to, by what its address says. */
export type Place = { number?: string; postId?: string; threadId?: string; suggestionId?: string; decisionId?: string }

/**
 * Who asked without showing a name stays without one wherever that question is: there they are the asker, under its own handle, in all that
 * they read and write. Everywhere else nothing ties the two.
 */
export async function asAskedHere<V extends Viewer>(viewer: V, { number, postId, threadId, suggestionId, decisionId }: Place): Promise<V> {
  if (viewer.kind !== 'person' || viewer.unnamedAs.length === 0) return viewer
  const own = sql`${`{${viewer.unnamedAs.join(',')}}`}::uuid[]`
  const posted = (id: string) =>
    sql`select unnest(array[t.handle_id, p.handle_id]) as handle_id from posts p join threads t on t.id = p.thread_id where p.id = ${id}::uuid`
  const place = number
    ? /^[1-9]\d{0,14}$/.test(number) && sql`select handle_id from threads where number = ${Number(number)}`
    : postId
      ? isId(postId) && posted(postId)
      : threadId
        ? isId(threadId) && sql`select handle_id from threads where id = ${threadId}::uuid`
        : suggestionId
          ? isId(suggestionId) &&
            sql`select p.handle_id from suggested_edits e join posts p on p.id = e.post_id where e.id = ${suggestionId}::uuid`
          : isId(decisionId ?? '') && sql`select target_handle_id as handle_id from decisions where id = ${decisionId}::uuid`
  if (!place) return viewer
  const [found] = await db.execute<{ handle_id: string }>(sql`select handle_id from (${place}) place where handle_id = any(${own}) limit 1`)
  return found ? { ...viewer, handleId: found.handle_id } : viewer
}

/** A handle for one question, from whose id nothing can be told. */
export function unnamedFor(viewer: Viewer) {
  const asker = { ...writer(viewer), handleId: newTimelessId() }
  return { viewer: asker, make: (tx: Tx) => makeUnnamed(tx, asker) }
}
