import { alertOwner } from './alerts'
import { keepReceipt, keepReceiptsUnder } from './receipts'
import { signEnding, signEndingsUnder } from './revocations'
import { refuseOthers } from './authorship'
import { weighIdea, weighMergedIdeas } from './ideas'
import { hideWhatIsFlagged, tellWhoAppealed, tellWhoReported } from './moderation'
import { notifyWhoIsTold } from './notifications'
import type { Reactor } from './platform/outbox'
import { poke, pokePeople, recheckEverybody, recheckRooms, tellWhereTheyAre } from './platform/realtime'
import { keepRelationship as keepRecords } from './relationships'
import { handOverBy } from './hand-offs'
import { proposeDuplicates } from './identity'
import { raiseLevel } from './insight'
import { indexCredited, indexErased, indexImported, indexThread } from './search'
import { settleReputation, weighTrustOf } from './standing'
import { endAllAfterTheft } from './delegates'
import type { EventKind, Happened } from './events'

type Ids = { communityId?: string | null; threadId?: string | null; ofThreadId?: string; intoThreadId?: string; standsInId?: string; vendorId?: string | null; personId?: string; relationshipId?: string; caseId?: string; subjectKind?: string }
type Reaction = (event: Happened) => Promise<void> | void

const ids = (event: Happened) => event.payload as Ids
type Room = [kind: string, id: string | null | undefined]
const pokeRooms = (event: Happened, ...rooms: Room[]) =>
  poke(
    rooms.flatMap(([kind, id]) => (id ? [`${kind}:${id}`] : [])),
    event,
  )
const threadRooms = (event: Happened): Room[] => [['thread', ids(event).threadId], ['community', ids(event).communityId]]

const pokeThread: Reaction = (event) => pokeRooms(event, ...threadRooms(event))
const pokeDuplicates: Reaction = (event) => pokeRooms(event, ...threadRooms(event), ['thread', ids(event).ofThreadId])
/** Both threads, and the moderators of the room. */
const pokeMerged: Reaction = (event) =>
  pokeRooms(event, ...threadRooms(event), ['thread', ids(event).intoThreadId], ['queue', ids(event).communityId])
const indexMerged: Reaction = async (event) => {
  await indexThread(event)
  await indexThread({ ...event, payload: { ...event.payload, threadId: ids(event).intoThreadId } } as Happened)
}
/** Those who serve the room, and those whose lists leave out what others see to. */
const pokeWaiting: Reaction = (event) => pokeRooms(event, ['waiting', ids(event).communityId], ...threadRooms(event))
/** The mark beside the recommendation, and the queue of those who decide. */
const pokeDisputed: Reaction = (event) => pokeRooms(event, ['vendor', ids(event).vendorId], ['recommendation-queue', 'all'])
/** That its author has shown something is for those who decide: the vendor does not hear it. */
const pokeIndependent: Reaction = (event) => pokeRooms(event, ['recommendation-queue', 'all'])
const pokeVendor: Reaction = (event) => pokeRooms(event, ['vendor', ids(event).vendorId])
const queueRooms = (event: Happened): Room[] => (ids(event).subjectKind === 'recommendation' ? [['recommendation-queue', 'all']] : [['queue', ids(event).communityId]])
const pokeQueue: Reaction = (event) => pokeRooms(event, ...queueRooms(event))
/** The moderators of the room. */
const pokeQueueOfRoom: Reaction = (event) => pokeRooms(event, ['queue', ids(event).communityId])
const pokeDecided: Reaction = (event) => pokeRooms(event, ...threadRooms(event), ['vendor', ids(event).vendorId], ...queueRooms(event))
/** Written first, poked after: an open page that reads again finds the entry. */
const keepRelationship: Reaction = async (event) => {
  await pokeRooms(event, ...(await keepRecords(event)).map((id): Room => ['relationship', id]))
}
const pokePerson: Reaction = (event) => void (ids(event).personId && pokePeople([ids(event).personId as string], event.kind))
const pokeRelationship: Reaction = (event) => pokeRooms(event, ['relationship', ids(event).relationshipId])
/** The two sides, and the lists of the vendor’s staff. */
const caseRooms = (event: Happened): Room[] => [['case', ids(event).caseId], ['cases', ids(event).vendorId]]
const pokeCase: Reaction = (event) => pokeRooms(event, ...caseRooms(event))
/** Who of the staff has it and what they note is nothing that its asker hears. */
const pokeCaseStaff: Reaction = (event) => pokeRooms(event, ['case-staff', ids(event).caseId], ['cases', ids(event).vendorId])
/** What the public question says of it changes too, where it stands. Nothing else of a case is heard there. */
const pokeCaseAndQuestion: Reaction = (event) => pokeRooms(event, ...caseRooms(event), ['thread', ids(event).standsInId ?? ids(event).threadId])
const pokeImport: Reaction = (event) => pokeRooms(event, ['imports', ids(event).vendorId])
const recheck: Reaction = async (event) => {
  const { personId } = ids(event)
  if (personId) await recheckRooms(personId, event.kind)
}
const lookAgain: Reaction = (event) => void (ids(event).personId && tellWhereTheyAre(ids(event).personId as string))
const recheckAll: Reaction = (event) => recheckEverybody(event.kind)
const indexCommunity: Reaction = async (event) => {
  const { communityId } = ids(event)
  if (communityId) await indexImported(communityId)
}

