import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'

/** The scores of these posts, and of the threads that they open, as their votes stand. */
export async function recountScores(tx: Tx, postIds: SQL): Promise<void> {
  await tx.execute(sql`
    update posts p set score = p.imported_up - p.imported_down + (select coalesce(sum(v.value), 0) from votes v where v.post_id = p.id and v.counts)
    where p.id in (${postIds})`)
  await tx.execute(
    sql`update threads t set score = p.score from posts p where p.thread_id = t.id and p.kind = 'opening' and p.id in (${postIds}) and t.score <> p.score`,
  )
}

/** Votes of these pairs of handles count, or do not, as their being taken out stands now; without pairs, all votes. Says how many changed. */
export async function recountVotes(tx: Tx, pair?: { from: string; to: string }): Promise<number> {
  const between = pair ? sql`v.handle_id = ${pair.from}::uuid and p.handle_id = ${pair.to}::uuid` : sql`true`
  const out = sql`exists (select 1 from vote_voids o where o.from_handle_id = v.handle_id and o.to_handle_id = p.handle_id and o.lifted_at is null)`
  const wrong = pair
    ? sql`v.counts = ${out}`
    : sql`((not v.counts and not ${out}) or (v.counts and (v.handle_id, p.handle_id) in (select o.from_handle_id, o.to_handle_id from vote_voids o where o.lifted_at is null)))`
  const found = await tx.execute<{ id: string }>(
    sql`select distinct p.id from votes v join posts p on p.id = v.post_id where ${between} and not v.by_merge and ${wrong}`,
  )
  if (found.length === 0) return 0
  const ids = sql.join(
    found.map(({ id }) => sql`${id}::uuid`),
    sql`, `,
  )
  // In one order, and before their posts, as whoever writes into them does.
  await tx.execute(
    sql`select t.id from threads t where t.id in (select thread_id from posts where id in (${ids})) order by t.id for no key update`,
  )
  await tx.execute(
    sql`update votes v set counts = not ${out} from posts p where p.id = v.post_id and p.id in (${ids}) and ${between} and not v.by_merge and ${wrong}`,
  )
  await recountScores(tx, ids)
  return found.length
}
