import { and, eq } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { suggestedEdits } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { endDraft } from '~/server/drafts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { changedLines } from './changed-lines'
import { boundsOf, placeOf, rewrite, words } from './editing'
import { foundPost, foundThread, holdThreadOf, reasonToKeep, writer, type KnownPost } from './facts'
import { asLines } from './history'
import type { SuggestEditInput } from './input'
import { keepMentions } from './mentioning'
import { nobody } from './thread-list'

/** What the form begins with: the post as it stands, or what the viewer has already suggested for it. */
export async function suggestEditPage(viewer: Viewer, postId: string) {
  const post = await foundPost(viewer, postId)
  authorize(viewer, 'edit.suggest', post, reasonToKeep(post))
  const [current, thread, [mine]] = await Promise.all([
    words(db, postId),
    foundThread(viewer, post.threadId),
    db
      .select()
      .from(suggestedEdits)
      .where(waitingOf(postId, writer(viewer).handleId)),
  ])
  const { title, markdown, reason } = mine ?? { title: current.title, markdown: current.markdown, reason: '' }
  return { ...placeOf(post), threadTitle: thread.title, title: title ?? thread.title, markdown, reason, version: current.editCount }
}

/** One suggestion at a time from one member: another replaces it. */
export async function suggestEdit(viewer: Viewer, postId: string, input: SuggestEditInput) {
  const seen = await foundPost(viewer, postId)
  authorize(viewer, 'edit.suggest', seen, reasonToKeep(seen))
  boundsOf(seen.kind, input)
  const { personId, handleId } = writer(viewer)
  await countAgainst('suggest-edit', personId)
  return transaction(viewer, async (tx) => {
    const post = await foundPost(viewer, postId, tx)
    authorize(viewer, 'edit.suggest', post, reasonToKeep(post))
    const current = await words(tx, postId)
    if (input.version !== undefined && input.version !== current.editCount) throw new Conflict('thread.editedMeanwhile')
    const title = post.kind === 'opening' ? (input.title ?? current.title) : null
    if (input.body === current.markdown && title === current.title) throw new Invalid({ body: 'thread.nothingChanged' })
    const suggested = { title, markdown: input.body, reason: input.reason, ofVersion: current.editCount, createdAt: now() }
    const [before] = await tx.select({ id: suggestedEdits.id }).from(suggestedEdits).where(waitingOf(postId, handleId))
    const suggestionId = before?.id ?? newId()
    if (before) await tx.update(suggestedEdits).set(suggested).where(eq(suggestedEdits.id, before.id))
    else {
      await tx.insert(suggestedEdits).values({ id: suggestionId, postId, suggestedBy: handleId, ...suggested })
      await record(tx, viewer, 'edit.suggested', { ...idsOf(post), suggestionId })
    }
    await endDraft(tx, viewer, 'suggestion', postId, input)
    return { suggestionId }
  })
}

/** A suggestion beside what stands there now, for its author, for whose words they are, and for moderators. */
export async function suggestionPage(viewer: Viewer, suggestionId: string) {
  const { post, suggestion, facts } = await foundSuggestion(viewer, suggestionId)
  const [current, thread, names] = await Promise.all([
    words(db, post.postId),
    foundThread(viewer, post.threadId),
    handlesShown([suggestion.suggestedBy, suggestion.decidedBy], { communityId: post.communityId }),
  ])
  const { id, reason, state, decidedAt, answer, createdAt } = suggestion
  const waiting = state === 'waiting'
  const stale = waiting && suggestion.ofVersion !== current.editCount
  return {
    ...placeOf(post),
    threadTitle: thread.title,
    suggestionId: id,
    ...{ reason, state, decidedAt, answer, createdAt, stale },
    by: names.get(suggestion.suggestedBy) ?? nobody,
    decidedBy: suggestion.decidedBy ? (names.get(suggestion.decidedBy) ?? nobody) : null,
    // What the question was asked to say is nothing that a suggestion changes.
    lines: waiting
      ? changedLines(asLines(current), asLines({ ...suggestion, details: current.details }))
      : changedLines('', asLines(suggestion)),
    may: { decide: waiting && can(viewer, 'edit.decide', facts), withdraw: waiting && can(viewer, 'edit.withdraw', facts) },
  }
}

