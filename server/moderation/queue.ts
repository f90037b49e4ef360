import { eq, sql, type SQL } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { communities } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Forbidden, NotFound } from '~/server/errors'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { HandleInfo, PersonViewer, Viewer } from '~/server/viewer'
import { appealsWaiting, shownAppeals, type FoundAppeal } from './appeals-waiting'
import { freshClaims } from './claiming'
import { scoreCursor } from './cursor'
import { EVIDENCE_WAITING, waitingEvidence, type FoundEvidence } from './deciding-evidence'
import { DISPUTES_WAITING, shownDisputes, type FoundDispute } from './disputes-waiting'
import { MOST_TOGETHER } from './input'
import { foundItem, shownItem } from './item'
import { reportersWaiting } from './judging-reporters'
import type { FlagReason, Item, Queue, QueueItem, WaitingAppeals, WaitingDisputes, WaitingEvidence, WaitingReporters } from './types'

const ITEMS_A_PAGE = 30
/** “And 99 more” says as much as the true number. */
const MOST_COUNTED = 100
/** Of what waits, so many are counted; more are “1,000+”. */
const MOST_WAITING = 1000

type Wanted = { item?: string | null; after?: string | null; appealsAfter?: string | null }

/** A community's flagged things, each once however many flags it has, the heaviest first, with the one that is open: the named one, else the first. */
export async function communityQueue(
  viewer: Viewer,
  slug: string,
  { item, after, appealsAfter }: Wanted = {},
): Promise<
  Queue & {
    community: { id: string; slug: string; name: string }
    item: Item | null
    appeals: WaitingAppeals
    disputes: WaitingDisputes
    evidence: WaitingEvidence
    reporters: WaitingReporters
  }
> {
  const [community] = await db
    .select({ communityId: communities.id, access: communities.access, slug: communities.slug, name: communities.name })
    .from(communities)
    .where(eq(communities.slug, slug))
  if (!community) throw new NotFound()
  mustBeFound(viewer, 'community.know', community)
  authorize(viewer, 'queue.view', community, 'moderation.queueOnly')
  const { communityId } = community
  const queue = await queueWith(
    viewer,
    {
      items: sql`q.community_id = ${communityId}::uuid`,
      alike: sql`o.community_id = ${communityId}::uuid`,
      appeals: sql`d.community_id = ${communityId}::uuid`,
    },
    communityId,
    { item, after, appealsAfter },
  )
  return { ...queue, community: { id: communityId, slug: community.slug, name: community.name } }
}

/** The flagged recommendations of the whole portal, for moderators who serve no vendor. */
export async function recommendationQueue(
  viewer: Viewer,
  wanted: Wanted = {},
): Promise<
  Queue & { item: Item | null; appeals: WaitingAppeals; disputes: WaitingDisputes; evidence: WaitingEvidence; reporters: WaitingReporters }
> {
  authorize(
    viewer,
    'recommendation-queue.view',
    null,
    viewer.kind === 'person' && viewer.staffOf.length > 0 ? 'moderation.vendorStaff' : 'moderation.queueOnly',
  )
  // What holds in the whole portal is the operators'; it stands beside the recommendations, which are nobody's room either.
  const operates = can(viewer, 'person.suspend', null)
  const appeals = sql`(d.subject_kind = 'recommendation' or (${operates} and d.community_id is null))`
  const which = { items: ON_RECOMMENDATIONS, alike: sql`o.subject_kind = 'recommendation'`, appeals }
  return queueWith(viewer, which, null, wanted)
}

export const ON_RECOMMENDATIONS = sql`q.subject_kind = 'recommendation' and not exists (select 1 from recommendations w where w.id = q.subject_id and w.withdrawn_at is not null)`

/** Only recommendations are disputed, and only their authors show evidence. */
const NONE = sql`select where false`

function personOf(viewer: Viewer): PersonViewer {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  return viewer
}

/** `items` of the queue, `alike` for whoever wrote several of them, and `appeals`, each as a condition. */
type Which = { items: SQL; alike: SQL; appeals: SQL }

async function queueWith(viewer: Viewer, which: Which, communityId: string | null, { item, after, appealsAfter }: Wanted) {
  const appeals = appealsWaiting(personOf(viewer), which.appeals, appealsAfter)
  const work = transaction(viewer, async (tx) => {
    const page = await waiting(tx, which, appeals, communityId ? [NONE, NONE] : [DISPUTES_WAITING, EVIDENCE_WAITING], after)
    return { ...page, found: await opened(viewer, tx, item ?? firstOf(page.rows), communityId) }
  })
  const [{ rows, found, ...queue }, reporters] = await Promise.all([work, communityId ? [] : reportersWaiting(personOf(viewer))])
  const names = await handlesShown([...namedIn(rows), ...(found?.named ?? [])], { communityId, vendorId: found?.subject.vendorId })
  return { ...queue, reporters, items: rows.map((row) => itemOf(row, names, viewer)), item: found ? shownItem(viewer, found, names) : null }
}

const namedIn = (rows: Row[]) => rows.flatMap((row) => [row.whose, row.claimed_by])
const firstOf = ([first]: Row[]) => first && `${first.kind}:${first.id}`

async function opened(viewer: Viewer, tx: Tx, item: string | null | undefined, communityId: string | null) {
  const [kind = '', id = ''] = (item ?? '').split(':')
  if (!kind || !isId(id)) return null
  if ((kind === 'recommendation') !== (communityId === null)) return null
  return foundItem(viewer, tx, kind, id, communityId)
}

type Row = {
  kind: QueueItem['kind']
  id: string
  whose: string
  score: string
  flags: number
  reasons: string
  held_by: QueueItem['heldBy']
  oldest: string
  title: string | null
  sort: QueueItem['sort'] | null
  hidden: boolean
  claimed_by: string | null
  claimed_at: string | null
  others: number
  newest: string | null
}

