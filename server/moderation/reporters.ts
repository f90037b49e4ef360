import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import type { PersonViewer } from '~/server/viewer'
import type { Subject } from './subjects'
import type { Reporter } from './weights'

/** What the portal knows of the one who flags, as the weight of their flag asks. */
export async function reporterOf(tx: Tx, viewer: PersonViewer, subject: Pick<Subject, 'kind' | 'id' | 'communityId'>): Promise<Reporter> {
  const [known] = await tx.execute<{ trust: number; upheld: number; declined: number; stake: Reporter['stake']; discounted: boolean }>(sql`
    select exists (select 1 from discounted_reporters d where d.person_id = ${viewer.personId}::uuid and ${isLive('d')}) as discounted,
      coalesce((select level from trust_levels where person_id = ${viewer.personId}::uuid), 0)::int as trust, judged.upheld, judged.declined,
      stake_in(${viewer.personId}::uuid, ${subject.kind}, ${subject.id}::uuid) as stake
    from (select count(*) filter (where state = 'upheld')::int as upheld, count(*) filter (where state = 'declined')::int as declined
      from flags where flagged_by = ${viewer.handleId}::uuid and state <> 'open') judged`)
  const { trust = 0, upheld = 0, declined = 0, stake = null, discounted = false } = known ?? {}
  return { trust, upheld, declined, stake, discounted, serves: moderatesThere(viewer, subject) }
}

function moderatesThere(viewer: PersonViewer, { communityId }: Pick<Subject, 'communityId'>): boolean {
  return viewer.isOperator || viewer.isPortalModerator || (communityId !== null && viewer.moderates.includes(communityId))
}

/** `x` is `discounted_reporters`: it holds still. */
export const isLive = (x: string) => sql.raw(`${x}.lifted_by_decision_id is null and ${x}.until > now()`)

/** Who wrote what this person has flagged: they never learn who it was, and judge no reports of theirs. */
export const reportedAuthors = (person: SQL) => sql`
  select coalesce(p.handle_id, t.handle_id, r.handle_id) as handle_id
  from handles fh join flags rf on rf.flagged_by = fh.id
    left join posts p on rf.subject_kind = 'post' and p.id = rf.subject_id left join threads t on rf.subject_kind = 'thread' and t.id = rf.subject_id
    left join recommendations r on rf.subject_kind = 'recommendation' and r.id = rf.subject_id
  where fh.person_id = ${person}`
