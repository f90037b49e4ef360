import { sql, type SQL } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { publicOrigins } from '~/server/platform/env'
import type { PersonViewer } from '~/server/viewer'

const A_PAGE = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/** A part of what is somebody's: rows after a key, in the order of it, as what they are written as. */
export type Part = (about: { me: SQL; mine: SQL; origin: string; after: SQL; most: SQL }) => SQL

/** Page after page, each in a transaction of its owner: row-level security shows what is theirs, and no long snapshot holds up the portal. */
export async function* inPages(viewer: PersonViewer, part: Part): AsyncGenerator<unknown> {
  const me = sql`${viewer.personId}::uuid`
  const mine = sql`(select id from handles where person_id = ${viewer.personId}::uuid)`
  const origin = publicOrigins()[0] ?? ''
  for (let after = FIRST; ;) {
    const rows = await transaction(viewer, (tx) =>
      tx.execute<{ key: string; row: unknown }>(part({ me, mine, origin, after: sql`${after}::uuid`, most: sql.raw(String(A_PAGE)) })),
    )
    for (const { row } of rows) yield row
    if (rows.length < A_PAGE) return
    after = rows.at(-1)?.key as string
  }
}

/** People are named by their handle, as everybody reads it; of a room that one was put out of, what others called their thread stays there. */
export const posts: Part = ({ mine, origin, after, most }) => sql`
  select p.id as key, jsonb_strip_nulls(jsonb_build_object(
    '@type', case when p.kind = 'answer' then 'Answer' when p.kind = 'comment' then 'Comment' when t.kind = 'question' then 'Question' else 'DiscussionForumPosting' end,
    '@id', ${origin}::text || '/c/' || c.slug || '/' || t.number || '?post=' || p.id,
    'additionalType', t.kind, 'position', p.kind,
    'name', case when p.kind in ('opening', 'asked') then t.title end,
    'text', p.markdown, 'encodingFormat', 'text/markdown', 'dateCreated', p.created_at, 'author', h.handle,
    'isPartOf', jsonb_build_object('@type', 'CollectionPage', 'name', c.name, 'url', ${origin}::text || '/c/' || c.slug),
    'about', case when c.access = 'open' or t.handle_id in ${mine} or exists (select 1 from memberships m where m.community_id = c.id and m.person_id = h.person_id)
      or exists (select 1 from community_moderators m where m.community_id = c.id and m.person_id = h.person_id and m.ended_at is null) then t.title end,
    'associatedMedia', (select jsonb_agg('files/' || a.id || '/' order by a.id) from attachments a where a.post_id = p.id and a.person_id = h.person_id))) as row
  from posts p join threads t on t.id = p.thread_id join communities c on c.id = t.community_id join handles h on h.id = p.handle_id
  where p.handle_id in ${mine} and p.id > ${after} order by p.id limit ${most}`

export const recommendations: Part = ({ mine, origin, after, most }) => sql`
  select r.id as key, jsonb_strip_nulls(jsonb_build_object(
    '@type', 'Review', '@id', ${origin}::text || '/recommendations/' || r.id,
    'itemReviewed', jsonb_build_object('@type', 'Product', 'name', p.name, 'brand', v.name),
    'reviewRating', jsonb_build_object('@type', 'Rating', 'ratingValue', r.verdict, 'bestRating', 5, 'worstRating', 1),
    'name', r.headline, 'reviewBody', r.use_case, 'positiveNotes', r.what_is_good, 'negativeNotes', r.what_is_not, 'audience', r.for_whom,
    'easeRating', r.ease_rating, 'supportRating', r.support_rating, 'valueRating', r.value_rating, 'timeUsed', r.time_used, 'chooseAgain', r.choose_again,
    'relation', r.relation, 'incentive', r.incentive, 'invitedBy', r.invited_by, 'datePublished', r.created_at)) as row
  from recommendations r join products p on p.id = r.product_id join vendors v on v.id = r.vendor_id
  where r.handle_id in ${mine} and r.id > ${after} order by r.id limit ${most}`

export const votes: Part = ({ mine, origin, after, most }) => sql`
  select v.post_id as key, jsonb_strip_nulls(jsonb_build_object(
    '@type', case when v.value > 0 then 'LikeAction' else 'DislikeAction' end, 'startTime', v.created_at,
    'object', ${origin}::text || '/c/' || c.slug || '/' || t.number || '?post=' || p.id, 'description', w.why)) as row
  from votes v join posts p on p.id = v.post_id join threads t on t.id = p.thread_id join communities c on c.id = t.community_id
  left join idea_whys w on w.thread_id = t.id and w.handle_id = v.handle_id and p.kind in ('opening', 'asked')
  where v.handle_id in ${mine} and v.post_id > ${after} order by v.post_id limit ${most}`

