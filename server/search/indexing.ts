import { asc, eq, gt, and, inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { creditedPosts, posts, searchDocuments, threads } from '~/db/schema'
import type { Happened } from '~/server/events'
import { countWords, learnWords } from './vocabulary'

/** tsvector holds one megabyte at most; this much text stays below it in any script. */
const INDEXED_CHARACTERS = 60_000
const BATCH = 200

/** What is found: the thread as it stands now, whatever happened and however often. */
export async function indexThread(event: Happened): Promise<void> {
  const { threadId } = event.payload as { threadId?: string | null }
  if (threadId) await indexThreads([threadId])
}

/** What somebody wrote elsewhere is theirs now, or no longer: whose it is, is searched by. */
export async function indexCredited(event: Happened): Promise<void> {
  const { requestId } = event.payload as { requestId: string }
  const opened = await db
    .select({ id: posts.threadId })
    .from(creditedPosts)
    .innerJoin(posts, and(eq(posts.id, creditedPosts.postId), eq(posts.kind, 'opening')))
    .where(eq(creditedPosts.requestId, requestId))
  for (let at = 0; at < opened.length; at += BATCH) await indexThreads(opened.slice(at, at + BATCH).map(({ id }) => id))
}

/** Where somebody who was erased is named no longer, or wrote; the words that stood only there are forgotten. */
export async function indexErased(event: Happened): Promise<void> {
  const { threadIds, communityIds } = event.payload as { threadIds: string[]; communityIds: string[] }
  for (let at = 0; at < threadIds.length; at += BATCH) await indexThreads(threadIds.slice(at, at + BATCH))
  for (const communityId of communityIds) await countWords(communityId)
}

/** A whole community at once, for importers, whose rows come in without events of their own. */
export async function indexImported(communityId: string): Promise<number> {
  let last: string | null = null
  let indexed = 0
  for (;;) {
    const batch: { id: string }[] = await db
      .select({ id: threads.id })
      .from(threads)
      .where(and(eq(threads.communityId, communityId), last ? gt(threads.id, last) : undefined))
      .orderBy(asc(threads.id))
      .limit(BATCH)
    last = batch.at(-1)?.id ?? null
    if (last === null) break
    await indexThreads(batch.map(({ id }) => id))
    indexed += batch.length
  }
  await countWords(communityId)
  return indexed
}

/** Threads as they stand now. */
export async function indexThreads(ids: string[]): Promise<void> {
  const wanted = sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  await db.execute(sql`
    insert into search_documents (thread_id, community_id, solved, lexemes, created_at)
    select t.id, t.community_id, t.accepted_post_id is not null,
      setweight(titled.lexemes, 'A') || setweight(search_lexemes(array_to_string(tagged.names, ' ')), 'B')
        || setweight(search_lexemes(left(o.markdown || coalesce(' ' || asked.text, ''), ${INDEXED_CHARACTERS / 2})), 'C') || setweight(search_lexemes(left(coalesce(said.text, ''), ${INDEXED_CHARACTERS})), 'D')
        || array_to_tsvector(array(select '^' || word from unnest(tsvector_to_array(titled.lexemes)) word) || array(select '=tag:' || name from unnest(tagged.names) name)
          || array_remove(array['=title:' || md5(search_text(t.title)), '=in:' || t.community_id, '=by:' || t.handle_id, '=kind:' || t.kind, '=product:' || t.product_id,
            case when t.accepted_post_id is not null then '=solved' end, to_char(t.created_at at time zone 'UTC', '"=month:"YYYY-MM'), to_char(t.created_at at time zone 'UTC', '"=year:"YYYY')], null)),
      t.created_at
    from threads t
      join posts o on o.thread_id = t.id and o.kind = 'opening' and not o.imported_as_spam
      cross join lateral (select search_lexemes(t.title) as lexemes offset 0) titled
      cross join lateral (select coalesce(array_agg(g.name order by g.name), '{}') as names from thread_tags x join tags g on g.id = x.tag_id where x.thread_id = t.id) tagged
      cross join lateral (select string_agg(d ->> 'value', ' ') as text from jsonb_array_elements(o.details) d) asked
      cross join lateral (select string_agg(left(a.markdown, 8000), ' ') as text from (select markdown from posts
        where thread_id = t.id and kind = 'answer' and hidden_by_decision_id is null and not imported_as_spam order by score desc, created_at, id limit 100) a) said
    where t.id in (${wanted}) and t.hidden_by_decision_id is null and o.hidden_by_decision_id is null
    on conflict (thread_id) do update set solved = excluded.solved, lexemes = excluded.lexemes`)
  await db.delete(searchDocuments).where(
    and(
      inArray(searchDocuments.threadId, ids),
      sql`not exists (select 1 from threads t join posts o on o.thread_id = t.id and o.kind = 'opening'
        where t.id = ${searchDocuments.threadId} and t.hidden_by_decision_id is null and o.hidden_by_decision_id is null and not o.imported_as_spam)`,
    ),
  )
  await learnWords(ids)
}
