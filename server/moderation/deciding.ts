import { and, desc, eq, or, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { communities, decisions, flags } from '~/db/schema'
import { Conflict, Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { settleHeld } from '~/server/holding'
import { now } from '~/server/platform/clock'
import { hideRecommendation, restoreRecommendation } from '~/server/recommendations'
import { hidePost, hideThread, keepHidden, lockThread, restorePost, restoreThread, tellOfReleased, unlockThread } from '~/server/threads'
import type { PersonViewer, Viewer } from '~/server/viewer'
import type { DecisionInput } from './input'
import { orTold } from './refusing'
import { refuseTied, settleDispute } from './settling-disputes'
import { stateReasons } from './statement'
import { actsOn, foundSubject, versionNow, type Subject } from './subjects'
import { isAbout } from './today'

/** The decision is written first, with its reasons; the domain that owns the content then carries it out, and the flags are settled by it. */
export async function decide(viewer: Viewer, kind: string, id: string, input: DecisionInput) {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  return orTold(
    viewer,
    () => ({ kind, id }),
    () => transaction(viewer, (tx) => decideIn(tx, viewer, kind, id, input)),
  )
}

/** One decision on one thing; several of them may share a transaction. */
export async function decideIn(tx: Tx, viewer: PersonViewer, kind: string, id: string, input: DecisionInput) {
  const subject = await foundSubject(viewer, tx, kind, id, true)
  subject.authorize(input.act === 'keep' ? 'hide' : input.act, 'moderation.notYours')
  const newest = await newestDecisionOn(tx, subject.kind, subject.id)
  if ((input.seen ?? '') !== newest || !actsOn(subject).includes(input.act)) throw await decidedMeanwhile(tx, newest)
  if (input.version && input.version !== (await versionNow(tx, subject))) throw new Conflict('moderation.editedMeanwhile')

  if (subject.kind === 'recommendation') await refuseTied(tx, viewer, subject.id, subject.vendorId)
  const { communityId, vendorId, threadId, handleId } = subject
  const about = { act: input.act, subjectKind: subject.kind, subjectId: subject.id, communityId, vendorId, handleId }
  const decisionId = await stateReasons(tx, viewer, about, input)
  if (!(await carryOut(tx, subject, input.act, decisionId))) throw await decidedMeanwhile(tx, newest)
  const state = saysOfFlags(input.act)
  const thanked = state ? await settleFlags(tx, subject, state, decisionId) : 0
  if (subject.kind === 'recommendation') await settleDispute(tx, viewer, subject.id, input.act, decisionId)
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

/** By whichever of its names. */
export async function newestDecisionOn(tx: Tx, kind: Subject['kind'] | 'person', id: string): Promise<string> {
  const [newest] = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(isAbout('decisions', { kind, id }))
    .orderBy(desc(decisions.nth))
    .limit(1)
  return newest?.id ?? ''
}

export async function carryOut(
  tx: Tx,
  { kind, id, hiddenByCheck = false }: Pick<Subject, 'kind' | 'id'> & Partial<Pick<Subject, 'hiddenByCheck'>>,
  act: DecisionInput['act'],
  decisionId: string,
): Promise<boolean> {
  if (act === 'keep') return true
  if (act === 'lock') return lockThread(tx, id, decisionId)
  if (act === 'unlock') return unlockThread(tx, id)
  const kept =
    act === 'hide' && kind !== 'recommendation' && (hiddenByCheck || (await settleHeld(tx, { kind, id }, 'rejected', decisionId)) !== null)
  if (kept) return keepHidden(tx, kind, id, decisionId)
  if (act === 'hide') return { thread: hideThread, post: hidePost, recommendation: hideRecommendation }[kind](tx, id, decisionId)
  const restored = await { thread: restoreThread, post: restorePost, recommendation: restoreRecommendation }[kind](tx, id)
  const released = restored && kind !== 'recommendation' ? await settleHeld(tx, { kind, id }, 'released', decisionId) : null
  if (released) await tellOfReleased(tx, released)
  return restored
}

/** What an act says of those who flagged; null: it says nothing of them. */
const saysOfFlags = (act: DecisionInput['act']) => (act === 'unlock' ? null : act === 'hide' || act === 'lock' ? 'upheld' : 'declined')

/**
 * All its open flags by one decision, and those that the decision settled which this one overturns. Returns how many reporters have not been
 * thanked for it before.
 */
export async function settleFlags(
  tx: Tx,
  subject: Pick<Subject, 'kind' | 'id'>,
  state: 'upheld' | 'declined',
  decisionId: string,
  overturned: string | null = null,
): Promise<number> {
  const settled = await tx
    .update(flags)
    .set({
      state,
      settledByDecisionId: decisionId,
      thankedForDecisionId: sql`coalesce(${flags.thankedForDecisionId}, ${decisionId}::uuid)`,
    })
    .where(and(isAbout('flags', subject), or(eq(flags.state, 'open'), overturned ? eq(flags.settledByDecisionId, overturned) : undefined)))
    .returning({ thankedFor: flags.thankedForDecisionId })
  return settled.filter(({ thankedFor }) => thankedFor === decisionId).length
}
