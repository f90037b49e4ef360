import { eq, sql, type SQL } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { posts } from '~/db/schema'
import type { Happened } from '~/server/events'
import { pokePeople } from '~/server/platform/realtime'
import { systemViewer } from '~/server/viewer'
import { whoHasDevices } from './devices'
import { letWait } from './going-out'
import { tellingOf, whoIsTold, type Telling, type Told } from './recipients'
import { GROUP_MINUTES, JOINING_IN_CASES, JOINING_KINDS } from './rules'
import { topicOf, type Channel } from './topics'
import { wishesOf } from './wanting'

/** As many rows as one statement carries comfortably. */
const BATCH = 1000
/** Decisions are told without the name of the one who made them. */
const UNSIGNED = new Set(['decision', 'community', 'imported', 'invitation'])

/** May run twice: a person hears of an event once. */
export async function notifyWhoIsTold(event: Happened): Promise<void> {
  const telling = tellingOf(event)
  if (!telling) return
  const hearing = await transaction(systemViewer('notifications'), async (tx) => {
    const threadId = await threadOf(tx, telling)
    // Two events of one thread or case at the same moment join one line, not two.
    const together = telling.objectKind === 'case' ? telling.objectId : threadId
    if (together) await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`notify:${together}`}))`)
    const told = await whoIsTold(tx, event, telling)
    const heard: string[] = []
    for (let from = 0; from < told.length; from += BATCH)
      heard.push(...(await write(tx, event, telling, threadId, told.slice(from, from + BATCH))))
    return heard
  })
  pokePeople(hearing, 'person.notified')
}

async function threadOf(tx: Tx, { objectKind, objectId }: Telling): Promise<string | null> {
  if (objectKind !== 'post') return null
  const [post] = await tx.select({ threadId: posts.threadId }).from(posts).where(eq(posts.id, objectId))
  return post?.threadId ?? null
}

/** Which unread lines an event joins. */
function linesJoinedBy({ kind, objectKind, objectId }: Telling, threadId: string | null): SQL {
  if (threadId && JOINING_KINDS.includes(kind)) return sql`n.thread_id = ${threadId}::uuid and n.kind in ${JOINING_KINDS}`
  if (objectKind === 'case' && JOINING_IN_CASES.includes(kind))
    return sql`n.object_kind = 'case' and n.object_id = ${objectId}::uuid and n.kind in ${JOINING_IN_CASES}`
  return sql`false`
}

/** Writes one row a person, as the new head of an unread line about the same thread or case where there is one. Returns whose counter moves. */
async function write(tx: Tx, event: Happened, telling: Telling, threadId: string | null, told: Told[]): Promise<string[]> {
  const { kind, objectKind, objectId } = telling
  const { wants } = await wishesOf(
    tx,
    told.map((it) => it.personId),
  )
  const wanted = (personId: string, why: string, channel: Channel) => wants(personId, topicOf(kind, why), channel)
  const rows = told.map(({ personId, why }) => ({ id: newId(), person_id: personId, why, shown: wanted(personId, why, 'inbox') }))
  const actor = UNSIGNED.has(objectKind) ? null : event.actorHandleId
  const at = sql`${event.occurredAt.toISOString()}::timestamptz`
  const fresh = await tx.execute<{ id: string; person_id: string; group_id: string; why: string; shown: boolean }>(sql`
    with told as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as it(id uuid, person_id uuid, why text, shown boolean)),
      open as (select distinct on (n.person_id) n.person_id, n.group_id from notifications n join told on told.person_id = n.person_id
        where ${linesJoinedBy(telling, threadId)} and n.leads and n.shown = told.shown and n.read_at is null
          and n.created_at between ${at} - make_interval(mins => ${GROUP_MINUTES}) and ${at} + make_interval(mins => ${GROUP_MINUTES})
        order by n.person_id, n.created_at desc),
      fresh as (insert into notifications (id, person_id, interaction_id, kind, why, actor_handle_id, object_kind, object_id, thread_id, group_id, shown, created_at)
        select told.id, told.person_id, ${event.id}::uuid, ${kind}, told.why, ${actor}::uuid, ${objectKind}, ${objectId}::uuid, ${threadId}::uuid,
          coalesce(open.group_id, told.id), told.shown, ${at}
        from told left join open on open.person_id = told.person_id
        on conflict do nothing returning id, person_id, group_id, why, shown),
      before as (update notifications n set leads = false from fresh
        where n.group_id = fresh.group_id and n.person_id = fresh.person_id and n.id <> fresh.id and n.leads returning n.id)
    select id, person_id, group_id, why, shown from fresh`)
  const devices = await whoHasDevices(
    tx,
    fresh.map((row) => row.person_id),
  )
  const goesBy = (row: (typeof fresh)[number], channel: 'mail' | 'push') =>
    wanted(row.person_id, row.why, channel) && (channel === 'mail' || devices.has(row.person_id))
  const waiting = (['mail', 'push'] as const).flatMap((channel) =>
    fresh
      .filter((row) => goesBy(row, channel))
      .map((row) => ({ notificationId: row.id, personId: row.person_id, groupId: row.group_id, channel })),
  )
  await letWait(tx, waiting, event.occurredAt)
  return fresh.filter((row) => row.shown).map((row) => row.person_id)
}