/** The suggestion becomes the next version, by whoever suggested it; not over words that came meanwhile. */
export async function acceptSuggestion(viewer: Viewer, suggestionId: string) {
  return transaction(viewer, async (tx) => {
    const { post, suggestion } = await suggestionToSettle(tx, viewer, suggestionId, 'edit.decide')
    if (suggestion.state === 'accepted') return post
    const current = await words(tx, post.postId)
    if (suggestion.ofVersion !== current.editCount) throw new Conflict('thread.suggestionIsOld')
    const fresh = { title: suggestion.title ?? current.title ?? '', body: suggestion.markdown }
    const { mentioned } = await rewrite(tx, viewer, post, fresh, suggestion.suggestedBy, suggestion.reason)
    await keepMentions(tx, viewer, post, mentioned)
    await decided(tx, suggestionId, { state: 'accepted', decidedBy: writer(viewer).handleId })
    await record(tx, viewer, 'edit.accepted', { ...idsOf(post), suggestionId })
    return post
  })
}

export async function refuseSuggestion(viewer: Viewer, suggestionId: string, answer: string) {
  return transaction(viewer, async (tx) => {
    const { post, suggestion } = await suggestionToSettle(tx, viewer, suggestionId, 'edit.decide')
    if (suggestion.state === 'refused') return post
    await decided(tx, suggestionId, { state: 'refused', decidedBy: writer(viewer).handleId, answer })
    await record(tx, viewer, 'edit.refused', { ...idsOf(post), suggestionId })
    return post
  })
}

export async function withdrawSuggestion(viewer: Viewer, suggestionId: string) {
  return transaction(viewer, async (tx) => {
    const { post, suggestion } = await suggestionToSettle(tx, viewer, suggestionId, 'edit.withdraw')
    if (suggestion.state === 'withdrawn') return post
    await decided(tx, suggestionId, { state: 'withdrawn' })
    await record(tx, viewer, 'edit.withdrawn', { ...idsOf(post), suggestionId })
    return post
  })
}

async function foundSuggestion(viewer: Viewer, suggestionId: string, within?: Tx) {
  if (!isId(suggestionId)) throw new NotFound()
  const [named] = await (within ?? db)
    .select({ postId: suggestedEdits.postId })
    .from(suggestedEdits)
    .where(eq(suggestedEdits.id, suggestionId))
  if (!named) throw new NotFound()
  if (within) await holdThreadOf(within, named.postId)
  const post = await foundPost(viewer, named.postId, within)
  const query = (within ?? db).select().from(suggestedEdits).where(eq(suggestedEdits.id, suggestionId))
  const [suggestion] = within ? await query.for('update') : await query
  if (!suggestion) throw new NotFound()
  const facts = { ...post, suggestedBy: suggestion.suggestedBy }
  mustBeFound(viewer, 'edit.view', facts)
  return { post, suggestion, facts }
}

// Decided once: the same again changes nothing, another decision is told so.
async function suggestionToSettle(tx: Tx, viewer: Viewer, suggestionId: string, action: 'edit.decide' | 'edit.withdraw') {
  const found = await foundSuggestion(viewer, suggestionId, tx)
  authorize(viewer, action, found.facts, action === 'edit.decide' ? 'thread.notYoursToDecide' : undefined)
  const same = { 'edit.decide': ['waiting', 'accepted', 'refused'], 'edit.withdraw': ['waiting', 'withdrawn'] }[action]
  if (!same.includes(found.suggestion.state)) throw new Conflict('thread.suggestionDecided')
  return found
}

async function decided(tx: Tx, suggestionId: string, as: Partial<typeof suggestedEdits.$inferInsert>) {
  const settled = await tx
    .update(suggestedEdits)
    .set({ ...as, decidedAt: now() })
    .where(and(eq(suggestedEdits.id, suggestionId), eq(suggestedEdits.state, 'waiting')))
    .returning({ id: suggestedEdits.id })
  if (settled.length === 0) throw new Conflict('thread.suggestionDecided')
}

const waitingOf = (postId: string, handleId: string) =>
  and(eq(suggestedEdits.postId, postId), eq(suggestedEdits.suggestedBy, handleId), eq(suggestedEdits.state, 'waiting'))
const idsOf = ({ communityId, threadId, postId, vendorId }: KnownPost) => ({ communityId, threadId, postId, vendorId })
