import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { recountScores } from './scores'

/**
 * Puts everything of a thread, and of what was merged into it, where it stands: the posts, and one follow and one vote a person. What
 * the merge brought is made anew each time from what people did themselves, so that taking a merge back leaves their own and nothing else.
 */
export async function settleGroup(tx: Tx, rootId: string): Promise<void> {
  const members = await tx.execute<{ id: string }>(sql`
    with recursive group_of as (select ${rootId}::uuid as id union select t.id from threads t join group_of g on t.merged_into_id = g.id)
    select id from group_of order by id`)
  const all = sql.join(
    members.map(({ id }) => sql`${id}::uuid`),
    sql`, `,
  )
  await tx.execute(sql`update threads set stands_in_id = nullif(${rootId}::uuid, id) where id in (${all})`)
  await placePosts(tx, rootId, all)
  await oneFollowEach(tx, rootId, all)
  await oneVoteEach(tx, rootId, all)
  await recount(tx, all)
}

// A question is hidden by its thread; where it stands in another, it is so by its post as well.
async function placePosts(tx: Tx, rootId: string, all: SQL) {
  const home = sql`coalesce(home_thread_id, thread_id)`
  await tx.execute(sql`
    update posts set thread_id = ${rootId}::uuid, home_thread_id = nullif(${home}, ${rootId}::uuid),
      kind = case when kind not in ('opening', 'asked') then kind when ${home} = ${rootId}::uuid then 'opening' else 'asked' end,
      hidden_by_decision_id = case when kind not in ('opening', 'asked') then hidden_by_decision_id
        when ${home} <> ${rootId}::uuid then (select t.hidden_by_decision_id from threads t where t.id = ${home}) end
    where (thread_id in (${all}) or home_thread_id in (${all})) and ${home} in (${all})
      and (thread_id <> ${rootId}::uuid or home_thread_id = ${rootId}::uuid)`)
}

async function oneFollowEach(tx: Tx, rootId: string, all: SQL) {
  await tx.execute(sql`delete from thread_follows where thread_id in (${all}) and by_merge`)
  await tx.execute(sql`
    insert into thread_follows (thread_id, handle_id, by_merge, created_at)
    select distinct on (coalesce(h.person_id, h.id)) ${rootId}::uuid, f.handle_id, true, f.created_at
    from thread_follows f join handles h on h.id = f.handle_id
    where f.thread_id in (${all}) and f.thread_id <> ${rootId}::uuid and not exists (select 1 from thread_follows own join handles o on o.id = own.handle_id
      where own.thread_id = ${rootId}::uuid and coalesce(o.person_id, o.id) = coalesce(h.person_id, h.id))
    order by coalesce(h.person_id, h.id), f.created_at, f.handle_id`)
}

// Nobody votes for their own question, by way of another's either.
async function oneVoteEach(tx: Tx, rootId: string, all: SQL) {
  const openings = sql`select id from posts where thread_id in (${all}) and kind in ('opening', 'asked')`
  await tx.execute(sql`delete from votes where by_merge and post_id in (${openings})`)
  await tx.execute(sql`
    insert into votes (post_id, handle_id, value, by_merge, counts, created_at)
    select distinct on (coalesce(h.person_id, h.id)) q.id, v.handle_id, v.value, true, v.counts, v.created_at
    from posts q join posts a on a.thread_id = q.thread_id and a.kind = 'asked' join votes v on v.post_id = a.id join handles h on h.id = v.handle_id
      join handles asker on asker.id = q.handle_id
    where q.thread_id = ${rootId}::uuid and q.kind = 'opening' and coalesce(h.person_id, h.id) <> coalesce(asker.person_id, asker.id)
      and not exists (select 1 from votes own join handles o on o.id = own.handle_id
        where own.post_id = q.id and coalesce(o.person_id, o.id) = coalesce(h.person_id, h.id))
    order by coalesce(h.person_id, h.id), v.created_at desc, v.handle_id`)
  await recountScores(tx, openings)
}

async function recount(tx: Tx, all: SQL) {
  await tx.execute(sql`
    update threads t set
      answer_count = (select count(*) from posts p where p.thread_id = t.id and p.kind = 'answer' and p.hidden_by_decision_id is null and not p.imported_as_spam),
      follower_count = (select count(*) from thread_follows f where f.thread_id = t.id),
      score = coalesce((select p.score from posts p where p.thread_id = t.id and p.kind = 'opening'), t.score),
      accepted_post_id = (select p.id from answer_acceptances a join posts p on p.id = a.answer_id where a.thread_id = t.id and p.thread_id = t.id and p.hidden_by_decision_id is null)
    where t.id in (${all})`)
}
