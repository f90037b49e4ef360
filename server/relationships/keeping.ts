import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { relationships, timelineEntries } from '~/db/schema'
import type { EventKind, Happened } from '~/server/events'
import { systemViewer } from '~/server/viewer'

type Side = 'theirs' | 'ours' | 'independent'
type Payload = Partial<
  Record<
    | 'vendorId'
    | 'communityId'
    | 'threadId'
    | 'postId'
    | 'parentId'
    | 'personId'
    | 'handleId'
    | 'recommendationId'
    | 'grantId'
    | 'taskId'
    | 'meetingId'
    | 'contestId'
    | 'stateId'
    | 'relationshipId',
    string | null
  >
>

/** Whose record an event belongs to, besides that of the member who acted. Staff who act leave a line on the other side's record. */
const CONCERNS: Partial<Record<EventKind, 'asker' | 'parent' | 'answerer' | 'recommender' | 'handle' | 'person'>> = {
  'community.joined':             'person',
  'community.left':               'person',
  'question.answered':            'asker',
  'idea.replied':                 'asker',
  'idea.moved':                   'asker',
  'idea.voted-on-behalf':         'handle',
  'idea.vote-withdrawn':          'handle',
  'post.commented':               'parent',
  'answer.accepted':              'answerer',
  'recommendation.replied':       'recommender',
  'grant.given':                  'handle',
  'grant.revoked':                'handle',
  'grant.expired':                'handle',
  'deletion.recorded':            'handle',
  'vault.read':                   'handle',
  'vault.refused':                'handle',
  'case.opened':                  'handle',
  'case.continued':               'handle',
  'case.messaged':                'handle',
  'case.noted':                   'handle',
  'case.closed':                  'handle',
  'case.reopened':                'handle',
  'case.answer-proposed':         'handle',
  'case.answer-declined':         'handle',
  'case.answer-published':        'handle',
  'case.linked':                  'handle',
  'relationship.noted':           'handle',
  'meeting.logged':               'handle',
  'relationship.owner-named':     'handle',
  'hand-off.started':             'handle',
  'hand-off.accepted':            'handle',
  'hand-off.returned':            'handle',
  'hand-off.withdrawn':           'handle',
  'task.assigned':                'handle',
  'task.done':                    'handle',
  'relationship.contested':       'handle',
  'field.questioned':             'handle',
  'relationship.answered':        'handle',
  'relationship.state-proposed':  'handle',
  'relationship.state-confirmed': 'handle',
  'relationship.state-ended':     'handle',
} // prettier-ignore

/** What the vendor looked up or wrote down is no touch: it does not move the record up the list. */
const NO_TOUCH = new Set<EventKind>([
  'vault.read',
  'vault.refused',
  'case.noted',
  'relationship.noted',
  'relationship.owner-named',
  'hand-off.started',
  'hand-off.accepted',
  'hand-off.returned',
  'hand-off.withdrawn',
  'task.assigned',
  'task.done',
])

/**
 * Writes an event that concerns a vendor to the records it belongs to, each under one handle. Safe to repeat: an entry's key is its
 * record, its moment and its event. Returns the ids of those records.
 */
export async function keepRelationship(event: Happened): Promise<string[]> {
  const payload = event.payload as Payload
  // What was written without a name is tied to nobody, the least of all on the record of the vendor that it is about.
  if ((event.payload as { signedKind?: string }).signedKind === 'unnamed') return []
  return transaction(systemViewer('timeline'), async (tx) => {
    const scene = await sceneOf(tx, event, payload)
    if (!scene) return []
    const kept: string[] = []
    for (const { handleId, side } of recordsFor(event, scene)) {
      const relationshipId = await touch(tx, scene.vendorId, handleId, event)
      await tx
        .insert(timelineEntries)
        .values({
          relationshipId,
          occurredAt: event.occurredAt,
          interactionId: event.id,
          kind: event.kind,
          side,
          actorHandleId: event.actorHandleId,
          ...objectOf(payload),
        })
        .onConflictDoNothing()
      kept.push(relationshipId)
    }
    return kept
  })
}

type Party = { handleId: string; staff: boolean }
type Scene = { vendorId: string; actor: Party | null; other: Party | null }

