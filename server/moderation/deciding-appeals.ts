import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { appeals } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { settleHeld } from '~/server/holding'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { contestedDecision, type Contested } from './appeal-facts'
import { carryOut, settleFlags } from './deciding'
import { foundItem, shownItem } from './item'
import type { AppealDecisionInput } from './input'
import { lifts } from './rules'
import { orTold } from './refusing'
import { stateReasons } from './statement'
import { HAPPENED, liftPenalty, refuseTiedToPerson } from './suspending'
import { foundSubject, type Subject } from './subjects'

/** One appeal with the decision that it contests and what that is about, for those who decide there; `may.decide` is for another than who decided. */
export async function appealItemPage(viewer: Viewer, id: string) {
  const { appeal, decision, found } = await transaction(viewer, async (tx) => {
    const { appeal, decision } = await foundAppeal(viewer, tx, id)
    const { subjectKind, subjectId, communityId } = decision
    return { appeal, decision, found: subjectKind === 'person' ? null : await foundItem(viewer, tx, subjectKind, subjectId, communityId) }
  })
  const { communityId, vendorId } = decision
  const names = await handlesShown([appeal.handleId, decision.targetHandleId, ...(found?.named ?? [])], { communityId, vendorId })
  const { words, standing, createdAt, dueAt, outcome, reasons, decidedAt } = appeal
  return {
    id,
    ...{ words, standing, createdAt, dueAt, outcome, reasons, decidedAt },
    by: names.get(appeal.handleId ?? '') ?? null,
    target: names.get(decision.targetHandleId ?? '') ?? null,
    decision: {
      id: decision.decisionId,
      act: decision.act,
      subjectKind: decision.subjectKind,
      ...decision.stated,
      stands: decision.stands,
    },
    item: found ? shownItem(viewer, found, names) : null,
    communitySlug: decision.communitySlug,
    may: { decide: outcome === null && can(viewer, 'appeal.decide', decision), decided: isOwn(viewer, decision) },
  }
}

const isOwn = (viewer: Viewer, { decidedBy }: Contested) => viewer.kind === 'person' && viewer.personId === decidedBy

/** By somebody else than who decided. Overturned, what was taken away is given back as it was; what was left as it is, is taken down. */
export async function decideAppeal(viewer: Viewer, id: string, input: AppealDecisionInput) {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  let about: { kind: string; id: string } | null = null
  const work = async (tx: Tx) => {
    const { appeal, decision } = await foundAppeal(viewer, tx, id)
    about = { kind: decision.subjectKind, id: decision.subjectId }
    authorize(viewer, 'appeal.decide', decision, isOwn(viewer, decision) ? 'appeal.ownDecision' : 'appeal.ownCase')
    if (decision.subjectKind === 'person') await refuseTiedToPerson(tx, viewer, decision.subjectId)
    await hold(viewer, tx, decision)
    const insteadDecisionId = input.outcome === 'overturned' ? await decideInstead(viewer, tx, decision, appeal.handleId, input) : null
    const decided = await tx
      .update(appeals)
      .set({ outcome: input.outcome, reasons: input.facts, decidedBy: viewer.personId, decidedAt: now(), insteadDecisionId })
      .where(and(eq(appeals.id, id), isNull(appeals.outcome)))
      .returning({ id: appeals.id })
    if (decided.length === 0) throw new Conflict('appeal.decidedMeanwhile')
    const { decisionId, subjectKind, subjectId, communityId, vendorId } = decision
    // What a check held back has been looked at by this.
    if (input.outcome === 'upheld' && decision.decidedBy === null)
      await settleHeld(tx, { kind: subjectKind, id: subjectId }, 'rejected', decisionId)
    await record(tx, viewer, 'appeal.decided', { appealId: id, decisionId, subjectKind, communityId, vendorId, outcomeKind: input.outcome })
    return decision
  }
  return orTold(
    viewer,
    () => about,
    () => transaction(viewer, work),
  )
}

