import { and, desc, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { communities, decisions, flags } from '~/db/schema'
import { Conflict, Forbidden, TooMany } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
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
  return transaction(viewer, (tx) => decideIn(tx, viewer, kind, id, input))
}

/** One decision on one thing; several of them may share a transaction. */
export async function decideIn(tx: Tx, viewer: PersonViewer, kind: string, id: string, input: DecisionInput) {
  const subject = await foundSubject(viewer, tx, kind, id, true)
  subject.authorize(input.act === 'keep' ? 'hide' : input.act, 'moderation.notYours')
  const newest = await newestDecisionOn(tx, subject.kind, subject.id)
  if ((input.seen ?? '') !== newest || !actsOn(subject).includes(input.act)) throw await decidedMeanwhile(tx, newest)

  const { communityId, vendorId, threadId, handleId } = subject
  const about = { act: input.act, subjectKind: subject.kind, subjectId: subject.id, communityId, vendorId, handleId }
  const decisionId = await stateReasons(tx, viewer, about, input)
  if (!(await carryOut(tx, subject, input.act, decisionId))) throw await decidedMeanwhile(tx, newest)
  const thanked = await settleFlags(tx, subject, input.act, decisionId)
  const ids = { decisionId, subjectKind: subject.kind, subjectId: subject.id, communityId, vendorId }
  await record(tx, viewer, 'content.decided', { ...ids, act: input.act, threadId })
  if (thanked > 0) await record(tx, viewer, 'flags.settled', ids)
  const [room] = communityId ? await tx.select({ slug: communities.slug }).from(communities).where(eq(communities.id, communityId)) : []
  return { decisionId, communitySlug: room?.slug ?? null }
}

/** Who was quicker, when, and what stands now. */
async function decidedMeanwhile(tx: Tx, decisionId: string): Promise<Conflict> {
  const [last] = decisionId
    ? await tx.execute<{ did: string; decided_at: string; who: string | null }>(sql`
        select d.act as did, d.decided_at::text as decided_at, h.display_name as who
        from decisions d left join handles h on h.person_id = d.decided_by and h.kind = 'member' where d.id = ${decisionId}::uuid`)
    : []
  if (!last) return new Conflict('moderation.decidedMeanwhile')
  const ago = Math.max(0, Math.round((now().getTime() - new Date(last.decided_at).getTime()) / 60_000))
  return new Conflict('moderation.decidedBefore', { who: last.who ?? '', did: last.did, ago, by: last.who ? 'person' : 'check' })
}

/** Nobody judges their own case. Whoever tries on a recommendation is refused, and the attempt stays in the log. */
async function refuseAndTell(viewer: PersonViewer, kind: string, id: string) {
  if (kind !== 'recommendation') return
  const subject = await transaction(viewer, (tx) => foundSubject(viewer, tx, kind, id))
  if (subject.mayDecide) return
  if (await mayStillTell(viewer))
    await transaction(viewer, (tx) =>
      record(tx, viewer, 'moderation.refused', { subjectKind: kind, subjectId: id, vendorId: subject.vendorId }),
    )
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

export async function carryOut(
  tx: Tx,
  { kind, id }: Pick<Subject, 'kind' | 'id'>,
  act: DecisionInput['act'],
  decisionId: string,
): Promise<boolean> {
  if (act === 'keep') return true
  if (act === 'lock') return lockThread(tx, id, decisionId)
  if (act === 'unlock') return unlockThread(tx, id)
  if (act === 'hide') return { thread: hideThread, post: hidePost, recommendation: hideRecommendation }[kind](tx, id, decisionId)
  return { thread: restoreThread, post: restorePost, recommendation: restoreRecommendation }[kind](tx, id)
}

/** All its flags by one decision. Returns how many reporters have not been thanked for it before. */
async function settleFlags(tx: Tx, { kind, id }: Subject, act: DecisionInput['act'], decisionId: string): Promise<number> {
  if (act === 'unlock') return 0
  const state = act === 'hide' || act === 'lock' ? 'upheld' : 'declined'
  const settled = await tx
    .update(flags)
    .set({
      state,
      settledByDecisionId: decisionId,
      thankedForDecisionId: sql`coalesce(${flags.thankedForDecisionId}, ${decisionId}::uuid)`,
    })
    .where(and(eq(flags.subjectKind, kind), eq(flags.subjectId, id), eq(flags.state, 'open')))
    .returning({ thankedFor: flags.thankedForDecisionId })
  return settled.filter(({ thankedFor }) => thankedFor === decisionId).length
}
