import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import type { DraftKind } from '~/server/drafts/types'
import { NotFound } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { isPlainText } from '~/server/platform/text'
import type { Viewer } from '~/server/viewer'
import { placesOfWriting } from './writing-places'

export type Mentionable = { handle: string; name: string }

const SHOWN = 6
/** Newest posts of a thread whose writers are offered first. */
const POSTS_LOOKED_AT = 60
/** Of a name that begins as many do, so many are met and the best of them shown. */
const MET = 400

/**
 * Whom somebody may mean who types `@` and perhaps a few letters: first those who wrote in the thread, the latest first; then, from two
 * letters on, people whose handle or a word of whose name begins so, members of the room before others. Of a private room only its own,
 * and of the operators, who may read it too, those alone who wrote in the thread. Nobody whom the viewer has blocked.
 */
export async function mentionable(viewer: Viewer, kind: DraftKind, subjectId: string, typed: string): Promise<Mentionable[]> {
  if (viewer.kind !== 'person' || !isId(subjectId)) throw new NotFound()
  await countAgainst('suggest-names', viewer.personId)
  const place = (await placesOfWriting(viewer, [{ kind, subjectId }])).get(subjectId)
  if (!place) throw new NotFound()
  const begun = typed.trim().slice(0, 60)
  if (!isPlainText(begun)) return []
  const { communityId, number } = place
  return transaction(viewer, (tx) =>
    tx.execute<Mentionable>(sql`
      with typed as (select coalesce(array_agg(left(w, 24)), '{}') as keys, search_text(${begun}) as words
          from string_to_array(search_text(${begun}), ' ') t(ws), unnest(ws) w where length(w) > 1),
      wrote as materialized (select handle_id, max(created_at) as at from (
          select p.handle_id, p.created_at from posts p join threads t on t.id = p.thread_id
          where t.number = ${number}::int and p.hidden_by_decision_id is null order by p.created_at desc limit ${POSTS_LOOKED_AT}) p group by handle_id),
      belongs as (select m.person_id from memberships m where m.community_id = ${communityId}
        union all select o.person_id from community_moderators o where o.community_id = ${communityId} and o.ended_at is null),
      begins as (select h.id, h.person_id from handles h, typed where cardinality(typed.keys) > 0 and h.handle is not null
        and search_name_keys(h.display_name || ' ' || coalesce(h.handle, '')) @> typed.keys),
      named as materialized (
        (select b.id from begins b where b.person_id in (select person_id from belongs) limit ${MET})
        union (select b.id from begins b where exists (select 1 from communities c where c.id = ${communityId} and c.access = 'open') limit ${MET}))
      select h.handle, h.display_name as name from handles h
        join people p on p.id = h.person_id and p.status = 'member' join communities c on c.id = ${communityId}
        cross join typed left join wrote on wrote.handle_id = h.id
        left join memberships m on m.community_id = c.id and m.person_id = p.id
      where h.id in (select handle_id from wrote union all select id from named)
        and h.kind = 'member' and h.id <> ${viewer.handleId}
        and (' ' || search_text(h.display_name || ' ' || h.handle)) like '% ' || typed.words || '%'
        and (c.access = 'open' or p.id in (select person_id from belongs) or (p.is_operator and wrote.handle_id is not null))
        and not exists (select 1 from blocks b where b.person_id = ${viewer.personId} and b.blocked_handle_id = h.id)
      order by wrote.at desc nulls last, m.person_id is null, length(h.handle), h.handle limit ${SHOWN}`),
  )
}
