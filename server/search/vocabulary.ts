import { sql } from 'drizzle-orm'
import { db } from '~/db/client'

// Words of titles, tags and questions: answers bring few that nobody asks with.
const WORDS = sql.raw(`unnest(ts_filter(d.lexemes, '{a,b,c}')) w`)
const LONGEST = 40

/** Words that a room meets for the first time. They count as rare until they are counted; no row is written twice, so nobody waits. */
export async function learnWords(threadIds: string[]): Promise<void> {
  const wanted = sql.join(
    threadIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  await db.execute(sql`
    insert into search_words (word, community_id, threads, titles)
    select w.lexeme, d.community_id, 1, max(case when 'A' = any(w.weights) then 1 else 0 end) from search_documents d, ${WORDS}
    where d.thread_id in (${wanted}) and length(w.lexeme) <= ${LONGEST}
      and not exists (select 1 from search_words k where k.word = w.lexeme and k.community_id = d.community_id)
    group by 1, 2 order by 1, 2
    on conflict do nothing`)
}

/** How many threads of a room hold each word; words that are gone are forgotten. */
export async function countWords(communityId: string): Promise<void> {
  await db.execute(sql`
    with counted as materialized (
      select w.lexeme as word, count(*)::int as threads, (count(*) filter (where 'A' = any(w.weights)))::int as titles
      from search_documents d, ${WORDS} where d.community_id = ${communityId}::uuid and length(w.lexeme) <= ${LONGEST} group by 1),
    forgotten as (delete from search_words k where k.community_id = ${communityId}::uuid and not exists (select 1 from counted c where c.word = k.word))
    insert into search_words as k (word, community_id, threads, titles)
    select word, ${communityId}::uuid, threads, titles from counted order by 1
    on conflict (word, community_id) do update set threads = excluded.threads, titles = excluded.titles
      where (k.threads, k.titles) is distinct from (excluded.threads, excluded.titles)`)
}

/** Every room's words, at night. */
export async function countAllWords(): Promise<void> {
  const rooms = await db.execute<{ id: string }>(sql`select id from communities where thread_count > 0 order by id`)
  for (const { id } of rooms) await countWords(id)
}