async function waiting(
  tx: Tx,
  { items: which, alike }: Which,
  appeals: SQL,
  [disputes, evidence]: [SQL, SQL],
  after: string | null | undefined,
) {
  const [below, belowId] = scoreCursor(after)
  const further = belowId ? sql`and (q.score, q.subject_id) < (${below}::real, ${belowId}::uuid)` : sql``
  // In the order of the index, also where they are only counted: a part of a long table is not looked for in all of it.
  const inOrder = sql`order by q.score desc, q.subject_id desc`
  const picked = sql`${which} ${further} ${inOrder} limit ${ITEMS_A_PAGE + 1}`
  const [all] = await tx.execute<{
    waiting: number
    longest: string | null
    found: Row[]
    appeals: FoundAppeal[]
    disputes: FoundDispute[]
    evidence: FoundEvidence[]
  }>(sql`
    select (select count(*)::int from (select 1 from queue_items q where ${which} ${inOrder} limit ${MOST_WAITING}) counted) as waiting,
      (select q.oldest_at::text from queue_items q where ${which} order by q.oldest_at limit 1) as longest,
      (select coalesce(jsonb_agg(each), '[]') from (${rowsOf(picked, alike)}) each) as found,
      (select coalesce(jsonb_agg(each), '[]') from (${appeals}) each) as appeals,
      (select coalesce(jsonb_agg(each), '[]') from (${disputes}) each) as disputes,
      (select coalesce(jsonb_agg(each), '[]') from (${evidence}) each) as evidence`)
  const found = all?.found ?? []
  const page = found.slice(0, ITEMS_A_PAGE)
  const last = page.at(-1)
  return {
    rows: page,
    appeals: shownAppeals(all?.appeals ?? []),
    disputes: shownDisputes(all?.disputes ?? []),
    evidence: waitingEvidence(all?.evidence ?? []),
    waiting: all?.waiting ?? 0,
    oldestAt: all?.longest ? new Date(all.longest) : null,
    more: found.length > ITEMS_A_PAGE && last ? `${last.score}_${last.id}` : null,
  }
}

/** Items in their order, with a line of each, who is at it and how many more wait of the same person. */
const rowsOf = (picked: SQL, alike: SQL) => sql`
    select w.subject_kind as kind, w.subject_id as id, w.handle_id as whose, w.score::text as score, w.flags, array_to_string(w.reasons, ',') as reasons, w.held_by, w.oldest_at::text as oldest,
      coalesce(r.headline, left(regexp_replace(p.markdown, '\\s+', ' ', 'g'), 120), t.title) as title,
      case when w.subject_kind = 'post' then replace(p.kind, 'asked', 'answer') else w.subject_kind end as sort,
      coalesce(p.hidden_by_decision_id, t.hidden_by_decision_id, r.hidden_by_decision_id) is not null as hidden,
      c.handle_id as claimed_by, c.claimed_at::text as claimed_at,
      (select count(*)::int - 1 from (select 1 from queue_items o where o.handle_id = w.handle_id and ${alike} limit ${MOST_COUNTED}) o) as others,
      (select d.id from names_of_subject(w.subject_kind, w.subject_id) its join decisions d on (d.subject_kind, d.subject_id) = (its.kind, its.id)
        order by d.nth desc limit 1) as newest
    from (select * from queue_items q where ${picked}) w
      left join recommendations r on w.subject_kind = 'recommendation' and r.id = w.subject_id
      left join posts p on w.subject_kind = 'post' and p.id = w.subject_id
      left join threads t on w.subject_kind = 'thread' and t.id = w.subject_id
      left join queue_claims c on c.subject_kind = w.subject_kind and c.subject_id = w.subject_id and ${freshClaims(sql`c.claimed_at`)}
    order by w.score desc, w.subject_id desc`

const NOBODY: HandleInfo = { handle: null, displayName: '', placeholder: true, seat: { kind: 'member' } }

function itemOf(row: Row, names: Map<string, HandleInfo>, viewer: Viewer): QueueItem {
  return {
    kind: row.kind,
    id: row.id,
    title: row.title ?? '',
    sort: row.sort ?? (row.kind as QueueItem['sort']),
    by: names.get(row.whose) ?? NOBODY,
    score: Number(row.score),
    flags: row.flags,
    reasons: row.reasons.split(',').filter(Boolean) as FlagReason[],
    heldBy: row.held_by,
    hidden: row.hidden,
    claim: row.claimed_by
      ? { by: names.get(row.claimed_by)?.displayName ?? '', mine: viewer.kind === 'person' && row.claimed_by === viewer.handleId }
      : null,
    others: Math.max(0, row.others),
    oldestAt: new Date(row.oldest),
    seen: row.newest ?? '',
  }
}

/** What waits of one person, the heaviest first; for deciding on several together. */
export async function waitingOf(viewer: Viewer, handleId: string, communityId: string | null) {
  const place = communityId ? sql`q.community_id = ${communityId}::uuid` : ON_RECOMMENDATIONS
  const alike = communityId ? sql`o.community_id = ${communityId}::uuid` : sql`o.subject_kind = 'recommendation'`
  const picked = sql`q.handle_id = ${handleId}::uuid and ${place} order by q.score desc, q.subject_id desc limit ${MOST_TOGETHER}`
  const rows = await transaction(viewer, (tx) => tx.execute<Row>(rowsOf(picked, alike)))
  const names = await handlesShown([handleId, ...namedIn(rows)], { communityId })
  return { who: names.get(handleId) ?? null, items: rows.map((row) => itemOf(row, names, viewer)) }
}
