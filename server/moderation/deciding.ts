import { and, desc, eq } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { communities, decisions, flags } from '~/db/schema'
import { Conflict, Forbidden, TooMany } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { hideRecommendation, restoreRecommendation } from '~/server/recommendations'
import { hidePost, hideThread, lockThread, restorePost, restoreThread, unlockThread } from '~/server/threads'
import type { PersonViewer, Viewer } from '~/server/viewer'
import type { DecisionInput } from './input'
import { stateReasons } from './statement'
import { actsOn, foundSubject, type Subject } from './subjects'

/** The decision is written first, with its reasons; the domain that owns the content then carries it out, and the flags are settled by it. */
export async function decide(viewer: Viewer, kind: string, id: string, input: DecisionInput) {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  await refuseAndTell(viewer, kind, id)
  return transaction(viewer, async (tx) => {
    const subject = await foundSubject(viewer, tx, kind, id, true)
    subject.authorize(input.act === 'keep' ? 'hide' : input.act, 'moderation.notYours')
    const newest = await newestDecisionOn(tx, subject.kind, subject.id)
    if ((input.seen ?? '') !== newest || !actsOn(subject).includes(input.act)) throw new Conflict('moderation.decidedMeanwhile')

    const { communityId, vendorId, threadId, handleId } = subject
    const about = { act: input.act, subjectKind: subject.kind, subjectId: subject.id, communityId, vendorId, handleId }
    const decisionId = await stateReasons(tx, viewer, about, input)
    if (!(await carryOut(tx, subject, input.act, decisionId))) throw new Conflict('moderation.decidedMeanwhile')
    await settleFlags(tx, subject, input.act, decisionId)
    await record(tx, viewer, 'content.decided', {
      decisionId,
      act: input.act,
      subjectKind: subject.kind,
      subjectId: subject.id,
      communityId,
      vendorId,
      threadId,
    })
    const [room] = communityId ? await tx.select({ slug: communities.slug }).from(communities).where(eq(communities.id, communityId)) : []
    return { decisionId, communitySlug: room?.slug ?? null }
  })
}

/** Nobody judges their own case. Whoever tries on a recommendation is refused, and the attempt stays in the log. */
async function refuseAndTell(viewer: PersonViewer, kind: string, id: string) {
  if (kind !== 'recommendation') return
  const subject = await transaction(viewer, (tx) => foundSubject(viewer, tx, kind, id))
  if (subject.mayDecide) return
  await transaction(viewer, async (tx) => {
    if (await mayStillTell(viewer))
      await record(tx, viewer, 'moderation.refused', { subjectKind: kind, subjectId: id, vendorId: subject.vendorId })
  })
  throw new Forbidden(viewer.staffOf.length > 0 ? 'moderation.vendorStaff' : 'moderation.notYours')
}

// A thousand attempts say no more than the first thirty.
async function mayStillTell(viewer: PersonViewer): Promise<boolean> {
  try {
    await countAgainst('flag', `refused:${viewer.personId}`)
    return true
  } catch (error) {
    if (error instanceof TooMany) return false
    throw error
  }
}

export async function newestDecisionOn(tx: Tx, kind: Subject['kind'] | 'person', id: string): Promise<string> {
  const [newest] = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.subjectKind, kind), eq(decisions.subjectId, id)))
    .orderBy(desc(decisions.nth))
    .limit(1)
  return newest?.id ?? ''
}

async function carryOut(tx: Tx, { kind, id }: Subject, act: DecisionInput['act'], decisionId: string): Promise<boolean> {
  if (act === 'keep') return true
  if (act === 'lock') return lockThread(tx, id, decisionId)
  if (act === 'unlock') return unlockThread(tx, id)
  if (act === 'hide') return { thread: hideThread, post: hidePost, recommendation: hideRecommendation }[kind](tx, id, decisionId)
  return { thread: restoreThread, post: restorePost, recommendation: restoreRecommendation }[kind](tx, id)
}

async function settleFlags(tx: Tx, { kind, id }: Subject, act: DecisionInput['act'], decisionId: string) {
  if (act === 'unlock') return
  const state = act === 'hide' || act === 'lock' ? 'upheld' : 'declined'
  await tx
    .update(flags)
    .set({ state, settledByDecisionId: decisionId })
    .where(and(eq(flags.subjectKind, kind), eq(flags.subjectId, id), eq(flags.state, 'open')))
}
