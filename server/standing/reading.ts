import { and, eq, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { communities, handles, reputationSums, unrankedHandles, type StagedNumbers } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { visibleTo as readableBy } from '~/server/communities'
import { NotFound } from '~/server/errors'
import { authorize } from '~/server/policy'
import { rightsAt, rightsKnown, RIGHTS, type Right, type TrustLevel } from '~/server/rights'
import type { HandleInfo, PersonViewer, Viewer } from '~/server/viewer'
import { levelOf, needsOf, type Level } from './levels'
import { ALL_TIME, dayOf, type Cause } from './rules'
import { factsOf, standingOf } from './weighing'

const PAGE = 30

export type LedgerRow = {
  id: string
  cause: Cause
  points: number
  counted: number
  /** The day and no more: the moment of a vote would say who was there. */
  earnedOn: string
  takenBackOn: string | null
  whyTaken: 'undone' | 'removed' | 'voided' | null
  /** What an operator said, where they took the votes out. */
  reason: string | null
  /** What the nightly check found, where it did. */
  found: StagedNumbers | null
  /** Null: the person may not read it any more. */
  thread: { slug: string; number: number; title: string } | null
  /** Who did it, where that stands in public anyway; voters are never named. */
  by: HandleInfo | null
}

const NAMED: Cause[] = ['answer-accepted', 'answer-marked', 'answer-confirmed', 'accepted-an-answer']

/** One's own standing: the level, what the next one needs, and every row of the ledger with its cause. */
export async function ownStanding(viewer: PersonViewer, cursor?: string | null) {
  authorize(viewer, 'standing.view-own', null)
  const { personId, handleId } = viewer
  const [{ rows, stands, facts }, rooms, [unranked]] = await Promise.all([
    transaction(viewer, async (tx) => ({
      rows: await tx.execute<Stored>(ledger(viewer, cursor && isId(cursor) ? cursor : null)),
      stands: (await standingOf(tx, [personId])).get(personId),
      facts: (await factsOf(tx, [personId])).get(personId),
    })),
    sumsOf(viewer, handleId),
    db.select().from(unrankedHandles).where(eq(unrankedHandles.handleId, handleId)),
  ])
  if (!facts) throw new NotFound()
  const shown = rows.slice(0, PAGE)
  const names = await handlesShown(shown.map((row) => (NAMED.includes(row.cause) ? row.by_handle_id : null)))
  const last = shown.at(-1)
  const level = stands?.level ?? (0 as Level)
  return {
    rows: shown.map((row): LedgerRow => ({
      ...{ id: row.id, cause: row.cause, points: row.points, counted: row.counted, earnedOn: row.earned_on },
      ...{ takenBackOn: row.taken_back_on, whyTaken: row.why_taken, reason: row.reason, found: row.found },
      thread: row.title === null || row.slug === null ? null : { slug: row.slug, number: Number(row.number), title: row.title },
      by: NAMED.includes(row.cause) ? (names.get(row.by_handle_id ?? '') ?? null) : null,
    })),
    older: rows.length > PAGE && last ? last.id : null,
    rooms,
    points: rooms.reduce((sum, room) => sum + room.points, 0),
    level,
    since: stands ? dayOf(stands.since) : null,
    shortSince: stands?.shortSince ? dayOf(stands.shortSince) : null,
    reaches: levelOf(facts),
    needs: needsOf(facts, level),
    rights: rightsShown(viewer, level, facts.verified),
    ranked: !unranked,
    handle: viewer.handle,
  }
}

const ALL_RIGHTS = Object.keys(RIGHTS) as Right[]

/** Each right as it is now, and as the next level changes it. */
function rightsShown(viewer: PersonViewer, level: TrustLevel, verified: boolean) {
  const known = level === 0 && (verified || rightsKnown(viewer))
  const now = known ? rightsAt(1) : rightsAt(level)
  const next = level === 4 ? null : rightsAt((level + 1) as TrustLevel)
  return {
    known,
    now: ALL_RIGHTS.map((right) => ({ right, most: now[right] })),
    next: next ? ALL_RIGHTS.filter((right) => next[right] !== now[right]).map((right) => ({ right, most: next[right] })) : [],
  }
}

type Stored = {
  id: string
  cause: Cause
  points: number
  counted: number
  earned_on: string
  taken_back_on: string | null
  why_taken: LedgerRow['whyTaken']
  reason: string | null
  found: StagedNumbers | null
  by_handle_id: string | null
  slug: string | null
  number: string | number | null
  title: string | null
}

const day = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD')`)

function ledger(viewer: PersonViewer, before: string | null) {
  return sql`
    select e.id, e.cause, e.points, e.counted, ${day('e.earned_at')} as earned_on, ${day('e.taken_back_at')} as taken_back_on, e.why_taken,
      (select e.by_handle_id where not exists (select 1 from blocks b where b.person_id = ${viewer.personId}::uuid and b.blocked_handle_id = e.by_handle_id)) as by_handle_id,
      out.reason, out.found,
      readable.slug, readable.number, readable.title
    from reputation_entries e left join lateral (
      select ${communities.slug} as slug, t.number, t.title from posts p join threads t on t.id = p.thread_id join ${communities} on ${communities.id} = t.community_id
      where p.id = e.post_id and ${readableBy(viewer)} and (t.hidden_by_decision_id is null or t.handle_id = ${viewer.handleId}::uuid)) readable on true
    left join vote_voids out on e.why_taken = 'voided' and out.from_handle_id = e.by_handle_id and out.to_handle_id = e.handle_id and out.lifted_at is null
    where e.handle_id = ${viewer.handleId}::uuid ${before ? sql`and (e.earned_at, e.id) < (select l.earned_at, l.id from reputation_entries l where l.id = ${before}::uuid and l.handle_id = e.handle_id)` : sql``}
    order by e.earned_at desc, e.id desc limit ${PAGE + 1}`
}

/** What somebody has, room by room, in the rooms that the viewer may read: nobody learns of a room by it. */
async function sumsOf(viewer: Viewer, handleId: string) {
  return db
    .select({ slug: communities.slug, name: communities.name, points: reputationSums.points })
    .from(reputationSums)
    .innerJoin(communities, eq(communities.id, reputationSums.communityId))
    .where(and(eq(reputationSums.handleId, handleId), eq(reputationSums.period, ALL_TIME), readableBy(viewer)))
    .orderBy(sql`${reputationSums.points} desc`, communities.name)
    .limit(50)
}

/** What stands on a person's page; null for whoever does not want to be ranked, and where there is nothing. */
export async function reputationOf(viewer: Viewer, handle: string): Promise<number | null> {
  const [found] = await db
    .select({ points: sql<number>`sum(${reputationSums.points})::int` })
    .from(reputationSums)
    .innerJoin(handles, eq(handles.id, reputationSums.handleId))
    .innerJoin(communities, eq(communities.id, reputationSums.communityId))
    .where(
      and(
        eq(sql`lower(${handles.handle})`, handle.toLowerCase()),
        eq(reputationSums.period, ALL_TIME),
        readableBy(viewer),
        sql`not exists (select 1 from unranked_handles u where u.handle_id = ${handles.id})`,
      ),
    )
  return found?.points || null
}

/** Whether the viewer is ranked; null for those who have no name here. */
export async function rankedThemselves(viewer: Viewer): Promise<boolean | null> {
  if (viewer.kind !== 'person') return null
  return (await db.$count(unrankedHandles, eq(unrankedHandles.handleId, viewer.handleId))) === 0
}
