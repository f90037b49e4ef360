import { and, desc, eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { LEVEL_ACTS } from '~/db/kinds'
import { communityFigures, levelWeights, memberLevels } from '~/db/schema'
import { communityBySlug } from '~/server/communities'
import { Invalid } from '~/server/errors'
import { record, type Happened } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now, today } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import { contributions } from './contributions'
import type { LevelWeightsInput } from './input'
import {
  levelOf,
  LOOK_BACK_DAYS,
  nameOf,
  REVIEW_MONTHS,
  reviewDayAfter,
  reviewDayBefore,
  WEIGHTS,
  type Act,
  type Did,
  type Weights,
} from './ladder'

const raising = systemViewer('raise-levels')
const reviewing = systemViewer('review-levels')
const DAY = 86_400_000
/** Whoever was silent for so long before a review goes down by a step. */
const SILENT_DAYS = 28
const AT_ONCE = 200
/** How a community does is said of so many days; how soon people come back, of a year. */
const FIGURES_DAYS = 90

type Version = { version: number; effectiveOn: string; weights: Weights; reviewMonths: number }
const FIRST: Version = { version: 0, effectiveOn: '0001-01-01', weights: WEIGHTS, reviewMonths: REVIEW_MONTHS }

/** What acts weigh in a community, what holds last in front. What an act weighed when it was done, it weighs. */
async function versionsOf(tx: Tx | typeof db, communityId: string): Promise<Version[]> {
  const { version, effectiveOn, weights, reviewMonths } = levelWeights
  const said = await tx
    .select({ version, effectiveOn, weights, reviewMonths })
    .from(levelWeights)
    .where(eq(levelWeights.communityId, communityId))
    .orderBy(desc(version))
  return [...said, FIRST]
}
const heldOn = (versions: Version[], day: string): Version => versions.find(({ effectiveOn }) => effectiveOn <= day) ?? FIRST

async function didOf(tx: Tx, communityId: string, handleIds: string[], moment: Date): Promise<Map<string, Did[]>> {
  const since = new Date(moment.getTime() - LOOK_BACK_DAYS * DAY).toISOString()
  if (handleIds.length === 0) return new Map()
  const found = contributions({ communityId, since, until: moment.toISOString(), handleIds })
  const rows = await tx.execute<{ handle_id: string; day: string; act: Act }>(
    sql`select distinct handle_id, (at at time zone 'UTC')::date::text as day, act from ${found} did`,
  )
  const byHandle = new Map<string, Did[]>()
  for (const { handle_id, ...did } of rows) byHandle.set(handle_id, [...(byHandle.get(handle_id) ?? []), did])
  return byHandle
}

/** A member did something, or their answer was accepted: their level rises at once if that reaches further. Safe to repeat. */
export async function raiseLevel(event: Happened): Promise<void> {
  const { threadId, postId } = event.payload as { threadId?: string; postId?: string }
  const moment = now()
  await transaction(raising, async (tx) => {
    const [who] = await tx.execute<{ community_id: string; handle_id: string | null }>(sql`
      select t.community_id, case when ${event.kind === 'answer.accepted'} then (select p.handle_id from posts p where p.id = ${postId ?? null}::uuid) else ${event.actorHandleId}::uuid end as handle_id
      from threads t where t.id = ${threadId ?? null}::uuid`)
    if (!who?.handle_id) return
    const [communityId, handleId] = [who.community_id, who.handle_id]
    const [versions, done] = [await versionsOf(tx, communityId), (await didOf(tx, communityId, [handleId], moment)).get(handleId) ?? []]
    const { step, reasons } = levelOf(done, (act, day) => heldOn(versions, day).weights[act])
    if (step === 0) return
    const day = moment.toISOString().slice(0, 10)
    const reached = await tx
      .insert(memberLevels)
      .values({ communityId, handleId, step, reasons, reachedOn: day, reviewedOn: day })
      .onConflictDoUpdate({
        target: [memberLevels.communityId, memberLevels.handleId],
        set: { step, reasons, reachedOn: day },
        setWhere: sql`${memberLevels.step} < ${step}`,
      })
      .returning({ handleId: memberLevels.handleId })
    if (reached.length > 0) return void (await record(tx, raising, 'level.reached', { communityId, handleId }))
    // What holds it up besides is said as well.
    await tx
      .update(memberLevels)
      .set({ reasons })
      .where(and(eq(memberLevels.communityId, communityId), eq(memberLevels.handleId, handleId), eq(memberLevels.step, step)))
  })
}

