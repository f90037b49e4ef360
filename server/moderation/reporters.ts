import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import type { PersonViewer } from '~/server/viewer'
import type { Subject } from './subjects'
import type { Reporter } from './weights'

/** What the portal knows of the one who flags, as the weight of their flag asks. */
export async function reporterOf(tx: Tx, viewer: PersonViewer, subject: Pick<Subject, 'kind' | 'id' | 'communityId'>): Promise<Reporter> {
  const [known] = await tx.execute<{ trust: number; upheld: number; declined: number; stake: Reporter['stake'] }>(sql`
    select coalesce((select level from trust_levels where person_id = ${viewer.personId}::uuid), 0)::int as trust, judged.upheld, judged.declined,
      stake_in(${viewer.personId}::uuid, ${subject.kind}, ${subject.id}::uuid) as stake
    from (select count(*) filter (where state = 'upheld')::int as upheld, count(*) filter (where state = 'declined')::int as declined
      from flags where flagged_by = ${viewer.handleId}::uuid and state <> 'open') judged`)
  const { trust = 0, upheld = 0, declined = 0, stake = null } = known ?? {}
  return { trust, upheld, declined, stake, serves: moderatesThere(viewer, subject) }
}

function moderatesThere(viewer: PersonViewer, { communityId }: Pick<Subject, 'communityId'>): boolean {
  return viewer.isOperator || viewer.isPortalModerator || (communityId !== null && viewer.moderates.includes(communityId))
}
