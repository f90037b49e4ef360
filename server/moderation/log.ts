import { and, desc, eq, isNull, or, sql, type SQL } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { communities, decisions, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { readableBy } from '~/server/threads'
import { systemViewer, type Viewer } from '~/server/viewer'
import { ownAppeal } from './appealing'
import { momentCursor } from './cursor'
import { restricts } from './rules'
import { ACTS, RULES, type LogRow } from './types'

const ROWS_A_PAGE = 30
/** What the front page counts. */
const COUNTED_DAYS = 90

/** Decisions on the whole portal and on vendors' pages are public; those of a community are for who may read it. The query joins `communities`. */
export function visibleTo(viewer: Viewer): SQL {
  return or(isNull(decisions.communityId), readableBy(viewer)) as SQL
}

/** The public log, newest first. It says what was decided and why, never on whom. */
export async function moderationLog(viewer: Viewer, wanted: LogFilters = {}) {
  const { community, before } = wanted
  const act = ACTS.find((each) => each === wanted.act)
  const rule = RULES.find((each) => each === wanted.rule)
  const month = /^2\d{3}-(0[1-9]|1[0-2])$/.exec(wanted.month ?? '')?.[0]
  authorize(viewer, 'log.view', null)
  const [beforeAt, beforeId] = momentCursor(before)
  const further = beforeAt ? sql`(${decisions.decidedAt}, ${decisions.id}) < (${beforeAt}::timestamptz, ${beforeId}::uuid)` : undefined
  const [rows, rooms] = await Promise.all([
    logRows(
      viewer,
      and(
        community ? eq(communities.slug, community) : undefined,
        act ? eq(decisions.act, act) : undefined,
        rule ? eq(decisions.rule, rule) : undefined,
        month ? inMonth(month) : undefined,
        further,
      ),
      ROWS_A_PAGE + 1,
    ),
    db
      .select({ slug: communities.slug, name: communities.name })
      .from(communities)
      .where(readableBy(viewer))
      .orderBy(communities.name)
      .limit(200),
  ])
  const page = rows.slice(0, ROWS_A_PAGE)
  const last = page.at(-1)
  return {
    rows: page,
    communities: rooms,
    community: rooms.find((room) => room.slug === community) ?? null,
    ...{ act: act ?? null, rule: rule ?? null, month: month ?? null },
    older: rows.length > ROWS_A_PAGE && last ? `${last.decidedAt.toISOString()}_${last.id}` : null,
  }
}

export type LogFilters = Partial<Record<'community' | 'act' | 'rule' | 'month' | 'before', string | null>>

function inMonth(month: string): SQL {
  const first = sql`${`${month}-01`}::timestamp`
  return sql`${decisions.decidedAt} >= ${first} at time zone 'UTC' and ${decisions.decidedAt} < (${first} + interval '1 month') at time zone 'UTC'`
}

type Counts = { flagged: number; left: number; removed: number; days: number }

/** The newest decisions that the viewer may read of, and what became of recommendations in the last 90 days: flagged by somebody, looked at and left, taken down. */
export async function logAtAGlance(viewer: Viewer, most: number): Promise<{ decisions: LogRow[]; counts: Counts }> {
  const since = sql`now() - make_interval(days => ${COUNTED_DAYS})`
  // The system counts flags, which the viewer may not see; the rows are still those of the viewer.
  const [row] = await transaction(systemViewer('log-at-a-glance'), (tx) =>
    tx.execute<{ flagged: number; kept: number; removed: number; rows: (Found & { until: string | null; decidedAt: string })[] }>(sql`
      select (select count(distinct subject_id)::int from flags where subject_kind = 'recommendation' and created_at > ${since}) as flagged,
        counted.kept, counted.removed,
        (select coalesce(jsonb_agg(to_jsonb(newest)), '[]') from (
          select decisions.id, decisions.act, decisions.subject_kind as "subjectKind", decisions.rule, decisions.clause, appealed_as(decisions.id) as appealed, decisions.until, decisions.decided_at as "decidedAt",
            communities.slug as "communitySlug", communities.name as "communityName", vendors.slug as "vendorSlug", vendors.name as "vendorName"
          from decisions left join communities on communities.id = decisions.community_id left join vendors on vendors.id = decisions.vendor_id
          where ${visibleTo(viewer)} order by decisions.decided_at desc, decisions.id desc limit ${most}) newest) as rows
      from (select count(distinct subject_id) filter (where act = 'keep')::int as kept, count(distinct subject_id) filter (where act = 'hide')::int as removed
        from decisions where subject_kind = 'recommendation' and decided_at > ${since}) counted`),
  )
  const decided = (row?.rows ?? []).map((found) => ({
    ...found,
    until: found.until === null ? null : new Date(found.until),
    decidedAt: new Date(found.decidedAt),
  }))
  return {
    decisions: decided.map(rowOf),
    counts: { flagged: row?.flagged ?? 0, left: row?.kept ?? 0, removed: row?.removed ?? 0, days: COUNTED_DAYS },
  }
}

/** The statement of reasons. The facts are for whom it concerns and for those who decide there. */
export async function decisionPage(viewer: Viewer, id: string) {
  if (!isId(id)) throw new NotFound()
  return transaction(viewer, (tx) => statementFor(viewer, tx, id))
}

/** `holds`: as what somebody without an account holds a link to it. */
export async function statementFor(viewer: Viewer, tx: Tx, id: string, holds: 'target' | 'reporter' | null = null) {
  const [found] = await tx
    .select({
      ...columns,
      subjectId: decisions.subjectId,
      communityId: decisions.communityId,
      access: communities.access,
      targetHandleId: decisions.targetHandleId,
      facts: decisions.facts,
      why: decisions.why,
      source: decisions.source,
      detectedAutomatically: decisions.detectedAutomatically,
      decidedAutomatically: decisions.decidedAutomatically,
      appealUntil: decisions.appealUntil,
      appealedAs: sql<'upheld' | 'overturned' | null>`appealed_as(${decisions.id})`,
      declined: sql<boolean>`${decisions.act} = 'keep' and exists (select 1 from flags f where f.settled_by_decision_id = ${decisions.id} and f.state = 'declined' and f.flagged_by = ${viewer.kind === 'person' ? viewer.handleId : null}::uuid)`,
      readable: sql<boolean>`${visibleTo(viewer)}`,
    })
    .from(decisions)
    .leftJoin(communities, eq(communities.id, decisions.communityId))
    .leftJoin(vendors, eq(vendors.id, decisions.vendorId))
    .where(eq(decisions.id, id))
  if (!found) throw new NotFound()
  const concerned = holds === 'target' || (viewer.kind === 'person' && found.targetHandleId === viewer.handleId)
  const declined = holds === 'reporter' || found.declined
  const { subjectKind, communityId, access } = found
  const inRoom = communityId && access ? { communityId, access } : null
  const decides = can(viewer, 'decision.read-whole', { subjectKind, inRoom, decidedBy: null, parties: [] })
  if (!found.readable && !concerned && !decides && !declined) throw new NotFound()
  const [appeal] = viewer.kind === 'person' ? await ownAppeal(tx, viewer, id) : []
  const mayContest = (concerned && restricts(found.act)) || declined
  return {
    ...rowOf(found),
    concerned,
    reported: declined,
    appeal: appeal ?? null,
    appealedAs: found.appealedAs,
    may: {
      appeal: mayContest && !appeal && found.appealUntil !== null && found.appealUntil > now(),
      /** Offered at all of them, so that it does not say which authors an import brought. */
      askForLink:
        viewer.kind === 'visitor' &&
        restricts(found.act) &&
        subjectKind !== 'person' &&
        found.appealUntil !== null &&
        found.appealUntil > now(),
    },
    decides,
    facts: concerned || decides || declined ? found.facts : null,
    why: concerned || decides ? found.why : null,
    restricts: restricts(found.act),
    source: found.source,
    detected: found.detectedAutomatically ? ('check' as const) : ('people' as const),
    decided: found.decidedAutomatically ? ('check' as const) : ('people' as const),
    appealUntil: found.appealUntil,
    words: concerned ? await wordsOf(tx, found.subjectKind, found.subjectId) : null,
    mend: concerned && !holds && found.decidedAutomatically && found.act === 'hide' ? await mendable(tx, found.id) : null,
    /** The thing itself, for those who may act on it. */
    item: decides && found.subjectKind !== 'person' ? { kind: found.subjectKind, id: found.subjectId } : null,
  }
}

export type DecisionShown = Awaited<ReturnType<typeof statementFor>>

type Found = Awaited<ReturnType<typeof find>>[number]
const columns = {
  id: decisions.id,
  act: decisions.act,
  subjectKind: decisions.subjectKind,
  rule: decisions.rule,
  clause: decisions.clause,
  appealed: sql<'upheld' | 'overturned' | null>`appealed_as(${decisions.id})`,
  until: decisions.until,
  decidedAt: decisions.decidedAt,
  communitySlug: communities.slug,
  communityName: communities.name,
  vendorSlug: vendors.slug,
  vendorName: vendors.name,
}

/** The author's own words, however they are hidden from others. */
async function wordsOf(tx: Tx, kind: string, id: string): Promise<{ html: string } | { text: string[] } | null> {
  if (kind === 'person') return null
  if (kind === 'recommendation') {
    const [row] = await tx.execute<{ headline: string; use_case: string; what_is_good: string; what_is_not: string; for_whom: string }>(sql`
      select headline, use_case, what_is_good, what_is_not, for_whom from recommendations where id = ${id}::uuid`)
    return row ? { text: [row.headline, row.use_case, row.what_is_good, row.what_is_not, row.for_whom].filter(Boolean) } : null
  }
  const [row] = await tx.execute<{ html: string }>(
    sql`select html from posts where ${kind === 'thread' ? sql`thread_id = ${id}::uuid and kind = 'opening'` : sql`id = ${id}::uuid`}`,
  )
  return row ? { html: row.html } : null
}

/** The post that its author may mend: as long as exactly this decision hides it. */
async function mendable(tx: Tx, decisionId: string): Promise<string | null> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select p.id from decisions d join posts p on case d.subject_kind when 'post' then p.id = d.subject_id else p.thread_id = d.subject_id and p.kind = 'opening' end
      left join threads t on d.subject_kind = 'thread' and t.id = d.subject_id
    where d.id = ${decisionId}::uuid and d.subject_kind in ('post', 'thread') and coalesce(t.hidden_by_decision_id, p.hidden_by_decision_id) = d.id limit 1`)
  return row?.id ?? null
}

async function logRows(viewer: Viewer, which: SQL | undefined, most: number): Promise<LogRow[]> {
  return (await transaction(viewer, (tx) => find(tx, and(visibleTo(viewer), which), most))).map(rowOf)
}

function find(tx: Tx, which: SQL | undefined, most: number) {
  return tx
    .select(columns)
    .from(decisions)
    .leftJoin(communities, eq(communities.id, decisions.communityId))
    .leftJoin(vendors, eq(vendors.id, decisions.vendorId))
    .where(which)
    .orderBy(desc(decisions.decidedAt), desc(decisions.id))
    .limit(most)
}

function rowOf({ id, act, subjectKind, rule, clause, appealed, until, decidedAt, ...at }: Found): LogRow {
  return {
    ...{ id, act, subjectKind, rule, clause, appealed, until, decidedAt },
    community: at.communitySlug && at.communityName ? { slug: at.communitySlug, name: at.communityName } : null,
    vendor: at.vendorSlug && at.vendorName ? { slug: at.vendorSlug, name: at.vendorName } : null,
  }
}