/** On the days of review: who was silent goes down by a step, and what a year has not seen holds nobody up. They are told. */
export async function reviewLevels(): Promise<void> {
  const day = today()
  const rooms = await transaction(reviewing, (tx) =>
    tx.execute<{ id: string }>(sql`select distinct community_id as id from member_levels where reviewed_on < ${day}::date`),
  )
  for (const { id } of rooms) for (let more = true; more;) more = await reviewSome(id, now())
}

async function reviewSome(communityId: string, moment: Date): Promise<boolean> {
  const day = moment.toISOString().slice(0, 10)
  return transaction(reviewing, async (tx) => {
    const versions = await versionsOf(tx, communityId)
    const due = reviewDayBefore(day, heldOn(versions, day).reviewMonths)
    const rows = await tx
      .select({ handleId: memberLevels.handleId, step: memberLevels.step })
      .from(memberLevels)
      .where(and(eq(memberLevels.communityId, communityId), sql`${memberLevels.reviewedOn} < ${due}::date`))
      .orderBy(memberLevels.handleId)
      .limit(AT_ONCE)
      .for('update')
    const done = await didOf(
      tx,
      communityId,
      rows.map(({ handleId }) => handleId),
      moment,
    )
    const silentSince = new Date(moment.getTime() - SILENT_DAYS * DAY).toISOString().slice(0, 10)
    for (const { handleId, step: before } of rows) {
      const did = done.get(handleId) ?? []
      const { step: held, reasons } = levelOf(did, (act, on) => heldOn(versions, on).weights[act])
      const silent = !did.some((one) => one.act !== 'accepted' && one.day > silentSince)
      const step = Math.min(before, held, silent ? before - 1 : before)
      const mine = and(eq(memberLevels.communityId, communityId), eq(memberLevels.handleId, handleId))
      if (step <= 0) await tx.delete(memberLevels).where(mine)
      else
        await tx
          .update(memberLevels)
          .set({ step, reviewedOn: day, ...(step < before ? { reasons, reachedOn: day } : {}) })
          .where(mine)
      if (step < before) await record(tx, reviewing, 'level.fell', { communityId, handleId })
    }
    return rows.length === AT_ONCE
  })
}

/** The nightly count: how each community is doing, without anybody's name. */
export async function countCommunities(): Promise<void> {
  const job = systemViewer('count-communities')
  const moment = now()
  const [until, since] = [moment.toISOString(), new Date(moment.getTime() - LOOK_BACK_DAYS * DAY).toISOString()]
  const rooms = await db.execute<{ id: string }>(sql`select id from communities order by id`)
  for (const { id } of rooms)
    await transaction(job, (tx) =>
      tx.execute(sql`
        with year as materialized (select handle_id, at from ${contributions({ communityId: id, since, until })} did where act <> 'accepted'),
        belong as (select count(*)::int as n from memberships m join communities c on c.id = m.community_id left join products p on p.id = c.product_id
          where m.community_id = ${id}::uuid and not exists (select 1 from vendor_staff s where s.person_id = m.person_id and s.vendor_id = coalesce(c.host_vendor_id, p.vendor_id) and s.ended_at is null)),
        lately as (select handle_id, count(*)::int as n from year where at > ${until}::timestamptz - make_interval(days => ${FIGURES_DAYS}) group by handle_id),
        ranked as (select n, row_number() over (order by n desc, handle_id) as place from lately),
        gaps as (select handle_id, extract(epoch from at - lag(at) over (partition by handle_id order by at)) / 86400 as gap from year),
        each_gap as (select percentile_cont(0.5) within group (order by gap) as gap from gaps where gap is not null group by handle_id)
        insert into community_figures (community_id, day, members, participants, contributions, busiest_tenth, median_gap_days)
        select ${id}::uuid, (${until}::timestamptz at time zone 'UTC')::date, b.n, (select count(*)::int from lately), (select coalesce(sum(n), 0)::int from lately),
          (select round(sum(n) filter (where place <= greatest(1, ceil(b.n / 10.0))) / sum(n)::numeric, 3) from ranked),
          (select round((percentile_cont(0.5) within group (order by gap))::numeric, 1) from each_gap) from belong b
        on conflict (community_id, day) do update set members = excluded.members, participants = excluded.participants, contributions = excluded.contributions,
          busiest_tenth = excluded.busiest_tenth, median_gap_days = excluded.median_gap_days`),
    )
}

