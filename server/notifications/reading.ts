import { and, count, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { communities, notifications, posts, threadReads, threads } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { pokePeople } from '~/server/platform/realtime'
import { visibleTo } from '~/server/threads'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { tellNoMore } from './going-out'
import { MOST_COUNTED } from './rules'

/** How many lines of the inbox are unread, up to 100; what the viewer may no longer read does not count. */
export async function unreadCount(viewer: Viewer): Promise<number> {
  if (viewer.kind !== 'person') return 0
  return transaction(viewer, async (tx) => {
    const counted = tx
      .select({ id: notifications.id })
      .from(notifications)
      .leftJoin(posts, and(eq(notifications.objectKind, 'post'), eq(posts.id, notifications.objectId)))
      .leftJoin(threads, eq(threads.id, posts.threadId))
      .leftJoin(communities, eq(communities.id, threads.communityId))
      .where(
        and(
          eq(notifications.personId, viewer.personId),
          sql`${notifications.leads} and ${notifications.shown}`,
          isNull(notifications.readAt),
          sql`(${notifications.objectKind} <> 'post' or (${posts.hiddenByDecisionId} is null and ${visibleTo(viewer)}))`,
          // Row-level security ends the cases and contacts of whoever serves the vendor no more.
          sql`(${notifications.objectKind} <> 'case' or exists (select 1 from cases c where c.id = ${notifications.objectId}))`,
          sql`(${notifications.objectKind} <> 'contact' or exists (select 1 from contacts c where c.id = ${notifications.objectId}))`,
        ),
      )
      .limit(MOST_COUNTED)
      .as('unread')
    const [row] = await tx.select({ count: count() }).from(counted)
    return row?.count ?? 0
  })
}

export async function markAllRead(viewer: PersonViewer): Promise<void> {
  await read(viewer, sql`true`)
}

/** Whoever opens a thread has read what the inbox says about it, and no mail about it is needed any more. */
export async function markThreadRead(viewer: Viewer, threadId: string): Promise<void> {
  if (viewer.kind !== 'person') return
  const readAt = now()
  const visited = sql`with visited as (insert into ${threadReads} (person_id, thread_id, read_at) values (${viewer.personId}::uuid, ${threadId}::uuid, ${readAt.toISOString()}::timestamptz)
    on conflict (person_id, thread_id) do update set read_at = excluded.read_at),
    came as (insert into reading_days (person_id, day) values (${viewer.personId}::uuid, ${readAt.toISOString().slice(0, 10)}::date) on conflict do nothing)`
  await read(viewer, eq(notifications.threadId, threadId), visited)
}

/** Whoever opens a private case has read what the inbox says about it. */
export async function markCaseRead(viewer: PersonViewer, caseId: string): Promise<void> {
  await read(viewer, and(eq(notifications.objectKind, 'case'), eq(notifications.objectId, caseId)) as SQL)
}

/** One line of the inbox, with all that it joins. */
export async function markRead(viewer: PersonViewer, noticeId: string): Promise<void> {
  const { groupId } = await ownNotice(viewer, noticeId)
  await read(viewer, eq(notifications.groupId, groupId))
}

export async function ownNotice(viewer: PersonViewer, noticeId: string) {
  if (!isId(noticeId)) throw new NotFound()
  const own = and(eq(notifications.id, noticeId), eq(notifications.personId, viewer.personId))
  const [row] = await transaction(viewer, (tx) => tx.select().from(notifications).where(own))
  if (!row) throw new NotFound()
  return row
}

/** One statement, whatever else is written `with` it. */
async function read(viewer: PersonViewer, which: SQL, withThis: SQL = sql``) {
  const seen = await transaction(viewer, async (tx) => {
    const seen = await tx.execute<{ id: string }>(sql`${withThis} update ${notifications} set read_at = ${now().toISOString()}::timestamptz
      where ${and(eq(notifications.personId, viewer.personId), isNull(notifications.readAt), which)} returning id`)
    await tellNoMore(
      tx,
      seen.map((row) => row.id),
    )
    return seen
  })
  // Their other tabs count again.
  if (seen.length > 0) pokePeople([viewer.personId], 'notifications.read')
}
