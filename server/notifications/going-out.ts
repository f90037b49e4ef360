import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { notificationsWaiting, people } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { queueWritten } from '~/server/platform/mail'
import { systemViewer } from '~/server/viewer'
import { afterQuiet } from './quiet-hours'
import { queuePush } from './pushing'
import { PUSH_WAIT_SECONDS, WAIT_MINUTES } from './rules'
import { wishesOf } from './wanting'

const messenger = systemViewer('notifications')
/** Lines told in one go; the next minute takes the next. */
const AT_ONCE = 500
/** What is older than this when it is found out is for the inbox alone: nobody wants last week's mail. */
const STALE_HOURS = 24

export type Waiting = { notificationId: string; personId: string; groupId: string; channel: 'mail' | 'push' }

/** It waits, in case it is read on the site. */
export async function letWait(tx: Tx, waiting: Waiting[], occurredAt: Date) {
  if (waiting.length === 0 || now().getTime() - occurredAt.getTime() > STALE_HOURS * 3_600_000) return
  const waitsSeconds = { mail: WAIT_MINUTES * 60, push: PUSH_WAIT_SECONDS }
  const dueAt = (channel: Waiting['channel']) => new Date(occurredAt.getTime() + waitsSeconds[channel] * 1000)
  await tx
    .insert(notificationsWaiting)
    .values(waiting.map((it) => ({ ...it, dueAt: dueAt(it.channel) })))
    .onConflictDoNothing()
}

/** Every minute: lines whose time has come go out, each once; in somebody's quiet hours they wait for the morning. */
export async function tellWaiting(): Promise<void> {
  const due = await transaction(messenger, (tx) =>
    tx.execute<{ person_id: string; group_id: string; channel: Waiting['channel'] }>(sql`
      select person_id, group_id, channel from notifications_waiting where due_at <= ${now().toISOString()}::timestamptz
      group by person_id, group_id, channel order by min(due_at) limit ${AT_ONCE}`),
  )
  for (const { person_id: personId, group_id: groupId, channel } of due)
    await transaction(messenger, (tx) => tell(tx, { personId, groupId, channel }))
}

async function tell(tx: Tx, { personId, groupId, channel }: Omit<Waiting, 'notificationId'>) {
  const line = and(
    eq(notificationsWaiting.personId, personId),
    eq(notificationsWaiting.groupId, groupId),
    eq(notificationsWaiting.channel, channel),
  )
  const [[person], { settings }] = await Promise.all([
    tx.select({ timeZone: people.timeZone }).from(people).where(eq(people.id, personId)),
    wishesOf(tx, [personId]),
  ])
  const moment = now()
  const later = afterQuiet(settings(personId), person?.timeZone ?? 'UTC', moment)
  if (later > moment) return void (await tx.update(notificationsWaiting).set({ dueAt: later }).where(line))
  // Whoever deletes them tells them: two processes never both.
  const taken = await tx.delete(notificationsWaiting).where(line).returning({ id: notificationsWaiting.notificationId })
  if (taken.length === 0) return
  const ids = taken.map((row) => row.id)
  if (channel === 'push') return queuePush(tx, personId, groupId, ids)
  await queueWritten(tx, { writer: 'notification', about: { personId, ids }, personId })
}

/** Read on the site: nothing about it goes out. */
export async function tellNoMore(tx: Tx, notificationIds: string[]) {
  if (notificationIds.length > 0) await tx.delete(notificationsWaiting).where(inArray(notificationsWaiting.notificationId, notificationIds))
}