export type Figures = { members: number; participants: number; busiestTenth: number | null; medianGapDays: number | null; day: string }

/** How a community was doing when it was counted last; null before that. */
export async function figuresOf(communityId: string): Promise<Figures | null> {
  const { members, participants, busiestTenth, medianGapDays, day } = communityFigures
  const [last] = await db
    .select({ members, participants, busiestTenth, medianGapDays, day })
    .from(communityFigures)
    .where(eq(communityFigures.communityId, communityId))
    .orderBy(desc(day))
    .limit(1)
  return last ?? null
}

/** /c/:slug/levels: what acts weigh there, how the community does, and how far the viewer is at home in it, with the reasons. Nobody else's level is anywhere. */
export async function levelsPage(viewer: Viewer, slug: string) {
  const community = await communityBySlug(viewer, slug)
  mustBeFound(viewer, 'community.read', community)
  const { communityId } = community
  const [versions, figures, mine] = await Promise.all([
    versionsOf(db, communityId),
    figuresOf(communityId),
    viewer.kind === 'person' ? ownLevel(viewer, communityId) : null,
  ])
  const held = heldOn(versions, today())
  const [next] = versions
  return {
    community: { slug: community.slug, name: community.name },
    weights: held.weights,
    reaches: LEVEL_ACTS.map((act) => ({ act, ...nameOf(held.weights[act]) })),
    reviewMonths: held.reviewMonths,
    nextReview: reviewDayAfter(today(), held.reviewMonths),
    coming: next && next.version > held.version ? next : null,
    figures,
    mine,
    signedIn: viewer.kind === 'person',
    may: { set: can(viewer, 'levels.set', community) },
  }
}

async function ownLevel(viewer: PersonViewer, communityId: string) {
  return transaction(viewer, async (tx) => {
    const [mine] = await tx
      .select({ step: memberLevels.step, reasons: memberLevels.reasons, reachedOn: memberLevels.reachedOn })
      .from(memberLevels)
      .where(and(eq(memberLevels.communityId, communityId), eq(memberLevels.handleId, viewer.handleId)))
    if (!mine) return null
    const reasons = mine.reasons.map((reason) => ({ ...reason, reaches: nameOf(reason.kind === 'act' ? reason.weight : reason.step) }))
    return { ...mine, reasons, ...nameOf(mine.step) }
  })
}

/** Says what acts weigh from a day that is still to come. What was done before weighs what it did. */
export async function setWeights(
  viewer: PersonViewer,
  slug: string,
  { review, from: effectiveOn, ...weights }: LevelWeightsInput,
): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  const community = await communityBySlug(viewer, slug)
  authorize(viewer, 'levels.set', community)
  const { communityId } = community
  if (effectiveOn <= today()) throw new Invalid({ from: 'levels.past' })
  await transaction(viewer, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`levels:${communityId}`}, 0))`)
    const [last] = await versionsOf(tx, communityId)
    if (last && last.effectiveOn >= effectiveOn) throw new Invalid({ from: 'levels.comesAlready' })
    const version = (last?.version ?? 0) + 1
    const said = { communityId, version, effectiveOn, weights, reviewMonths: review, setBy: viewer.personId, setAt: now() }
    await tx.insert(levelWeights).values({ id: newId(), ...said })
    await record(tx, viewer, 'levels.set', { communityId })
  })
}
