import { and, desc, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { decisions } from '~/db/schema'
import { isAbout, type Named } from './today'
import type { EarlierDecision } from './types'

const MOST_EARLIER = 20

/** What was decided on a thing before, newest first, as a column of the query that asks for the rest of it. For those who decide there. */
export const earlierOn = (subject: Named) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'act', d.act, 'rule', d.rule, 'clause', d.clause, 'facts', d.facts, 'why', d.why, 'decidedAt', d.decided_at)
    order by d.nth desc), '[]')
  from (select * from decisions where ${isAbout('decisions', subject)} order by nth desc limit ${MOST_EARLIER}) d)`

/** The same of a person, in the one place. */
export async function earlierOnPerson(tx: Tx, personId: string, communityId: string | null): Promise<EarlierDecision[]> {
  return tx
    .select({
      id: decisions.id,
      act: decisions.act,
      rule: decisions.rule,
      clause: decisions.clause,
      facts: decisions.facts,
      why: decisions.why,
      decidedAt: decisions.decidedAt,
    })
    .from(decisions)
    .where(
      and(
        eq(decisions.subjectKind, 'person'),
        eq(decisions.subjectId, personId),
        communityId ? eq(decisions.communityId, communityId) : undefined,
      ),
    )
    .orderBy(desc(decisions.nth))
    .limit(MOST_EARLIER)
}
