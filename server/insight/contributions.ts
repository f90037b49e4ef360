import { sql, type SQL } from 'drizzle-orm'
import { among } from '~/server/identity'

type Wanted = { communityId: string; since: string; until: string; handleIds?: string[] }

/**
 * What members did in a community, as rows of (handle_id, at, act): posts that stand, and answers of theirs that the asker accepted. What was brought
 * in from elsewhere is no act here, and what somebody did while they served the vendor that the community concerns counts nowhere.
 * Of some people it is found by their posts, of everybody by the threads of the community.
 */
export function contributions({ communityId, since, until, handleIds }: Wanted): SQL {
  const community = sql`${communityId}::uuid`
  const within = (at: SQL) => sql`${at} > ${since}::timestamptz and ${at} <= ${until}::timestamptz`
  const whose = handleIds ? sql`and p.handle_id in ${among(handleIds)}` : sql``
  const stands = sql`t.community_id = ${community} and p.hidden_by_decision_id is null and p.source is null ${whose}`
  return sql`(select did.handle_id, did.at, did.act from (
      select p.handle_id, p.created_at as at, case p.kind when 'comment' then 'commented' when 'answer' then case t.kind when 'question' then 'answered' else 'replied' end
          else case t.kind when 'idea' then 'proposed' else 'asked' end end as act
        from posts p join threads t on t.id = p.thread_id where ${stands} and ${within(sql`p.created_at`)}
      union all select p.handle_id, a.accepted_at, 'accepted'
        from posts p join threads t on t.id = p.thread_id join answer_acceptances a on a.thread_id = t.id and a.answer_id = p.id
        where ${stands} and p.kind = 'answer' and a.accepted_as = 'asker' and a.accepted_by <> p.handle_id and ${within(sql`a.accepted_at`)}) did
    join handles h on h.id = did.handle_id and h.kind = 'member'
    where not exists (select 1 from vendor_staff s join communities c on c.id = ${community} left join products d on d.id = c.product_id
      where s.person_id = h.person_id and s.vendor_id = coalesce(c.host_vendor_id, d.vendor_id)
        and (s.started_at <= did.at or s.ended_at is null) and (s.ended_at is null or s.ended_at > did.at)))`
}
