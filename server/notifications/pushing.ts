import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { communities, pushDevices, threads } from '~/db/schema'
import { handlesShown, viewerOf } from '~/server/accounts'
import { addJob, type Task } from '~/server/platform/jobs'
import { log } from '~/server/platform/log'
import { plainly } from '~/server/platform/manner'
import { OutgoingRefused } from '~/server/platform/outgoing'
import { push } from '~/server/platform/web-push'
import { systemViewer } from '~/server/viewer'
import { say } from '~/words'
import { mailName, nameWithSeat, whatHappened } from './mail-words'
import { stillToTell, type Notification } from './readers'

const messenger = systemViewer('notifications')
const MOST_ATTEMPTS = 5
const LONGEST_TITLE = 120

/** One job a device, so that one that is away does not make the others hear it twice. */
export async function queuePush(tx: Tx, personId: string, groupId: string, ids: string[]): Promise<void> {
  const devices = await tx.select({ id: pushDevices.id }).from(pushDevices).where(eq(pushDevices.personId, personId))
  for (const { id } of devices) await addJob(tx, 'send-push', { deviceId: id, groupId, ids }, { maxAttempts: MOST_ATTEMPTS })
}

/** The job `send-push`: written at the last moment, after the policy and the person's wishes were asked again. */
export const sendPush: Task = async (payload) => {
  const { deviceId, groupId, ids } = payload as { deviceId: string; groupId: string; ids: string[] }
  const [device] = await transaction(messenger, (tx) => tx.select().from(pushDevices).where(eq(pushDevices.id, deviceId)))
  const viewer = device && (await viewerOf(device.personId))
  if (!device || !viewer) return
  const rows = await stillToTell(viewer, ids, 'push')
  const last = rows.at(-1)
  if (!last) return
  const topic = topicOf(deviceId, last.threadId ?? groupId)
  const words = await plainly(() => wordsOf(last, rows), viewer.timeZone)
  const answer = await push(device, { ...words, tag: topic }, topic).catch((error: unknown) => {
    if (error instanceof OutgoingRefused) return 'gone' as const
    throw error
  })
  if (answer === 'later') throw new Error('the push service is busy')
  if (answer === 'refused') log.warn({ deviceId }, 'a push was refused')
  if (answer === 'gone') await transaction(messenger, (tx) => tx.delete(pushDevices).where(eq(pushDevices.id, deviceId)))
}

export const pushTasks = { 'send-push': sendPush }

/**
 * What is newer of one thread takes the place of what waits or is shown. It differs between devices, so that no push service learns
 * who follows the same thread. They take 32 letters of it.
 */
function topicOf(deviceId: string, id: string): string {
  return createHash('sha256').update(`${deviceId} ${id}`).digest('base64url').slice(0, 32)
}

/** Who did what and where; of a room that is not open to all only that there is something new. Never a word of what was written. */
async function wordsOf(row: Notification, rows: Notification[]): Promise<{ title: string; body: string; url: string }> {
  const room = row.threadId ? await roomOf(row.threadId) : null
  const names = await handlesShown([row.actorHandleId], { communityId: room?.communityId ?? null })
  const who = row.actorHandleId ? names.get(row.actorHandleId) : undefined
  const happened = whatHappened(row.kind, row.why, who ? nameWithSeat(who) : say('notifications.somebody'))
  const more = rows.length > 1 ? say('notifications.push.more', { count: rows.length - 1 }) : ''
  if (!room) return { title: happened, body: more, url: `/me/notifications/${row.id}` }
  const url = `/c/${room.slug}/${room.number}?post=${row.objectId}`
  if (room.access !== 'open') return { title: say('notifications.mail.private', { room: mailName(room.name) }), body: more, url }
  return { title: happened, body: [cut(room.title), more].filter(Boolean).join(' · '), url }
}

function cut(title: string): string {
  const points = [...title]
  return points.length <= LONGEST_TITLE ? title : `${points.slice(0, LONGEST_TITLE).join('')}…`
}

async function roomOf(threadId: string) {
  const [room] = await db
    .select({
      ...{ title: threads.title, number: threads.number, slug: communities.slug },
      ...{ name: communities.name, access: communities.access, communityId: communities.id },
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(eq(threads.id, threadId))
  return room ?? null
}