/** Who acted, whom else it concerns, and for which vendor; null where it concerns none, or happened in a closed room that is not the vendor's. */
async function sceneOf(tx: Tx, event: Happened, payload: Payload): Promise<Scene | null> {
  const at = sql`${event.occurredAt.toISOString()}::timestamptz`
  const post = event.kind === 'post.commented' ? (payload.parentId ?? null) : (payload.postId ?? null)
  const [row] = await tx.execute<{
    vendor_id: string | null
    closed: boolean
    actor: string | null
    actor_staff: boolean
    other: string | null
    other_staff: boolean
  }>(sql`
    with place as (
      select coalesce(${payload.vendorId ?? null}::uuid, c.host_vendor_id, tp.vendor_id, cp.vendor_id) as vendor_id,
        c.access <> 'open' as not_open, c.host_vendor_id, ${otherSide(event.kind, payload, post)} as other
      from (select 1) one
        left join threads t on t.id = ${payload.threadId ?? null}::uuid
        left join communities c on c.id = coalesce(${payload.communityId ?? null}::uuid, t.community_id)
        left join products tp on tp.id = t.product_id
        left join products cp on cp.id = c.product_id)
    select place.vendor_id, coalesce(place.not_open and place.host_vendor_id is distinct from place.vendor_id, false) as closed,
      a.id as actor, ${servedThen(sql`a.person_id`, at)} as actor_staff, o.id as other, ${servedThen(sql`o.person_id`, at)} as other_staff
    from place left join handles a on a.id = ${event.actorHandleId}::uuid and a.kind = 'member'
      left join handles o on o.id = place.other and o.kind = 'member'`)
  if (!row?.vendor_id || row.closed) return null
  return {
    vendorId: row.vendor_id,
    actor: row.actor ? { handleId: row.actor, staff: row.actor_staff } : null,
    other: row.other ? { handleId: row.other, staff: row.other_staff } : null,
  }
}

function servedThen(personId: ReturnType<typeof sql>, at: ReturnType<typeof sql>) {
  return sql`exists (select 1 from vendor_staff s where s.person_id = ${personId} and s.vendor_id = place.vendor_id
    and (s.started_at <= ${at} or s.ended_at is null) and (s.ended_at is null or s.ended_at > ${at}))`
}

function otherSide(kind: EventKind, payload: Payload, post: string | null) {
  switch (CONCERNS[kind]) {
    case 'asker':
      return sql`t.handle_id`
    case 'parent':
    case 'answerer':
      return sql`(select handle_id from posts where id = ${post}::uuid)`
    case 'recommender':
      return sql`(select handle_id from recommendations where id = ${payload.recommendationId ?? null}::uuid)`
    case 'handle':
      return sql`${payload.handleId ?? null}::uuid`
    case 'person':
      return sql`coalesce((select m.handle_id from memberships m where m.community_id = c.id and m.person_id = ${payload.personId ?? null}::uuid),
        (select h.id from handles h where h.person_id = ${payload.personId ?? null}::uuid order by h.created_at limit 1))`
    default:
      return sql`null::uuid`
  }
}

/**
 * A member's act stands on the member's own record, as theirs. An act of the vendor's staff stands on the record of the member it
 * was for, as ours. What others did to a member (a moderator let them in, an asker accepted their answer) stands on that member's.
 * Staff have no record with their own vendor.
 */
function recordsFor(event: Happened, { actor, other }: Scene): { handleId: string; side: Side }[] {
  const records = new Map<string, Side>()
  const own = CONCERNS[event.kind] === 'handle' || CONCERNS[event.kind] === 'person'
  if (actor && !actor.staff && (!own || other?.handleId === actor.handleId)) records.set(actor.handleId, 'theirs')
  if (other && !other.staff && other.handleId !== actor?.handleId) {
    if (actor?.staff) records.set(other.handleId, 'ours')
    else if (own || event.kind === 'answer.accepted') records.set(other.handleId, 'independent')
  }
  return [...records].map(([handleId, side]) => ({ handleId, side }))
}

async function touch(tx: Tx, vendorId: string, handleId: string, event: Happened): Promise<string> {
  const moved = NO_TOUCH.has(event.kind) ? sql`${relationships.lastAt}` : sql`greatest(${relationships.lastAt}, excluded.last_at)`
  const [row] = await tx
    .insert(relationships)
    .values({
      id: newId(),
      vendorId,
      handleId,
      ownerId: sql`(select default_owner_id from vendors where id = ${vendorId}::uuid)`,
      since: event.occurredAt,
      lastAt: event.occurredAt,
    })
    .onConflictDoUpdate({
      target: [relationships.vendorId, relationships.handleId],
      set: { lastAt: moved, since: sql`least(${relationships.since}, excluded.since)` },
    })
    .returning({ id: relationships.id })
  if (!row) throw new Error('A relationship was neither made nor found')
  return row.id
}

function objectOf(payload: Payload): { objectKind: string; objectId: string } | { objectKind: null; objectId: null } {
  const kinds = {
    meetingId: 'meeting',
    taskId: 'task',
    contestId: 'contest',
    stateId: 'state',
    grantId: 'grant',
    recommendationId: 'recommendation',
    threadId: 'thread',
    communityId: 'community',
  } as const
  for (const [field, objectKind] of Object.entries(kinds)) {
    const objectId = payload[field as keyof typeof kinds]
    if (objectId) return { objectKind, objectId }
  }
  return { objectKind: null, objectId: null }
}
