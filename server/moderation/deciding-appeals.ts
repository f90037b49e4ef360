import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { appeals } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { contestedDecision, type Contested } from './appeal-facts'
import { carryOut } from './deciding'
import { foundItem, shownItem } from './item'
import type { AppealDecisionInput } from './input'
import { lifts } from './rules'
import { stateReasons } from './statement'
import { endSuspension } from './suspending'
import { foundSubject } from './subjects'

/** One appeal with the decision that it contests and what that is about, for those who decide there; `may.decide` is for another than who decided. */
export async function appealItemPage(viewer: Viewer, id: string) {
  const { appeal, decision, stated } = await transaction(viewer, async (tx) => {
    const found = await foundAppeal(viewer, tx, id)
    const [stated] = await tx.execute<Stated>(sql`
      select d.rule, d.clause, d.facts, d.why, d.decided_at as "decidedAt", h.display_name as by from decisions d
        left join lateral (select display_name from handles where person_id = d.decided_by and kind = 'member' order by id limit 1) h on true
      where d.id = ${found.decision.decisionId}::uuid`)
    return { ...found, stated }
  })
  const { subjectKind, subjectId, communityId, vendorId } = decision
  const found =
    subjectKind === 'person' ? null : await transaction(viewer, (tx) => foundItem(viewer, tx, subjectKind, subjectId, communityId))
  const names = await handlesShown([appeal.handleId, decision.targetHandleId, ...(found?.named ?? [])], { communityId, vendorId })
  const { words, standing, createdAt, dueAt, outcome, reasons, decidedAt } = appeal
  return {
    id,
    ...{ words, standing, createdAt, dueAt, outcome, reasons, decidedAt },
    by: names.get(appeal.handleId) ?? null,
    target: names.get(decision.targetHandleId ?? '') ?? null,
    decision: {
      id: decision.decisionId,
      act: decision.act,
      subjectKind: decision.subjectKind,
      rule: stated?.rule ?? '',
      clause: stated?.clause ?? '',
      facts: stated?.facts ?? '',
      why: stated?.why ?? '',
      decidedAt: stated?.decidedAt ?? '',
      by: stated?.by ?? null,
      stands: decision.stands,
    },
    item: found ? shownItem(viewer, found, names) : null,
    communitySlug: decision.communitySlug,
    may: { decide: outcome === null && can(viewer, 'appeal.decide', decision), decided: isOwn(viewer, decision) },
  }
}

type Stated = { rule: string; clause: string; facts: string; why: string; decidedAt: string; by: string | null }

const isOwn = (viewer: Viewer, { decidedBy }: Contested) => viewer.kind === 'person' && viewer.personId === decidedBy

/** By somebody else than who decided. Overturned, what was taken away is given back as it was; what was left as it is, is taken down. */
export async function decideAppeal(viewer: Viewer, id: string, input: AppealDecisionInput) {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  return transaction(viewer, async (tx) => {
    const { appeal, decision } = await foundAppeal(viewer, tx, id)
    authorize(viewer, 'appeal.decide', decision, isOwn(viewer, decision) ? 'appeal.ownDecision' : 'appeal.ownCase')
    await hold(viewer, tx, decision)
    const insteadDecisionId = input.outcome === 'overturned' ? await decideInstead(viewer, tx, decision, appeal.handleId, input) : null
    const decided = await tx
      .update(appeals)
      .set({ outcome: input.outcome, reasons: input.facts, decidedBy: viewer.personId, decidedAt: now(), insteadDecisionId })
      .where(and(eq(appeals.id, id), isNull(appeals.outcome)))
      .returning({ id: appeals.id })
    if (decided.length === 0) throw new Conflict('appeal.decidedMeanwhile')
    const { decisionId, subjectKind, communityId, vendorId } = decision
    await record(tx, viewer, 'appeal.decided', { appealId: id, decisionId, subjectKind, communityId, vendorId, outcomeKind: input.outcome })
    return decision
  })
}

async function foundAppeal(viewer: Viewer, tx: Tx, id: string) {
  const [appeal] = isId(id) ? await tx.select().from(appeals).where(eq(appeals.id, id)) : []
  const decision = appeal ? await contestedDecision(tx, sql`d.id = ${appeal.decisionId}::uuid`) : null
  if (!appeal || !decision) throw new NotFound()
  mustBeFound(viewer, 'decision.read-whole', decision)
  return { appeal, decision }
}

// In the order in which everybody holds them: what the decision is about, then the appeal.
async function hold(viewer: Viewer, tx: Tx, { subjectKind, subjectId }: Contested) {
  if (subjectKind === 'person') await tx.execute(sql`select 1 from people where id = ${subjectId}::uuid for no key update`)
  else await foundSubject(viewer, tx, subjectKind, subjectId, true).catch(gone)
}

async function decideInstead(viewer: PersonViewer, tx: Tx, seen: Contested, reporter: string, input: AppealDecisionInput) {
  // Read again now that nobody else decides on it: it may have been lifted meanwhile.
  const decision = await contestedDecision(tx, sql`d.id = ${seen.decisionId}::uuid`)
  if (!decision?.stands) return null
  const { subjectKind, subjectId, communityId, vendorId } = decision
  const act = decision.act === 'keep' ? ('hide' as const) : lifts[decision.act as keyof typeof lifts]
  if (act === 'hide' && (!input.rule || input.rule === 'none')) throw new Invalid({ rule: 'moderation.ruleNeeded' })
  const handleId = decision.targetHandleId ?? (await authorOf(tx, subjectKind, subjectId)) ?? reporter
  const about = { act, subjectKind, subjectId, communityId, vendorId, handleId }
  const { facts, clause, why } = input
  const decisionId = await stateReasons(tx, viewer, about, { facts, clause, why, rule: act === 'hide' ? (input.rule ?? 'none') : 'none' })
  if (subjectKind === 'person') {
    await endSuspension(tx, subjectId, communityId, decisionId)
    await record(tx, viewer, 'person.unsuspended', { decisionId, personId: subjectId, communityId })
    return decisionId
  }
  const subject = await foundSubject(viewer, tx, subjectKind, subjectId, true).catch(gone)
  await carryOut(tx, { kind: subjectKind, id: subjectId }, act as 'hide', decisionId)
  await record(tx, viewer, 'content.decided', {
    decisionId,
    act,
    subjectKind,
    subjectId,
    communityId,
    vendorId,
    threadId: subject?.threadId ?? null,
  })
  return decisionId
}

// What its author has withdrawn meanwhile is still given back.
function gone(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

async function authorOf(tx: Tx, kind: Contested['subjectKind'], id: string): Promise<string | null> {
  const table = { thread: 'threads', post: 'posts', recommendation: 'recommendations', person: 'handles' }[kind]
  const [row] = await tx.execute<{ handle_id: string }>(sql`select handle_id from ${sql.identifier(table)} where id = ${id}::uuid`)
  return row?.handle_id ?? null
}
