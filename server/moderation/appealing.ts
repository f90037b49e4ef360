import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { appeals, decisions } from '~/db/schema'
import { endDraft } from '~/server/drafts'
import type { DraftKind } from '~/server/drafts/types'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { contestedDecision, type Contested } from './appeal-facts'
import type { AppealInput } from './input'
import { APPEAL_WORKING_DAYS, restricts, workingDaysAfter } from './rules'

/** Once for each who may, for six months, and by whoever is suspended too. Nobody has to be active to contest. */
export async function appeal(viewer: Viewer, decisionId: string, input: AppealInput): Promise<{ appealId: string }> {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  await countAgainst('appeal', viewer.personId)
  return transaction(viewer, async (tx) => {
    const decision = await contestable(viewer, tx, decisionId)
    const appealId = newId()
    const written = await tx
      .insert(appeals)
      .values({
        id: appealId,
        decisionId,
        personId: viewer.personId,
        handleId: viewer.handleId,
        standing: restricts(decision.act) ? 'target' : 'reporter',
        words: input.body,
        dueAt: workingDaysAfter(now(), APPEAL_WORKING_DAYS),
        createdAt: now(),
      })
      .onConflictDoNothing()
      .returning({ id: appeals.id })
    if (written.length === 0) throw new Conflict('appeal.already')
    const { subjectKind, communityId, vendorId } = decision
    await record(tx, viewer, 'appeal.written', { appealId, decisionId, subjectKind, communityId, vendorId })
    await endDraft(tx, viewer, 'appeal', decisionId, input)
    return { appealId }
  })
}

/** The form: which decision, and until when it can be contested. */
export async function appealPage(viewer: Viewer, decisionId: string) {
  return transaction(viewer, async (tx) => {
    const { act, subjectKind, appealUntil } = await contestable(viewer, tx, decisionId)
    const [mine] = await ownAppeal(tx, viewer, decisionId)
    if (mine) throw new Conflict('appeal.already')
    return { decisionId, act, subjectKind, appealUntil }
  })
}

async function contestable(viewer: Viewer, tx: Tx, decisionId: string): Promise<Contested> {
  const decision = isId(decisionId) ? await contestedDecision(tx, sql`d.id = ${decisionId}::uuid`) : null
  if (!decision) throw new NotFound()
  mustBeFound(viewer, 'appeal.write', decision)
  if (!decision.appealUntil || decision.appealUntil < now()) throw new Conflict('appeal.tooLate')
  return decision
}

/** What whoever wrote it reads of an appeal. */
export const columnsOfAppeal = {
  id: appeals.id,
  words: appeals.words,
  createdAt: appeals.createdAt,
  dueAt: appeals.dueAt,
  outcome: appeals.outcome,
  reasons: appeals.reasons,
  decidedAt: appeals.decidedAt,
}

/** Row-level security shows an appeal to whoever wrote it and to those who decide. */
export function ownAppeal(tx: Tx, viewer: Viewer, decisionId: string) {
  return tx
    .select(columnsOfAppeal)
    .from(appeals)
    .where(and(eq(appeals.decisionId, decisionId), viewer.kind === 'person' ? eq(appeals.personId, viewer.personId) : sql`false`))
}

/** Where the drafts of appeals belong, of those decisions that concern the viewer. */
export async function placesOfAppealing(viewer: Viewer, wanted: { kind: DraftKind; subjectId: string }[]) {
  const ids = wanted.filter(({ kind }) => kind === 'appeal').map(({ subjectId }) => subjectId)
  if (ids.length === 0 || viewer.kind !== 'person') return new Map<string, never>()
  const found = await transaction(viewer, (tx) =>
    tx
      .select({ subjectId: decisions.id, act: decisions.act, subjectKind: decisions.subjectKind })
      .from(decisions)
      .where(
        and(
          inArray(decisions.id, ids),
          sql`(${decisions.targetHandleId} = ${viewer.handleId}::uuid or exists (select 1 from flags f where f.settled_by_decision_id = ${decisions.id} and f.flagged_by = ${viewer.handleId}::uuid))`,
        ),
      ),
  )
  return new Map(found.map((row) => [row.subjectId, row]))
}