/** TABLE 4. What follows when it happens. The names on the left of each reaction are stored with its deliveries. */
// prettier-ignore
const reactions: Partial<Record<EventKind, Record<string, Reaction>>> = {
  'session.ended':            { recheck },
  'browser.met':              { notify: notifyWhoIsTold },
  'browser.disowned':         { delegates: endAllAfterTheft },
  'password.changed':         { delegates: endAllAfterTheft },
  'factor.added':             { recheck },
  'factor.removed':           { recheck },
  'factor.required':          { recheck: recheckAll },
  'factor.unrequired':        { recheck: recheckAll },
  'community.imported':       { search: indexCommunity },
  'community.changed':        { live: pokeThread },
  'community.joined':         { timeline: keepRelationship },
  'community.followed':       { timeline: keepRelationship },
  'community.left':           { timeline: keepRelationship, recheck },
  'membership.decided':       { notify: notifyWhoIsTold, recheck },
  'vendor.claimed':           { notify: notifyWhoIsTold, recheck },
  'staff.dismissed':          { recheck },
  'duty.offered':             { notify: notifyWhoIsTold, live: pokePerson },
  'moderator.dismissed':      { recheck },

  'person.erased':            { search: indexErased, recheck },
  'authorship.asked':         { live: pokeQueueOfRoom },
  'authorship.withdrawn':     { live: pokeQueueOfRoom },
  'authorship.decided':       { search: indexCredited, notify: notifyWhoIsTold, others: refuseOthers, live: pokeQueueOfRoom },
  'authorship.undone':        { search: indexCredited, notify: notifyWhoIsTold, live: pokeQueueOfRoom },

  'question.asked':           { timeline: keepRelationship, level: raiseLevel, search: indexThread, notify: notifyWhoIsTold, live: pokeThread },
  'question.answered':        { timeline: keepRelationship, level: raiseLevel, search: indexThread, notify: notifyWhoIsTold, live: pokeThread },
  'idea.proposed':            { timeline: keepRelationship, level: raiseLevel, search: indexThread, notify: notifyWhoIsTold, live: pokeThread },
  'idea.replied':             { timeline: keepRelationship, level: raiseLevel, search: indexThread, notify: notifyWhoIsTold, trend: weighIdea, live: pokeThread },
  'idea.why-given':           { live: pokeThread },
  'idea.moved':               { timeline: keepRelationship, notify: notifyWhoIsTold, reputation: settleReputation, live: pokeThread },
  'idea.voted-on-behalf':     { timeline: keepRelationship, notify: notifyWhoIsTold, trend: weighIdea, reputation: settleReputation, live: pokeThread },
  'idea.vote-withdrawn':      { timeline: keepRelationship, trend: weighIdea, reputation: settleReputation, live: pokeThread },
  'post.commented':           { timeline: keepRelationship, level: raiseLevel, notify: notifyWhoIsTold, trend: weighIdea, live: pokeThread },
  'post.held':                { notify: notifyWhoIsTold, live: pokeQueueOfRoom },
  'person.mentioned':         { notify: notifyWhoIsTold },
  'post.edited':              { search: indexThread, live: pokeThread },
  'edit.suggested':           { notify: notifyWhoIsTold, live: pokeThread },
  'edit.withdrawn':           { live: pokeThread },
  'edit.accepted':            { search: indexThread, notify: notifyWhoIsTold, reputation: settleReputation, live: pokeThread },
  'edit.refused':             { notify: notifyWhoIsTold, live: pokeThread },
  'post.voted':               { trend: weighIdea, reputation: settleReputation, live: pokeThread },
  'answer.accepted':          { timeline: keepRelationship, level: raiseLevel, search: indexThread, notify: notifyWhoIsTold, reputation: settleReputation, live: pokeThread },
  'answer.unaccepted':        { timeline: keepRelationship, search: indexThread, reputation: settleReputation, live: pokeThread },
  'answer.marked':            { search: indexThread, notify: notifyWhoIsTold, reputation: settleReputation, live: pokeThread },
  'answer.unmarked':          { search: indexThread, reputation: settleReputation, live: pokeThread },
  'answer.confirmed':         { notify: notifyWhoIsTold, reputation: settleReputation, live: pokeThread },
  'answer.unconfirmed':       { reputation: settleReputation, live: pokeThread },
  'asker.reminded':           { notify: notifyWhoIsTold },
  'thread.merge-proposed':    { live: pokeMerged },
  'thread.merge-declined':    { live: pokeMerged },
  'thread.merged':            { search: indexMerged, notify: notifyWhoIsTold, trend: weighMergedIdeas, reputation: settleReputation, live: pokeMerged },
  'thread.unmerged':          { search: indexMerged, notify: notifyWhoIsTold, trend: weighMergedIdeas, reputation: settleReputation, live: pokeMerged },
  'thread.marked-duplicate':  { notify: notifyWhoIsTold, live: pokeDuplicates },
  'thread.unmarked-duplicate': { live: pokeDuplicates },
  'thread.claimed':           { live: pokeWaiting },
  'thread.released':          { live: pokeWaiting },
  'poll.made':                { live: pokeThread },
  'poll.voted':               { live: pokeThread },
  'thread.followed':          { timeline: keepRelationship },

  'case.opened':              { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeCaseAndQuestion },
  'case.continued':           { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeCaseAndQuestion },
  'case.messaged':            { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeCase },
  'case.noted':               { timeline: keepRelationship, live: pokeCaseStaff },
  'clock.warned':             { notify: notifyWhoIsTold, live: pokeCaseStaff },
  'clock.missed':             { notify: notifyWhoIsTold, live: pokeCase },
  'case.taken':               { live: pokeCaseStaff },
  'case.let-go':              { live: pokeCaseStaff },
  'case.closed':              { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeCase },
  'case.reopened':            { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeCase },
  'case.answer-proposed':     { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeCase },
  'case.answer-withdrawn':    { live: pokeCase },
  'case.answer-declined':     { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeCase },
  'case.answer-published':    { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeCaseAndQuestion },
  'case.linked':              { timeline: keepRelationship, live: pokeCase },

  'presence.chosen':          { live: lookAgain },
  'person.blocked':           { live: lookAgain },
  'person.unblocked':         { live: lookAgain },
  'votes.voided':             { reputation: settleReputation },
  'votes.counted-again':      { reputation: settleReputation },

  'recommendation.written':   { timeline: keepRelationship, live: pokeVendor },
  'recommendation.edited':    { timeline: keepRelationship, live: pokeVendor },
  'recommendation.withdrawn': { timeline: keepRelationship, live: pokeVendor },
  'recommendation.replied':   { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeVendor },
  'recommendation.reply-edited': { live: pokeVendor },
  'recommendation.confirmed': { timeline: keepRelationship, live: pokeVendor },
  'recommendation.asked-again': { notify: notifyWhoIsTold },
  'recommendation.disputed':  { notify: notifyWhoIsTold, live: pokeDisputed },
  'dispute.answered':         { live: pokeIndependent },
  'evidence.shown':           { live: pokeIndependent },
  'evidence.decided':         { notify: notifyWhoIsTold, live: pokeDisputed },
  'dispute.ended':            { notify: notifyWhoIsTold, live: pokeDisputed },
  'recommendation.tie-found': { notify: notifyWhoIsTold, live: pokeVendor },

  'customers.drawn':          { notify: notifyWhoIsTold },

  'reference.asked':          { notify: notifyWhoIsTold },
  'reference.accepted':       { notify: notifyWhoIsTold },
  'reference.declined':       { notify: notifyWhoIsTold },

  'content.flagged':          { hide: hideWhatIsFlagged, live: pokeQueue },
  'content.decided':          { search: indexThread, notify: notifyWhoIsTold, reputation: settleReputation, live: pokeDecided },
  'flags.settled':            { notify: notifyWhoIsTold, reporters: tellWhoReported },
  'item.claimed':             { live: pokeQueue },
  'item.released':            { live: pokeQueue },
  'item.noted':               { live: pokeQueue },
  'appeal.written':           { live: pokeQueue },
  'appeal.decided':           { notify: notifyWhoIsTold, outside: tellWhoAppealed, live: pokeQueue },
  'person.warned':            { notify: notifyWhoIsTold },
  'person.unwarned':          { notify: notifyWhoIsTold },
  'person.silenced':          { notify: notifyWhoIsTold, recheck },
  'person.unsilenced':        { notify: notifyWhoIsTold, recheck },
  'person.suspended':         { notify: notifyWhoIsTold, trust: weighTrustOf, recheck },
  'person.unsuspended':       { notify: notifyWhoIsTold, trust: weighTrustOf, recheck },
  'reporter.warned':          { notify: notifyWhoIsTold },
  'reporter.discounted':      { notify: notifyWhoIsTold },
  'reporter.trusted':         { notify: notifyWhoIsTold },

  'customer.attested':        { live: pokePerson },
  'attestation.revoked':      { live: pokePerson },

  'terms.waiting':            { live: pokePerson },
  'terms.accepted':           { live: pokePerson },
  'terms.refused':            { live: pokePerson },
  'terms.expired':            { live: pokePerson },
  'terms.ended':              { receipt: keepReceiptsUnder, sign: signEndingsUnder, live: pokePerson },

  'grant.given':              { timeline: keepRelationship, receipt: keepReceipt, live: pokePerson },
  'grant.revoked':            { timeline: keepRelationship, receipt: keepReceipt, sign: signEnding, notify: notifyWhoIsTold, live: pokePerson },
  'grant.expired':            { timeline: keepRelationship, receipt: keepReceipt, sign: signEnding, notify: notifyWhoIsTold, live: pokePerson },
  'field.corrected':          { notify: notifyWhoIsTold },
  'correction.recorded':      { notify: notifyWhoIsTold, live: pokePerson },
  'deletion.recorded':        { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokePerson },
  'grant.asked':              { notify: notifyWhoIsTold, live: pokePerson },
  'grant.answered':           { live: pokePerson },
  'vault.read':               { timeline: keepRelationship, alert: alertOwner, live: pokePerson },
  'vault.read-often':         { alert: alertOwner },
  'vault.refused':            { timeline: keepRelationship, alert: alertOwner, live: pokePerson },
  'vault.grown-old':          { notify: notifyWhoIsTold },
  'reading.alerted':          { notify: notifyWhoIsTold },
  'wish.made':                { notify: notifyWhoIsTold, live: pokePerson },
  'wish.decided':             { live: pokePerson },
  'export.made':              { live: pokePerson },
  'delegate.ended':           { live: pokePerson },

  'relationship.noted':       { timeline: keepRelationship },
  'relationship.owner-named': { timeline: keepRelationship },
  'hand-off.started':         { timeline: keepRelationship, notify: notifyWhoIsTold },
  'hand-off.accepted':        { timeline: keepRelationship, notify: notifyWhoIsTold },
  'hand-off.returned':        { timeline: keepRelationship, notify: notifyWhoIsTold },
  'hand-off.withdrawn':       { timeline: keepRelationship, notify: notifyWhoIsTold },
  'hand-off.warned':          { notify: notifyWhoIsTold },
  'hand-off.missed':          { notify: notifyWhoIsTold },
  'meeting.logged':           { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeRelationship },
  'task.assigned':            { timeline: keepRelationship },
  'task.done':                { timeline: keepRelationship },
  'field.questioned':         { timeline: keepRelationship, notify: notifyWhoIsTold },
  'relationship.contested':   { timeline: keepRelationship, notify: notifyWhoIsTold },
  'field.passed-on':          { notify: notifyWhoIsTold },
  'relationship.answered':    { timeline: keepRelationship, notify: notifyWhoIsTold },
  'relationship.state-proposed':  { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeRelationship },
  'relationship.state-confirmed': { timeline: keepRelationship, trust: weighTrustOf, live: pokeRelationship },
  'relationship.state-ended':     { timeline: keepRelationship, trust: weighTrustOf, live: pokeRelationship },

  'import.brought':               { live: pokeImport },
  'opportunity.opened':           { handOff: handOverBy },
  'contract.signed':              { handOff: handOverBy },
  'plan.invited':                 { notify: notifyWhoIsTold },
  'contact.kept':                 { duplicates: proposeDuplicates },
  'contact.key-added':            { duplicates: proposeDuplicates },
  'contact.key-removed':          { duplicates: proposeDuplicates },
  'contact.work-kept':            { duplicates: proposeDuplicates },
  'contact.corrected':            { duplicates: proposeDuplicates, notify: notifyWhoIsTold },
  'contact.linked':               { notify: notifyWhoIsTold },
  'contact.merged':               { duplicates: proposeDuplicates },
  'contact.unmerged':             { duplicates: proposeDuplicates },
  'level.fell':                   { notify: notifyWhoIsTold },
  'account.task-asked':           { notify: notifyWhoIsTold },
  'account.kept':                 { duplicates: proposeDuplicates },
  'account.changed':              { duplicates: proposeDuplicates },
  'organization.merged':          { duplicates: proposeDuplicates },
  'organization.unmerged':        { duplicates: proposeDuplicates },
}

export const reactor: Reactor = {
  reactionsTo: (kind) => Object.keys(reactions[kind as EventKind] ?? {}),
  react: async (name, event) => {
    await reactions[event.kind as EventKind]?.[name]?.(event as Happened)
  },
  // A thread is indexed as it stands, whatever happened to it.
  brings: (name, event) => (reactions[event.kind as EventKind]?.[name] === indexThread ? `search:${String(event.payload.threadId)}` : null),
}

export function reactionTable(): [string, string[]][] {
  return Object.entries(reactions).map(([kind, names]) => [kind, Object.keys(names)])
}
