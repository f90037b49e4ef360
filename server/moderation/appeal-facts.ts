import { sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import type { ContestableFacts, DecisionFacts } from '~/server/facts'
import { reportedAuthors } from './reporters'
import type { Act, SubjectKind } from './types'

export type Contested = DecisionFacts &
  ContestableFacts & {
    decisionId: string
    act: Act
    subjectKind: SubjectKind | 'person'
    subjectId: string
    communityId: string | null
    communitySlug: string | null
    vendorId: string | null
    targetHandleId: string | null
    appealUntil: Date | null
    /** Nothing newer was decided on it. */
    stands: boolean
    stated: { rule: string; clause: string; facts: string; why: string; decidedAt: string; by: string | null }
  }

type Row = Omit<Contested, 'appealUntil' | 'inRoom'> & { appealUntil: string | null; access: 'open' | 'request' | 'invitation' | null }

/** A decision with all that the policy asks of an appeal: who may contest it, and who may not judge it again. */
export async function contestedDecision(tx: Tx, which: SQL): Promise<Contested | null> {
  const [found] = await tx.execute<Row>(sql`
    select d.id as "decisionId", d.act, d.subject_kind as "subjectKind", d.subject_id as "subjectId", d.community_id as "communityId", d.vendor_id as "vendorId",
      d.target_handle_id as "targetHandleId", d.decided_by as "decidedBy", d.appeal_until as "appealUntil", c.access, c.slug as "communitySlug",
      not exists (select 1 from decisions n where (n.subject_kind, n.subject_id) in (select kind, id from names_of_subject(d.subject_kind, d.subject_id)) and n.community_id is not distinct from d.community_id
        and n.nth > d.nth and n.act in (case when d.act = 'warn' then 'unwarn' else d.act end, case d.act when 'hide' then 'restore' when 'lock' then 'unlock' when 'warn' then 'unwarn' when 'silence' then 'unsilence' when 'suspend' then 'unsuspend' when 'warn-reporter' then 'trust-reporter' when 'discount-reporter' then 'trust-reporter' else 'hide' end)) as stands,
      jsonb_build_object('rule', d.rule, 'clause', d.clause, 'facts', d.facts, 'why', d.why, 'decidedAt', d.decided_at,
        'by', (select h.display_name from handles h where h.person_id = d.decided_by and h.kind = 'member' order by h.id limit 1)) as stated,
      to_jsonb(array(select d.target_handle_id where d.target_handle_id is not null and d.act not in ('restore', 'unlock', 'unwarn', 'unsilence', 'unsuspend', 'keep', 'trust-reporter')
        union select f.flagged_by from flags f where f.settled_by_decision_id = d.id and f.state = 'declined' and d.act = 'keep')) as "mayContest",
      to_jsonb(array(select d.target_handle_id where d.target_handle_id is not null
        union select f.flagged_by from flags f where (f.subject_kind, f.subject_id) in (select kind, id from names_of_subject(d.subject_kind, d.subject_id))
        union select w.handle_id from (${reportedAuthors(sql`d.subject_id`)}) w where d.act in ('warn-reporter', 'discount-reporter'))) as parties
    from decisions d left join communities c on c.id = d.community_id where ${which}`)
  if (!found) return null
  const { appealUntil, access, ...rest } = found
  return {
    ...rest,
    inRoom: rest.communityId && access ? { communityId: rest.communityId, access } : null,
    appealUntil: appealUntil === null ? null : new Date(appealUntil),
  }
}
