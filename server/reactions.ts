import { weighIdea, weighMergedIdeas } from './ideas'
import { notifyWhoIsTold } from './notifications'
import type { Reactor } from './platform/outbox'
import { poke, recheckEverybody, recheckRooms } from './platform/realtime'
import { keepRelationship as keepRecords } from './relationships'
import { indexImported, indexThread } from './search'
import type { EventKind, Happened } from './events'

type Ids = { communityId?: string | null; threadId?: string | null; ofThreadId?: string; intoThreadId?: string; vendorId?: string | null; personId?: string; relationshipId?: string; subjectKind?: string }
type Reaction = (event: Happened) => Promise<void> | void

const ids = (event: Happened) => event.payload as Ids
const room = (kind: string, id: string | null | undefined, event: Happened) => id && poke(`${kind}:${id}`, event.kind)

const pokeThread: Reaction = (event) => void (room('thread', ids(event).threadId, event), room('community', ids(event).communityId, event))
const pokeDuplicates: Reaction = async (event) => {
  await pokeThread(event)
  room('thread', ids(event).ofThreadId, event)
}
/** Both threads, and the moderators of the room. */
const pokeMerged: Reaction = async (event) => {
  await pokeThread(event)
  room('thread', ids(event).intoThreadId, event)
  room('queue', ids(event).communityId, event)
}
const indexMerged: Reaction = async (event) => {
  await indexThread(event)
  await indexThread({ ...event, payload: { ...event.payload, threadId: ids(event).intoThreadId } } as Happened)
}
/** Those who serve the room. */
const pokeWaiting: Reaction = (event) => void (room('waiting', ids(event).communityId, event), room('thread', ids(event).threadId, event))
const pokeVendor: Reaction = (event) => void room('vendor', ids(event).vendorId, event)
const pokeQueue: Reaction = (event) =>
  void (ids(event).subjectKind === 'recommendation' ? poke('recommendation-queue:', event.kind) : room('queue', ids(event).communityId, event))
const pokeDecided: Reaction = async (event) => {
  await pokeThread(event)
  await pokeVendor(event)
  await pokeQueue(event)
}
/** Written first, poked after: an open page that reads again finds the entry. */
const keepRelationship: Reaction = async (event) => {
  for (const id of await keepRecords(event)) poke(`relationship:${id}`, event.kind)
}
const pokePerson: Reaction = (event) => void room('person', ids(event).personId, event)
const pokeRelationship: Reaction = (event) => void room('relationship', ids(event).relationshipId, event)
const recheck: Reaction = async (event) => {
  const { personId } = ids(event)
  if (personId) await recheckRooms(personId, event.kind)
}
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
  'factor.added':             { recheck },
  'factor.removed':           { recheck },
  'factor.required':          { recheck: recheckAll },
  'factor.unrequired':        { recheck: recheckAll },
  'community.imported':       { search: indexCommunity },
  'community.changed':        { live: pokeThread },
  'community.joined':         { timeline: keepRelationship },
  'community.left':           { timeline: keepRelationship, recheck },
  'membership.decided':       { notify: notifyWhoIsTold, recheck },
  'staff.dismissed':          { recheck },
  'moderator.dismissed':      { recheck },

  'question.asked':           { timeline: keepRelationship, search: indexThread, live: pokeThread },
  'question.answered':        { timeline: keepRelationship, search: indexThread, notify: notifyWhoIsTold, live: pokeThread },
  'idea.proposed':            { timeline: keepRelationship, search: indexThread, live: pokeThread },
  'idea.replied':             { timeline: keepRelationship, search: indexThread, notify: notifyWhoIsTold, trend: weighIdea, live: pokeThread },
  'idea.why-given':           { live: pokeThread },
  'idea.moved':               { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeThread },
  'idea.voted-on-behalf':     { timeline: keepRelationship, notify: notifyWhoIsTold, trend: weighIdea, live: pokeThread },
  'idea.vote-withdrawn':      { timeline: keepRelationship, trend: weighIdea, live: pokeThread },
  'post.commented':           { timeline: keepRelationship, notify: notifyWhoIsTold, trend: weighIdea, live: pokeThread },
  'person.mentioned':         { notify: notifyWhoIsTold },
  'post.edited':              { search: indexThread, live: pokeThread },
  'edit.suggested':           { notify: notifyWhoIsTold, live: pokeThread },
  'edit.withdrawn':           { live: pokeThread },
  'edit.accepted':            { search: indexThread, notify: notifyWhoIsTold, live: pokeThread },
  'edit.refused':             { notify: notifyWhoIsTold, live: pokeThread },
  'post.voted':               { trend: weighIdea, live: pokeThread },
  'answer.accepted':          { timeline: keepRelationship, search: indexThread, notify: notifyWhoIsTold, live: pokeThread },
  'answer.unaccepted':        { timeline: keepRelationship, search: indexThread, live: pokeThread },
  'answer.marked':            { search: indexThread, notify: notifyWhoIsTold, live: pokeThread },
  'answer.unmarked':          { search: indexThread, live: pokeThread },
  'answer.confirmed':         { notify: notifyWhoIsTold, live: pokeThread },
  'answer.unconfirmed':       { live: pokeThread },
  'asker.reminded':           { notify: notifyWhoIsTold },
  'thread.merge-proposed':    { live: pokeMerged },
  'thread.merge-declined':    { live: pokeMerged },
  'thread.merged':            { search: indexMerged, notify: notifyWhoIsTold, trend: weighMergedIdeas, live: pokeMerged },
  'thread.unmerged':          { search: indexMerged, notify: notifyWhoIsTold, trend: weighMergedIdeas, live: pokeMerged },
  'thread.marked-duplicate':  { notify: notifyWhoIsTold, live: pokeDuplicates },
  'thread.unmarked-duplicate': { live: pokeDuplicates },
  'thread.claimed':           { live: pokeWaiting },
  'thread.released':          { live: pokeWaiting },
  'thread.followed':          { timeline: keepRelationship },

  'recommendation.written':   { timeline: keepRelationship, live: pokeVendor },
  'recommendation.edited':    { timeline: keepRelationship, live: pokeVendor },
  'recommendation.withdrawn': { timeline: keepRelationship, live: pokeVendor },
  'recommendation.replied':   { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeVendor },

  'content.flagged':          { live: pokeQueue },
  'content.decided':          { search: indexThread, notify: notifyWhoIsTold, live: pokeDecided },
  'person.suspended':         { notify: notifyWhoIsTold, recheck },
  'person.unsuspended':       { notify: notifyWhoIsTold, recheck },

  'grant.given':              { timeline: keepRelationship, live: pokePerson },
  'grant.revoked':            { timeline: keepRelationship, live: pokePerson },
  'vault.read':               { timeline: keepRelationship, live: pokePerson },
  'vault.refused':            { timeline: keepRelationship, live: pokePerson },

  'relationship.noted':       { timeline: keepRelationship },
  'relationship.owner-named': { timeline: keepRelationship },
  'task.assigned':            { timeline: keepRelationship },
  'task.done':                { timeline: keepRelationship },
  'relationship.contested':   { timeline: keepRelationship },
  'relationship.answered':    { timeline: keepRelationship, notify: notifyWhoIsTold },
  'relationship.state-proposed':  { timeline: keepRelationship, notify: notifyWhoIsTold, live: pokeRelationship },
  'relationship.state-confirmed': { timeline: keepRelationship, live: pokeRelationship },
  'relationship.state-ended':     { timeline: keepRelationship, live: pokeRelationship },
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
