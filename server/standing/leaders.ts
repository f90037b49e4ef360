import { sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { communityBySlug } from '~/server/communities'
import { now } from '~/server/platform/clock'
import { mustBeFound } from '~/server/policy'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { rankedThemselves } from './reading'
import { ALL_TIME, monthOf } from './rules'

/** A list of the first is an encouragement; a list of everybody is a measure of people. */
const SHOWN = 20

export type Leader = { rank: number; who: HandleInfo; points: number; you: boolean }

/**
 * Who helped most in a room, this month or of all time. Members among themselves and the vendor's staff apart, since answering
 * is their work. Whoever does not want to be ranked is not in it, and leaves no gap.
 */
export async function leadersPage(viewer: Viewer, slug: string, period: string | null) {
  const community = await communityBySlug(viewer, slug)
  mustBeFound(viewer, 'community.read', community)
  const { communityId, name } = community
  const allTime = period === ALL_TIME
  const rows = await db.execute<{ handle_id: string; points: number; staff: boolean; rank: string }>(sql`
    select * from (
      select s.handle_id, s.points, works.staff, rank() over (partition by works.staff order by s.points desc) as rank,
        row_number() over (partition by works.staff order by s.points desc, s.handle_id) as place
      from reputation_sums s join handles h on h.id = s.handle_id cross join lateral
        (select exists (select 1 from vendor_staff f where f.person_id = h.person_id and f.ended_at is null) as staff) works
      where s.community_id = ${communityId}::uuid and s.period = ${allTime ? ALL_TIME : monthOf(now())} and s.points > 0 and h.kind = 'member'
        and not exists (select 1 from unranked_handles u where u.handle_id = s.handle_id)
        and not exists (select 1 from suspensions x where x.person_id = h.person_id and x.lifted_by_decision_id is null
          and (x.community_id is null or x.community_id = s.community_id) and (x.until is null or x.until > now()))
    ) ranked where place <= ${SHOWN} order by points desc, handle_id`)
  const [names, ranked] = await Promise.all([
    handlesShown(
      rows.map((row) => row.handle_id),
      { communityId },
    ),
    rankedThemselves(viewer),
  ])
  const leaders = (staff: boolean) =>
    rows
      .filter((row) => row.staff === staff)
      .flatMap(({ handle_id, points, rank }): Leader[] => {
        const who = names.get(handle_id)
        return who ? [{ rank: Number(rank), who, points, you: viewer.kind === 'person' && viewer.handleId === handle_id }] : []
      })
  return { slug: community.slug, name, allTime, members: leaders(false), staff: leaders(true), ranked }
}
