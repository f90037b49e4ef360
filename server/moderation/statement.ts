import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { decisions } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { now } from '~/server/platform/clock'
import type { PersonViewer, SystemViewer } from '~/server/viewer'
import type { Reasons } from './input'
import { restricts, sixMonthsAfter } from './rules'
import { isAbout } from './today'
import type { Act, SubjectKind } from './types'

/** What a decision is about, and whom it concerns. */
type About = {
  act: Act
  subjectKind: SubjectKind | 'person'
  subjectId: string
  communityId: string | null
  vendorId?: string | null
  handleId: string
  until?: Date | null
}

/** Writes a decision with its statement of reasons: all fields of article 17 of the Digital Services Act, which the database asks for. */
export async function stateReasons(tx: Tx, viewer: PersonViewer | SystemViewer, about: About, reasons: Reasons): Promise<string> {
  mustSayWhy(about.act, reasons)
  const { act, subjectKind, subjectId, communityId, vendorId = null, handleId, until = null } = about
  const decisionId = newId()
  const decidedAt = now()
  const noticed = sql`select 1 from flags f where f.state <> 'declined' and ${
    subjectKind === 'person' ? noticesOf(handleId, communityId) : isAbout('f', { kind: subjectKind, id: subjectId })
  }`
  await tx.insert(decisions).values({
    id: decisionId,
    ...{ act, subjectKind, subjectId, communityId, vendorId, until, decidedAt },
    targetHandleId: sql`(select id from handles where id = ${handleId}::uuid and kind <> 'placeholder')`,
    decidedBy: viewer.kind === 'person' ? viewer.personId : null,
    scope: subjectKind === 'recommendation' ? 'recommendation' : communityId ? 'community' : 'portal',
    duration: until ? 'until' : 'until-changed',
    source: sql`case when exists (${noticed}) then 'notice' else 'own-initiative' end`,
    detectedAutomatically: reasons.detected === 'check',
    decidedAutomatically: viewer.kind === 'system',
    rule: reasons.rule,
    clause: reasons.clause ?? '',
    facts: reasons.facts,
    why: reasons.why ?? '',
    appealUntil: restricts(act) || act === 'keep' ? sixMonthsAfter(decidedAt) : null,
  })
  return decisionId
}

/** What takes something away names the rule that was broken, and says how. */
function mustSayWhy(act: Act, { rule, clause, why }: Reasons) {
  if (!restricts(act)) return
  if (rule === 'none') throw new Invalid({ rule: 'moderation.ruleNeeded' })
  if ((rule === 'law' || rule === 'community') && !clause?.trim()) throw new Invalid({ clause: 'moderation.clauseNeeded' })
  if (!why?.trim()) throw new Invalid({ why: 'moderation.whyNeeded' })
}

const noticesOf = (handleId: string, communityId: string | null) => sql`(f.subject_kind, f.subject_id) in (
  select 'post', p.id from posts p where p.handle_id = ${handleId}::uuid union all select 'thread', t.id from threads t where t.handle_id = ${handleId}::uuid
  union all select 'recommendation', r.id from recommendations r where r.handle_id = ${handleId}::uuid)
  and ${communityId ? sql`f.community_id = ${communityId}::uuid` : sql`true`}`