async function foundAppeal(viewer: Viewer, tx: Tx, id: string) {
  const [appeal] = isId(id) ? await tx.select().from(appeals).where(eq(appeals.id, id)) : []
  const decision = appeal ? await contestedDecision(tx, sql`d.id = ${appeal.decisionId}::uuid`) : null
  if (!appeal || !decision) throw new NotFound()
  mustBeFound(viewer, 'appeal.read', { ...decision, standing: appeal.standing })
  return { appeal, decision }
}

// In the order in which everybody holds them: what the decision is about, then the appeal.
async function hold(viewer: Viewer, tx: Tx, { subjectKind, subjectId }: Contested) {
  if (subjectKind === 'person') await tx.execute(sql`select 1 from people where id = ${subjectId}::uuid for no key update`)
  else await foundSubject(viewer, tx, subjectKind, subjectId, true).catch(gone)
}

async function decideInstead(viewer: PersonViewer, tx: Tx, seen: Contested, reporter: string | null, input: AppealDecisionInput) {
  // Read again now that nobody else decides on it: it may have been lifted meanwhile.
  const decision = await contestedDecision(tx, sql`d.id = ${seen.decisionId}::uuid`)
  if (!decision?.stands) return null
  const act = decision.act === 'keep' ? ('hide' as const) : lifts[decision.act as keyof typeof lifts]
  if (act === 'hide' && (!input.rule || input.rule === 'none')) throw new Invalid({ rule: 'moderation.ruleNeeded' })
  const subject = await subjectNow(viewer, tx, decision)
  const { communityId, vendorId } = decision
  const handleId = decision.targetHandleId ?? (await authorOf(tx, decision.subjectKind, decision.subjectId)) ?? reporter
  if (!handleId) throw new NotFound()
  const about = { act, subjectKind: subject.kind, subjectId: subject.id, communityId, vendorId, handleId }
  const { facts, clause, why } = input
  const decisionId = await stateReasons(tx, viewer, about, { facts, clause, why, rule: act === 'hide' ? (input.rule ?? 'none') : 'none' })
  if (subject.kind === 'person') {
    const lifted = act as (typeof lifts)['warn' | 'silence' | 'suspend' | 'warn-reporter' | 'discount-reporter']
    await liftPenalty(tx, lifted, { personId: subject.id, communityId, decisionId })
    if (lifted === 'trust-reporter') await record(tx, viewer, HAPPENED[lifted], { decisionId, personId: subject.id })
    else await record(tx, viewer, HAPPENED[lifted], { decisionId, personId: subject.id, communityId })
    return decisionId
  }
  const content = { kind: subject.kind, id: subject.id }
  if (!(await carryOut(tx, content, act as 'hide', decisionId))) throw new Conflict('moderation.decidedMeanwhile')
  const thanked = await settleFlags(tx, content, act === 'hide' ? 'upheld' : 'declined', decisionId, decision.decisionId)
  const ids = { decisionId, subjectKind: subject.kind, subjectId: subject.id, communityId, vendorId }
  await record(tx, viewer, 'content.decided', { ...ids, act, threadId: subject.threadId })
  if (thanked > 0) await record(tx, viewer, 'flags.settled', ids)
  return decisionId
}

/** What the decision is about, as what it is today; a lock is always of its thread. */
async function subjectNow(viewer: Viewer, tx: Tx, { subjectKind, subjectId, act }: Contested) {
  const found = subjectKind === 'person' ? null : await foundSubject(viewer, tx, subjectKind, subjectId, true).catch(gone)
  const itself: Pick<Subject, 'id' | 'threadId'> & { kind: Contested['subjectKind'] } = found ?? {
    kind: subjectKind,
    id: subjectId,
    threadId: null,
  }
  return act === 'lock' ? { kind: 'thread' as const, id: subjectId, threadId: subjectId } : itself
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
