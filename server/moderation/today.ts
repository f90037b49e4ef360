import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import type { SubjectKind } from './types'

export type Named = { kind: SubjectKind | 'person'; id: string }

/**
 * What an id is today. The post that opens a thread is the thread; a thread that was merged into another is its post there. What was flagged and
 * decided under the one name is found under the other.
 */
export async function asToday(tx: Tx, kind: string, id: string): Promise<Today> {
  const [today] = await tx.execute<Today>(sql`
    select today.kind, today.id, exists (select 1 from posts p where today.kind = 'post' and p.id = today.id and p.hidden_by_decision_id is not null) as hidden,
      exists (select 1 from decisions d where d.decided_by is null and not d.detected_automatically and d.id = case today.kind
        when 'post' then (select p.hidden_by_decision_id from posts p where p.id = today.id) else (select t.hidden_by_decision_id from threads t where t.id = today.id) end) as "hiddenByCheck",
      exists (select 1 from held_posts h where h.state = 'waiting' and h.post_id = case today.kind
        when 'post' then today.id else (select p.id from posts p where p.thread_id = today.id and p.kind = 'opening') end) as held
    from subject_today(${kind}, ${id}::uuid) today`)
  return today ?? { kind, id, hidden: false, hiddenByCheck: false, held: false }
}
/** `hidden`: a post by a decision about itself, however its thread is. `hiddenByCheck`: of what people flagged, by no person yet. `held`: by a check when it was written, likewise. */
type Today = { kind: string; id: string; hidden: boolean; hiddenByCheck: boolean; held: boolean }

/** `x` is the table whose `subject_kind` and `subject_id` are of this thing, by whichever of its names. */
export const isAbout = (x: string, { kind, id }: Named): SQL =>
  sql`(${sql.raw(x)}.subject_kind, ${sql.raw(x)}.subject_id) in (select kind, id from names_of_subject(${kind}, ${id}::uuid))`

/** Before the first of several is decided: first all threads, then all recommendations, then what counts them, each in the order that everybody keeps. */
export async function holdTogether(tx: Tx, ids: string[]): Promise<void> {
  const all = sql`${`{${ids.join(',')}}`}::uuid[]`
  const threads = sql`select unnest(${all}) union select unnest(array[p.thread_id, p.home_thread_id]) from posts p where p.id = any(${all}) or p.home_thread_id = any(${all})
    union select t.stands_in_id from threads t where t.id = any(${all})`
  const held = await tx.execute<{ id: string }>(sql`select id from threads where id in (${threads}) order by id for no key update`)
  await tx.execute(sql`select 1 from recommendations where id = any(${all}) order by id for no key update`)
  const counted = sql`${`{${held.map((thread) => thread.id).join(',')}}`}::uuid[]`
  await tx.execute(sql`
    select 1 from tags where id in (select tag_id from thread_tags where thread_id = any(${counted})) order by name for no key update`)
  await tx.execute(sql`
    select 1 from communities where id in (select community_id from threads where id = any(${counted})) order by id for no key update`)
}
