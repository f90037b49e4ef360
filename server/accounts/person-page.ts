import { sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { NotFound } from '~/server/errors'
import { can } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { blockedHandles } from './blocking'
import { personByHandle } from './people'
import { handlesShown } from './seats'

const PAGE = 20

/** One thing that a person did where the viewer may read. */
export type Act = {
  id: string
  kind: 'asked' | 'proposed' | 'answered' | 'replied' | 'recommended'
  at: string
  title: string
  number: number | null
  slug: string
  place: string
  accepted: boolean
  verdict: number | null
}

/** A person as anybody may see them: name, seat, and what they did in rooms that this viewer may read. */
export async function personPage(viewer: Viewer, handle: string, before?: string | null) {
  const person = await personByHandle(handle)
  if (!person) throw new NotFound()
  const [names, acts, blocked] = await Promise.all([
    handlesShown([person.handleId]),
    actsPage(viewer, person.handleId, before),
    blockedHandles(viewer),
  ])
  const who = names.get(person.handleId)
  if (!who) throw new NotFound()
  return {
    who,
    handle: person.handle,
    about: person.about,
    since: person.since.toISOString(),
    mayEdit: viewer.kind === 'person' && viewer.personId === person.personId && can(viewer, 'profile.change', null),
    isViewer: viewer.kind === 'person' && viewer.personId === person.personId,
    isBlocked: blocked.has(person.handleId),
    mayBlock: can(viewer, 'person.block', { handleId: person.handleId }),
    ...acts,
  }
}

/** A page of what was done under a handle, where this viewer may read. */
export async function actsPage(viewer: Viewer, handleId: string, before?: string | null) {
  const acts = await actsOf(viewer, handleId, cursorOf(before))
  const last = acts[PAGE - 1]
  return { acts: acts.slice(0, PAGE), older: acts.length > PAGE && last ? `${last.at}_${last.id}` : null }
}

type Cursor = { at: string; id: string }

function cursorOf(before: string | null | undefined): Cursor | null {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(before ?? '')
  if (!match?.[1] || !match[2] || Number.isNaN(Date.parse(match[1]))) return null
  return {
    at: match[1],
    id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(match[2]) ? match[2] : '00000000-0000-0000-0000-000000000000',
  }
}

/** Questions, answers and recommendations, newest first. Each arm of the union reads one index and stops after a page. */
async function actsOf(viewer: Viewer, handleId: string, before: Cursor | null): Promise<Act[]> {
  const readable = readableBy(viewer)
  const older = (at: string, id: string) =>
    before ? sql`and (${sql.raw(at)}, ${sql.raw(id)}) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``
  const iso = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`)
  const rows = await db.execute<Act & { number: string | number | null }>(sql`
    select id, kind, to_char(at at time zone 'UTC', ${iso}) as at, title, number, slug, place, accepted, verdict from (
      (select t.id, case t.kind when 'idea' then 'proposed' else 'asked' end as kind, t.created_at as at, t.title, t.number, c.slug, c.name as place, t.accepted_post_id is not null as accepted, null::smallint as verdict
        from threads t join communities c on c.id = t.community_id
        where t.handle_id = ${handleId} and t.hidden_by_decision_id is null and ${readable} ${older('t.created_at', 't.id')}
        order by t.created_at desc, t.id desc limit ${PAGE + 1})
      union all
      (select p.id, case t.kind when 'idea' then 'replied' else 'answered' end, p.created_at, t.title, t.number, c.slug, c.name, t.accepted_post_id = p.id, null
        from posts p join threads t on t.id = p.thread_id join communities c on c.id = t.community_id
        where p.handle_id = ${handleId} and p.kind = 'answer' and p.hidden_by_decision_id is null and t.hidden_by_decision_id is null
          and ${readable} ${older('p.created_at', 'p.id')}
        order by p.created_at desc, p.id desc limit ${PAGE + 1})
      union all
      (select r.id, 'recommended', r.created_at, r.headline, null, v.slug, d.name, false, r.verdict
        from recommendations r join vendors v on v.id = r.vendor_id join products d on d.id = r.product_id
        where r.handle_id = ${handleId} and r.named and r.hidden_by_decision_id is null and r.withdrawn_at is null ${older('r.created_at', 'r.id')}
        order by r.created_at desc, r.id desc limit ${PAGE + 1})
    ) acts order by acts.at desc, id desc limit ${PAGE + 1}`)
  return rows.map((row) => ({ ...row, number: row.number === null ? null : Number(row.number), accepted: Boolean(row.accepted) }))
}

/** The same words as 'community.read' in policy.ts, as a condition on `c`. */
function readableBy(viewer: Viewer) {
  if (viewer.kind === 'system' || (viewer.kind === 'person' && viewer.isOperator)) return sql`true`
  const rooms = viewer.kind === 'person' ? [...viewer.memberOf, ...viewer.moderates] : []
  if (rooms.length === 0) return sql`c.access = 'open'`
  return sql`(c.access = 'open' or c.id in (${sql.join(
    rooms.map((id) => sql`${id}::uuid`),
    sql`, `,
  )}))`
}
