import { and, count, desc, eq, inArray, ne } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { pushDevices } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { env } from '~/server/platform/env'
import { mayBeAsked } from '~/server/platform/outgoing'
import { authorize } from '~/server/policy'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import type { DeviceInput } from './input'

const MOST_DEVICES = 10

/** This browser takes messages from now on, for as long as it stays signed in. The same browser again is the same device. */
export async function addDevice(viewer: PersonViewer, { endpoint, p256dh, auth }: DeviceInput, device: string): Promise<void> {
  authorize(viewer, 'device.manage', null)
  const { personId, sessionId } = viewer
  await countAgainst('add-device', personId)
  if (!env.PARLEY_PUSH_INSIDE && !mayBeAsked(endpoint)) throw new Invalid({ endpoint: 'notUrl' })
  // Whoever sat at this browser before hears nothing through it any more.
  await transaction(systemViewer('devices'), (tx) =>
    tx.delete(pushDevices).where(and(eq(pushDevices.endpoint, endpoint), ne(pushDevices.personId, personId))),
  )
  await transaction(viewer, async (tx) => {
    const [known] = await tx.select({ id: pushDevices.id }).from(pushDevices).where(eq(pushDevices.endpoint, endpoint))
    const [many] = await tx.select({ count: count() }).from(pushDevices).where(eq(pushDevices.personId, personId))
    if (!known && (many?.count ?? 0) >= MOST_DEVICES) throw new Invalid({ form: 'devices.tooMany' })
    const kept = { sessionId, p256dh, auth, device: device.slice(0, 200) }
    await tx
      .insert(pushDevices)
      .values({ id: newId(), personId, endpoint, ...kept, createdAt: now() })
      .onConflictDoUpdate({ target: pushDevices.endpoint, set: kept })
    if (!known) await record(tx, viewer, 'device.added', { personId })
  })
}

export async function removeDevice(viewer: PersonViewer, deviceId: string): Promise<void> {
  authorize(viewer, 'device.manage', null)
  if (!isId(deviceId)) throw new NotFound()
  const { personId } = viewer
  await transaction(viewer, async (tx) => {
    const gone = await tx
      .delete(pushDevices)
      .where(and(eq(pushDevices.id, deviceId), eq(pushDevices.personId, personId)))
      .returning({ id: pushDevices.id })
    if (gone.length > 0) await record(tx, viewer, 'device.removed', { personId })
  })
}

/** One's own, newest first; where they take messages is nobody's to read. */
export async function devicesOf(tx: Tx, { personId, sessionId }: PersonViewer) {
  const rows = await tx.select().from(pushDevices).where(eq(pushDevices.personId, personId)).orderBy(desc(pushDevices.createdAt))
  return rows.map(({ id, device, createdAt, sessionId: of }) => ({ id, device, createdAt, thisOne: of === sessionId }))
}

export async function whoHasDevices(tx: Tx, personIds: string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set()
  const rows = await tx.selectDistinct({ personId: pushDevices.personId }).from(pushDevices).where(inArray(pushDevices.personId, personIds))
  return new Set(rows.map(({ personId }) => personId))
}
