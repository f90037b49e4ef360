import { eq, sql, type SQL } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { communities } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { authorize, mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { itemIn } from './item'
import type { FlagReason, Item, Queue, QueueItem } from './types'

const ITEMS_A_PAGE = 30

type Wanted = { item?: string | null; after?: string | null }

/** A community's flagged things, each once however many flags it has, the longest waiting first, with the one that is open: the named one, else the first. */
export async function communityQueue(
  viewer: Viewer,
  slug: string,
  { item, after }: Wanted = {},
): Promise<Queue & { community: { id: string; slug: string; name: string }; item: Item | null }> {
  const [community] = await db
    .select({ communityId: communities.id, access: communities.access, slug: communities.slug, name: communities.name })
    .from(communities)
    .where(eq(communities.slug, slug))
  if (!community) throw new NotFound()
  mustBeFound(viewer, 'community.know', community)
  authorize(viewer, 'queue.view', community, 'moderation.queueOnly')
  const { communityId } = community
  return transaction(viewer, async (tx) => {
    const queue = await waiting(tx, sql`f.community_id = ${communityId}::uuid`, after)
    return {
      ...queue,
      community: { id: communityId, slug: community.slug, name: community.name },
      item: await opened(viewer, tx, item ?? firstOf(queue), communityId),
    }
  })
}

/** The flagged recommendations of the whole portal, for moderators who serve no vendor. */
export async function recommendationQueue(viewer: Viewer, { item, after }: Wanted = {}): Promise<Queue & { item: Item | null }> {
  authorize(
    viewer,
    'recommendation-queue.view',
    null,
    viewer.kind === 'person' && viewer.staffOf.length > 0 ? 'moderation.vendorStaff' : 'moderation.queueOnly',
  )
  return transaction(viewer, async (tx) => {
    const queue = await waiting(
      tx,
      sql`f.subject_kind = 'recommendation' and not exists (select 1 from recommendations w where w.id = f.subject_id and w.withdrawn_at is not null)`,
      after,
    )
    return { ...queue, item: await opened(viewer, tx, item ?? firstOf(queue), null) }
  })
}

const firstOf = ({ items: [first] }: Queue) => first && `${first.kind}:${first.id}`

async function opened(viewer: Viewer, tx: Tx, item: string | null | undefined, communityId: string | null): Promise<Item | null> {
  const [kind = '', id = ''] = (item ?? '').split(':')
  if (!kind || !isId(id)) return null
  if ((kind === 'recommendation') !== (communityId === null)) return null
  return itemIn(viewer, tx, kind, id, communityId)
}

type Row = {
  kind: QueueItem['kind']
  id: string
  flags: number
  reasons: string
  oldest: string
  title: string | null
  sort: QueueItem['sort'] | null
}

async function waiting(tx: Tx, which: SQL, after: string | null | undefined): Promise<Queue> {
  const [afterAt, afterId] = cursorFrom(after)
  const further = afterAt ? sql`where (oldest, subject_id) > (${afterAt}::timestamptz, ${afterId}::uuid)` : sql``
  const found = await tx.execute<Row & { waiting: number; longest: string | null }>(sql`
      with everything as (
        select f.subject_kind, f.subject_id, count(*)::int as flags, string_agg(distinct f.reason, ',') as reasons, min(f.created_at) as oldest
        from flags f where ${which} and f.state = 'open' group by f.subject_kind, f.subject_id),
      waiting as (select * from everything ${further} order by oldest, subject_id limit ${ITEMS_A_PAGE + 1})
      select w.subject_kind as kind, w.subject_id as id, w.flags, w.reasons, w.oldest::text as oldest,
        coalesce(r.headline, left(regexp_replace(p.markdown, '\\s+', ' ', 'g'), 120), t.title) as title,
        case when w.subject_kind = 'post' then replace(p.kind, 'asked', 'answer') else w.subject_kind end as sort, total.waiting, total.longest
      from (select count(*)::int as waiting, min(oldest)::text as longest from everything) total left join waiting w on true
        left join recommendations r on w.subject_kind = 'recommendation' and r.id = w.subject_id
        left join posts p on w.subject_kind = 'post' and p.id = w.subject_id
        left join threads t on w.subject_kind = 'thread' and t.id = w.subject_id
      order by w.oldest, w.subject_id`)
  // The totals come on every row, and on one alone where nothing waits.
  const all = found[0]
  const rows = found.filter((row) => row.id !== null)
  const page = rows.slice(0, ITEMS_A_PAGE)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      kind: row.kind,
      id: row.id,
      title: row.title ?? '',
      sort: row.sort ?? (row.kind as QueueItem['sort']),
      flags: row.flags,
      reasons: row.reasons.split(',') as FlagReason[],
      oldestAt: new Date(row.oldest),
    })),
    waiting: all?.waiting ?? 0,
    oldestAt: all?.longest ? new Date(all.longest) : null,
    // Microseconds, as the database has them: a date of JavaScript would ask for the last one again.
    more: rows.length > ITEMS_A_PAGE && last ? `${last.oldest}_${last.id}` : null,
  }
}

function cursorFrom(cursor: string | null | undefined): [string, string] | [] {
  const [at = '', id = ''] = (cursor ?? '').split('_')
  return isId(id) && !Number.isNaN(Date.parse(at)) ? [at, id] : []
}
