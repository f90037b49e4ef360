import { and, desc, eq } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { decisions } from '~/db/schema'
import { isAbout } from './today'
import type { EarlierDecision, SubjectKind } from './types'

const MOST_EARLIER = 20

/** What was decided on it before, newest first; of a person, in the one place. For those who decide there. */
export async function earlierDecisions(
  tx: Tx,
  kind: SubjectKind | 'person',
  id: string,
  communityId?: string | null,
): Promise<EarlierDecision[]> {
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
    .where(and(isAbout('decisions', { kind, id }), communityId ? eq(decisions.communityId, communityId) : undefined))
    .orderBy(desc(decisions.nth))
    .limit(MOST_EARLIER)
}
