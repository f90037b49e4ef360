import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { can } from '~/server/policy'
import type { EventKind } from '~/server/events'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import type { FieldKey } from '~/server/vault'
import type { Purpose } from '~/server/vault/input'
import type { RelationshipFacts } from './facts'
import { nameOf } from './parts'

export const ENTRIES_A_PAGE = 30

type Row = {
  at: string
  id: string
  kind: EventKind
  side: 'theirs' | 'ours' | 'independent'
  actor: string | null
  object_kind: string | null
  title: string | null
  community_id: string | null
  community_slug: string | null
  access: 'open' | 'request' | 'invitation' | null
  number: string | null
  author: string | null
  hidden: boolean
  object_id: string | null
  detail: string | null
  keys: string | null
  until: string | null
}

/** What an entry is about. A title that the viewer may not read is withheld, and nothing leads there. */
export type About =
  | { kind: 'thread'; title: string; slug: string; number: number }
  | { kind: 'community'; title: string; slug: string }
  | { kind: 'recommendation'; title: string; id: string }
  | { kind: 'grant'; purpose: Purpose; keys: FieldKey[]; until: Date; id: string }
  | { kind: 'words'; title: string }
  | { kind: 'field'; key: FieldKey }
  | { kind: 'state'; state: 'customer' | 'partner' }
  | { kind: 'withheld' }

export type Entry = {
  id: string
  at: Date
  kind: EventKind
  side: 'theirs' | 'ours' | 'independent'
  actorHandleId: string | null
  about: About | null
}
export type EntryShown = Omit<Entry, 'actorHandleId'> & { actor: HandleInfo | null }

/** A page of what happened, newest first: one index scan, with what each entry is about joined to the rows shown. */
export function timelinePage(tx: Tx, viewer: PersonViewer, it: RelationshipFacts, before: string | null): Promise<TimelinePage> {
  return entriesOf(
    tx,
    viewer,
    sql`select * from timeline_entries where relationship_id = ${it.relationshipId}::uuid ${olderThan(before)}
      order by occurred_at desc, interaction_id desc limit ${ENTRIES_A_PAGE + 1}`,
  )
}

export type TimelinePage = { entries: Entry[]; older: string | null }

/** Entries that `page` selects, newest first and one more than a page of them, with what each is about. */
export async function entriesOf(tx: Tx, viewer: PersonViewer, page: SQL): Promise<TimelinePage> {
  const rows = await tx.execute<Row>(sql`
    with page as (${page})
    select e.occurred_at as at, e.interaction_id as id, e.kind, e.side, e.actor_handle_id as actor, e.object_kind, e.object_id,
      coalesce(t.title, c.name, p.name, k.what, left(m.outcome, 160), x.about, o.name, ps.what) as title, c.id as community_id, c.slug as community_slug, c.access, t.number, t.handle_id as author,
      t.hidden_by_decision_id is not null as hidden, coalesce(g.purpose, s.state, x.kind) as detail, g.ends_at as until,
      case when e.kind = 'vault.read'
        then (select string_agg(distinct a.key, ',') from access_records a where a.grant_id = g.id and a.reader_handle_id = e.actor_handle_id and a.hour = date_trunc('hour', e.occurred_at))
        else (select string_agg(a.key, ',') from grant_attributes a where a.grant_id = g.id) end as keys
    from page e
      left join threads t on e.object_kind = 'thread' and t.id = e.object_id
      left join communities c on c.id = case when e.object_kind = 'community' then e.object_id else t.community_id end
      left join recommendations r on e.object_kind = 'recommendation' and r.id = e.object_id
      left join products p on p.id = r.product_id
      left join grants g on e.object_kind = 'grant' and g.id = e.object_id
      left join relationship_tasks k on e.object_kind = 'task' and k.id = e.object_id
      left join relationship_meetings m on e.object_kind = 'meeting' and m.id = e.object_id
      left join relationship_contests x on e.object_kind = 'contest' and x.id = e.object_id
      left join relationship_states s on e.object_kind = 'state' and s.id = e.object_id
      left join opportunities o on e.object_kind = 'opportunity' and o.id = e.object_id
      left join plan_steps ps on e.object_kind = 'step' and ps.id = e.object_id
    order by e.occurred_at desc, e.interaction_id desc`)
  const shown = rows.slice(0, ENTRIES_A_PAGE)
  const last = shown.at(-1)
  return {
    entries: shown.map((row) => ({
      id: row.id,
      at: new Date(row.at),
      kind: row.kind,
      side: row.side,
      actorHandleId: row.actor,
      about: aboutOf(viewer, row),
    })),
    older: rows.length > ENTRIES_A_PAGE && last ? `${new Date(last.at).toISOString()}_${last.id}` : null,
  }
}

/** The rows before a cursor, for the end of a condition; all of them where there is none. */
export function olderThan(cursor: string | null, at = sql.raw('occurred_at'), id = sql.raw('interaction_id')): SQL {
  const [beforeAt, beforeId] = cursorFrom(cursor)
  return beforeAt ? sql`and (${at}, ${id}) < (${beforeAt}::timestamptz, ${beforeId}::uuid)` : sql``
}

function aboutOf(viewer: PersonViewer, row: Row): About | null {
  switch (row.object_kind) {
    case 'thread': {
      const { community_id: communityId, access, author: handleId } = row
      if (
        !communityId ||
        !access ||
        !handleId ||
        !row.title ||
        !can(viewer, 'thread.view', { communityId, access, handleId, hidden: row.hidden, locked: false })
      )
        return { kind: 'withheld' }
      return { kind: 'thread', title: row.title, slug: row.community_slug ?? '', number: Number(row.number) }
    }
    case 'community':
      if (!row.community_id || !row.access || !can(viewer, 'community.view', { communityId: row.community_id, access: row.access }))
        return { kind: 'withheld' }
      return { kind: 'community', title: row.title ?? '', slug: row.community_slug ?? '' }
    case 'recommendation':
      // Row-level security leaves out what is hidden or taken back.
      return row.title ? { kind: 'recommendation', title: row.title, id: row.object_id ?? '' } : { kind: 'withheld' }
    case 'grant':
      return row.until
        ? {
            kind: 'grant',
            purpose: row.detail as Purpose,
            keys: (row.keys?.split(',') ?? []) as FieldKey[],
            until: new Date(row.until),
            id: row.object_id ?? '',
          }
        : { kind: 'withheld' }
    case 'state':
      return row.detail ? { kind: 'state', state: row.detail as 'customer' | 'partner' } : { kind: 'withheld' }
    case 'contest':
      if (row.detail === 'why' && row.title) return { kind: 'field', key: row.title as FieldKey }
      return row.title ? { kind: 'words', title: row.title } : { kind: 'withheld' }
    case 'task':
    case 'meeting':
    case 'opportunity':
    case 'step':
      return row.title ? { kind: 'words', title: row.title } : { kind: 'withheld' }
    default:
      return null
  }
}

/** When the last row of a page was, and its id; nothing where the cursor is none. */
export function cursorFrom(cursor: string | null): [string, string] | [] {
  const [at = '', id = ''] = (cursor ?? '').split('_')
  return isId(id) && !Number.isNaN(Date.parse(at)) ? [new Date(at).toISOString(), id] : []
}

export function withActors(entries: Entry[], names: Map<string, HandleInfo>): EntryShown[] {
  return entries.map(({ actorHandleId, ...entry }) => ({ ...entry, actor: nameOf(names, actorHandleId) }))
}
