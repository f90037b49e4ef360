import { and, eq, isNull } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { caseAnswers, handles, vendorStaff } from '~/db/schema'
import { viewerOf } from '~/server/accounts'
import { endDraft } from '~/server/drafts'
import { Conflict, Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { drawPost, inTurn, postAnswer, reasonFor, threadFacts, type KnownThread } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { close } from './closing'
import { foundCase, heldCase, idsOf, mayWrite, type KnownCase } from './facts'
import type { AnswerBackInput } from './input'
import { turn } from './messaging'

/** What staff would answer in public. It waits for the asker, since the case is private; a later one takes its place. */
export async function proposeAnswer(viewer: PersonViewer, caseId: string, input: AnswerBackInput): Promise<void> {
  await countAgainst('answer', viewer.personId)
  await transaction(viewer, async (tx) => {
    const { standsIn } = await foundCase(tx, viewer, caseId)
    const [, thread] = await Promise.all([inTurn(tx, standsIn), threadFacts(standsIn, tx)])
    const it = await heldCase(tx, viewer, caseId)
    authorize(viewer, 'case.serve', it, 'case.staffOnly')
    mayWrite(viewer, it)
    if (!thread) throw new Forbidden('thread.removed')
    standsThere(it, thread)
    if (!can(viewer, 'post.answer', thread)) throw new Forbidden(reasonFor(thread))
    const { html } = await drawPost(tx, viewer, it.communityId, input.body)
    const [before] = await proposedIn(tx, it)
    if (before?.markdown === input.body && before.handleId === viewer.handleId) return
    if (before) await decide(tx, before.id, { state: 'withdrawn' })
    await tx
      .insert(caseAnswers)
      .values({ id: newId(), caseId, handleId: viewer.handleId, markdown: input.body, html, state: 'proposed', createdAt: now() })
    await turn(tx, it, 'waiting-asker', { assignedTo: it.assignedTo ?? viewer.handleId })
    await endDraft(tx, viewer, 'case-answer', caseId, input)
    await record(tx, viewer, 'case.answer-proposed', idsOf(it))
  })
}

export async function withdrawAnswer(viewer: PersonViewer, caseId: string, answerId: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const it = await heldCase(tx, viewer, caseId)
    authorize(viewer, 'case.serve', it, 'case.staffOnly')
    if ((await answerIn(tx, it, answerId)).state !== 'proposed') return
    await decide(tx, answerId, { state: 'withdrawn' })
    if (it.state === 'waiting-asker') await turn(tx, it, 'waiting-vendor')
    await record(tx, viewer, 'case.answer-withdrawn', idsOf(it))
  })
}

/** The asker would rather not: it stays in the case. */
export async function declineAnswer(viewer: PersonViewer, caseId: string, answerId: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const it = await heldCase(tx, viewer, caseId)
    authorize(viewer, 'case.decide-answer', it, 'case.askerOnly')
    const { state } = await answerIn(tx, it, answerId)
    if (state === 'declined') return
    if (state !== 'proposed') throw new Conflict('case.answerChanged')
    await decide(tx, answerId, { state: 'declined' })
    if (it.state !== 'closed') await turn(tx, it, 'waiting-vendor')
    await record(tx, viewer, 'case.answer-declined', idsOf(it))
  })
}

/**
 * The asker has read it and agrees: it is posted to the question as the answer of whoever wrote it, and the case is closed. What
 * may be posted there is asked of its writer at this moment, not when it was proposed.
 */
export async function publishAnswer(viewer: PersonViewer, caseId: string, answerId: string) {
  const writer = await writerOf(viewer, caseId, answerId)
  return transaction(viewer, async (tx) => {
    const { standsIn } = await foundCase(tx, viewer, caseId)
    const [, thread] = await Promise.all([inTurn(tx, standsIn), threadFacts(standsIn, tx)])
    const it = await heldCase(tx, viewer, caseId)
    authorize(viewer, 'case.decide-answer', it, 'case.askerOnly')
    const answer = await answerIn(tx, it, answerId)
    const { slug, number } = it
    if (answer.postId) return { slug, number, postId: answer.postId }
    if (answer.state !== 'proposed') throw new Conflict('case.answerChanged')
    if (!thread) throw new Forbidden('thread.removed')
    standsThere(it, thread)
    await mayStillAnswer(tx, writer, it, thread)
    const { postId } = await postAnswer(tx, writer, thread, answer.markdown, { publisherId: viewer.handleId })
    await decide(tx, answerId, { state: 'published', postId })
    await record(tx, viewer, 'case.answer-published', { ...idsOf(it), postId })
    if (it.state !== 'closed') await close(tx, viewer, it, { answerId })
    return { slug, number, postId }
  })
}

// Read before the transaction: what holds the thread waits for no other connection.
async function writerOf(viewer: PersonViewer, caseId: string, answerId: string): Promise<PersonViewer> {
  const personId = await transaction(viewer, async (tx) => {
    const it = await foundCase(tx, viewer, caseId)
    authorize(viewer, 'case.decide-answer', it, 'case.askerOnly')
    const { handleId } = await answerIn(tx, it, answerId)
    const [wrote] = await tx.select({ personId: handles.personId }).from(handles).where(eq(handles.id, handleId))
    return wrote?.personId ?? null
  })
  const writer = personId ? await viewerOf(personId) : null
  if (!writer) throw new Conflict('case.writerLeft')
  return writer
}

/** Merged between finding where the question stands and holding the case, it stands elsewhere. */
function standsThere(it: KnownCase, thread: KnownThread): void {
  if (thread.standsInId || it.standsIn !== thread.threadId) throw new Conflict('thread.mergedMeanwhile')
}

/** Serves the vendor at this moment, and may answer there. */
async function mayStillAnswer(tx: Tx, writer: PersonViewer, it: KnownCase, thread: KnownThread): Promise<void> {
  const [serves] = await tx
    .select({ id: vendorStaff.id })
    .from(vendorStaff)
    .where(and(eq(vendorStaff.personId, writer.personId), eq(vendorStaff.vendorId, it.vendorId), isNull(vendorStaff.endedAt)))
    .for('share')
  if (!serves || !can(writer, 'case.serve', it)) throw new Conflict('case.writerLeft')
  if (can(writer, 'post.answer', thread)) return
  throw thread.locked || thread.hidden ? new Forbidden(reasonFor(thread)) : new Conflict('case.writerLeft')
}

const proposedIn = (tx: Tx, { caseId }: KnownCase) =>
  tx
    .select()
    .from(caseAnswers)
    .where(and(eq(caseAnswers.caseId, caseId), eq(caseAnswers.state, 'proposed')))

async function answerIn(tx: Tx, { caseId }: KnownCase, answerId: string) {
  const [answer] = isId(answerId)
    ? await tx
        .select()
        .from(caseAnswers)
        .where(and(eq(caseAnswers.id, answerId), eq(caseAnswers.caseId, caseId)))
    : []
  if (!answer) throw new Conflict('case.answerChanged')
  return answer
}

const decide = (tx: Tx, answerId: string, how: { state: 'published'; postId: string } | { state: 'declined' | 'withdrawn' }) =>
  tx
    .update(caseAnswers)
    .set({ ...how, decidedAt: now() })
    .where(eq(caseAnswers.id, answerId))