export const ballots: Part = ({ me, origin, after, most }) => sql`
  select b.thread_id as key, jsonb_build_object(
    '@type', 'VoteAction', 'startTime', b.created_at, 'object', ${origin}::text || '/c/' || c.slug || '/' || t.number, 'name', p.question,
    'candidate', (select jsonb_agg(o.label order by o.position) from poll_choices o where o.id = any (b.choice_ids))) as row
  from poll_ballots b join polls p on p.thread_id = b.thread_id join threads t on t.id = b.thread_id join communities c on c.id = t.community_id
  where b.person_id = ${me} and b.thread_id > ${after} order by b.thread_id limit ${most}`

/** What became of ideas: those of one's own that somebody was credited with. */
export const credits: Part = ({ mine, origin, after, most }) => sql`
  select s.id as key, jsonb_build_object(
    '@type', 'CreativeWork', '@id', ${origin}::text || '/c/' || c.slug || '/' || t.number, 'name', t.title, 'creditText', h.display_name, 'contributor', h.handle,
    'creativeWorkStatus', s.status, 'dateModified', s.created_at) as row
  from idea_steps s join threads t on t.id = s.thread_id join communities c on c.id = t.community_id join handles h on h.id = t.handle_id
  where t.handle_id in ${mine} and s.id > ${after} order by s.id limit ${most}`

export const accessLog: Part = ({ me, after, most }) => sql`
  select a.id as key, jsonb_build_object('at', a.last_read_at, 'vendor', v.name, 'reader', h.handle, 'field', a.key, 'purpose', a.purpose, 'times', a.reads, 'result', 'read') as row
  from access_records a join vendors v on v.id = a.vendor_id join handles h on h.id = a.reader_handle_id where a.person_id = ${me} and a.id > ${after}
  union all
  select a.id, jsonb_build_object('at', a.last_asked_at, 'vendor', v.name, 'reader', h.handle, 'purpose', a.purpose, 'times', a.asks, 'result', 'refused')
  from access_refusals a join vendors v on v.id = a.vendor_id join handles h on h.id = a.asker_handle_id where a.person_id = ${me} and a.id > ${after}
  order by key limit ${most}`

/** The file that both sides signed and keep, as it is now; earlier versions are within its steps. */
export const agreements: Part = ({ me, after, most }) => sql`
  select n.id as key, jsonb_build_object('id', n.id, 'file', (select c.file from agreement_copies c
    where c.negotiation_id = n.id and c.side = 'person' order by c.version desc limit 1)) as row
  from negotiations n where n.person_id = ${me} and n.id > ${after} order by n.id limit ${most}`

/** The receipt of each grant, with all that became of the consent. */
export const receipts: Part = ({ me, after, most }) => sql`
  select g.id as key, jsonb_build_object('id', g.id, 'file', (select c.file from receipt_copies c
    where c.grant_id = g.id and c.side = 'person' order by c.version desc limit 1)) as row
  from grants g where g.person_id = ${me} and g.id > ${after} order by g.id limit ${most}`

export const drafts: Part = ({ me, after, most }) => sql`
  select id as key, jsonb_build_object('kind', kind, 'fields', fields, 'savedAt', saved_at) as row
  from drafts where person_id = ${me} and discarded_at is null and id > ${after} order by id limit ${most}`

/** One's own words; what staff answered is theirs, and stands on the page of the case. */
export const caseMessages: Part = ({ mine, after, most }) => sql`
  select m.id as key, jsonb_build_object('case', m.case_id, 'at', m.created_at, 'text', m.markdown) as row
  from case_messages m where m.handle_id in ${mine} and m.side = 'asker' and m.id > ${after} order by m.id limit ${most}`

export const filesOf: Part = ({ me, after, most }) => sql`
  select id as key, jsonb_build_object('id', id, 'name', name, 'key', storage_key) as row
  from attachments where person_id = ${me} and id > ${after} order by id limit ${most}`

export async function settings(viewer: PersonViewer): Promise<Record<string, unknown>> {
  const [row] = await transaction(viewer, (tx) =>
    tx.execute<{ settings: Record<string, unknown> }>(sql`select jsonb_build_object(
      'settings', (select to_jsonb(s) - 'person_id' from notification_settings s where s.person_id = ${viewer.personId}::uuid),
      'choices', (select coalesce(jsonb_agg(to_jsonb(c) - 'person_id' order by c.topic, c.channel), '[]') from notification_choices c where c.person_id = ${viewer.personId}::uuid),
      'alerts', (select to_jsonb(a) - 'person_id' from alert_rules a where a.person_id = ${viewer.personId}::uuid)) as settings`),
  )
  return row?.settings ?? {}
}
