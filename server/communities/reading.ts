import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, communityModerators, handles, membershipRequests, memberships, products, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { authorize, can, canInTime } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { knownTo, type KnownCommunity } from './facts'
import { moderatorsOf } from './moderators'
import { handlesShown } from '~/server/accounts'
import { FEWEST_ANSWERED } from './rules'

const card = {
  communityId: communities.id,
  slug: communities.slug,
  name: communities.name,
  summary: communities.summary,
  access: communities.access,
  host: vendors.name,
  memberCount: communities.memberCount,
  threadCount: communities.threadCount,
  source: communities.source,
}

type Pulse = { asked: number; solved: number; answered: number; hours: number | null } | null

/** How the newest 200 questions of a room fared. */
const pulse = sql<Pulse>`(
  select json_build_object('asked', count(*), 'solved', count(*) filter (where q.accepted_post_id is not null), 'answered', count(q.first_at),
    'hours', percentile_cont(0.5) within group (order by extract(epoch from q.first_at - q.created_at) / 3600))
  from (select t.accepted_post_id, t.created_at, (select min(p.created_at) from posts p where p.thread_id = t.id and p.kind = 'answer' and p.hidden_by_decision_id is null) as first_at
    from threads t where t.community_id = ${communities.id} and t.kind = 'question' and t.hidden_by_decision_id is null and t.stands_in_id is null order by t.created_at desc limit 200) q)`

/** Communities that the viewer may know of, the busiest first; all of them, or those that one vendor hosts. Where not all are shown, one's own are. */
export async function communityDirectory(viewer: Viewer, { hostVendorId, limit = 200 }: { hostVendorId?: string; limit?: number } = {}) {
  const rows = await db
    .select({ ...card, pulse })
    .from(communities)
    .leftJoin(vendors, eq(vendors.id, communities.hostVendorId))
    .where(and(knownTo(viewer), hostVendorId ? eq(communities.hostVendorId, hostVendorId) : undefined))
    .orderBy(...ownFirst(viewer), desc(communities.memberCount), desc(communities.threadCount), asc(communities.name))
    .limit(limit)
  return rows.sort(busiest).map(({ pulse, communityId, ...row }) => ({
    ...row,
    ...faring(pulse),
    member: viewer.kind === 'person' && viewer.memberOf.includes(communityId),
  }))
}

const ownFirst = (viewer: Viewer) =>
  viewer.kind === 'person' && viewer.memberOf.length > 0 ? [desc(inArray(communities.id, viewer.memberOf))] : []

type Busy = { memberCount: number; threadCount: number; name: string }
const busiest = (one: Busy, other: Busy) =>
  other.memberCount - one.memberCount || other.threadCount - one.threadCount || one.name.localeCompare(other.name)

export type CommunityRow = Awaited<ReturnType<typeof communityDirectory>>[number]

function faring(pulse: Pulse) {
  return {
    solvedShare: pulse && pulse.asked >= FEWEST_ANSWERED ? pulse.solved / pulse.asked : null,
    firstAnswerHours: pulse && pulse.answered >= FEWEST_ANSWERED ? pulse.hours : null,
  }
}

/** What stands above and beside every page of a community. */
export async function communityHeader(viewer: Viewer, community: KnownCommunity) {
  const { communityId } = community
  const personId = viewer.kind === 'person' ? viewer.personId : null
  const [[about], requests] = await Promise.all([
    db
      .select({
        host: { slug: vendors.slug, name: vendors.name },
        product: products.name,
        moderators: sql<
          string | null
        >`(select string_agg(h.id::text, ' ' order by m.started_at, h.id) from ${communityModerators} m join ${handles} h on h.person_id = m.person_id
          where m.community_id = ${communities.id} and m.ended_at is null)`,
        authorsWaiting: sql<number>`authorship_waiting(${communities.id})`,
        joinedAt: memberships.joinedAt,
        saysProspect: memberships.saysProspect,
        waiting: sql<boolean>`exists (select 1 from ${membershipRequests} r where r.community_id = ${communities.id} and r.person_id = ${personId}::uuid and r.state = 'waiting')`,
      })
      .from(communities)
      .leftJoin(vendors, eq(vendors.id, communities.hostVendorId))
      .leftJoin(products, eq(products.id, communities.productId))
      .leftJoin(memberships, and(eq(memberships.communityId, communities.id), sql`${memberships.personId} = ${personId}::uuid`))
      .where(eq(communities.id, communityId)),
    can(viewer, 'membership.decide', community) && community.access === 'request' ? waitingCount(communityId) : 0,
  ])
  const moderators = about?.moderators?.split(' ') ?? []
  const names = await handlesShown(moderators, { communityId })
  const mine = about?.joinedAt ? { prospect: about.saysProspect !== null } : null
  const waiting = about?.waiting ?? false
  return {
    slug: community.slug,
    name: community.name,
    summary: community.summary,
    rules: community.rules,
    access: community.access,
    joinQuestion: community.joinQuestion,
    memberCount: community.memberCount,
    threadCount: community.threadCount,
    responseTargetHours: community.responseTargetHours,
    source: community.source,
    sourceUrl: community.sourceUrl,
    licence: community.licence,
    host: about?.host ?? null,
    product: about?.product ?? null,
    moderators: moderators.flatMap((id) => names.get(id) ?? []),
    membership: mine,
    waiting,
    requestsWaiting: requests,
    authorsWaiting: can(viewer, 'queue.view', community) ? (about?.authorsWaiting ?? 0) : 0,
    viewerCan: {
      read: can(viewer, 'community.read', community),
      ask: canInTime(viewer, 'thread.ask', community),
      /** Visitors are offered it too: the button leads them through signing in. */
      join: !mine && community.access === 'open' && (viewer.kind === 'visitor' || can(viewer, 'community.join', community)),
      askToJoin:
        !mine &&
        !waiting &&
        community.access === 'request' &&
        (viewer.kind === 'visitor' || can(viewer, 'community.ask-to-join', community)),
      leave: mine !== null && can(viewer, 'community.leave', community),
      sayProspect: can(viewer, 'prospect.say', community),
      decide: can(viewer, 'membership.decide', community),
      moderate: can(viewer, 'queue.view', community),
      seeWaiting: can(viewer, 'waiting.view', community),
      invite: can(viewer, 'community.invite', community),
      manage: can(viewer, 'community.manage', null),
    },
  }
}

export type CommunityHeader = Awaited<ReturnType<typeof communityHeader>>

async function waitingCount(communityId: string): Promise<number> {
  return db.$count(membershipRequests, and(eq(membershipRequests.communityId, communityId), eq(membershipRequests.state, 'waiting')))
}

/** For operators: the community as it is kept, with its moderators. */
export async function keptCommunity(viewer: Viewer, slug: string) {
  authorize(viewer, 'operate.view', null)
  const [row] = await db.select().from(communities).where(eq(communities.slug, slug))
  if (!row) throw new NotFound()
  return { community: row, moderators: await moderatorsOf(row.id) }
}
