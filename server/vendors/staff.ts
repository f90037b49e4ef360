import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { portalModerators, vendors, vendorStaff } from '~/db/schema'
import { personByHandle } from '~/server/accounts'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { lockedVendor } from './facts'
import type { StaffHandleInput, StaffInput } from './input'

/** A dated row a role. The first of a vendor owns its relationships until another is named. */
export async function appointStaff(viewer: Viewer, vendorSlug: string, { handle, role, askAbout = '' }: StaffInput) {
  return transaction(viewer, async (tx) => {
    const { vendorId, defaultOwnerId } = await lockedVendor(tx, vendorSlug)
    authorize(viewer, 'staff.appoint', null)
    const { personId } = await named(handle, tx)
    if (await judgesRecommendations(personId, tx)) throw new Invalid({ handle: 'staff.moderator' })
    const again = await tx
      .update(vendorStaff)
      .set({ askAbout })
      .where(and(servesNow(vendorId, personId), eq(vendorStaff.role, role)))
      .returning({ id: vendorStaff.id })
    if (again.length > 0) return
    await tx.insert(vendorStaff).values({ id: newId(), vendorId, personId, role, askAbout, startedAt: now() })
    if (!defaultOwnerId) await tx.update(vendors).set({ defaultOwnerId: personId }).where(eq(vendors.id, vendorId))
    await record(tx, viewer, 'staff.appointed', { vendorId, personId })
  })
}

/** Ends every role at once: from here on the database shows them nothing of the vendor's. */
export async function dismissStaff(viewer: Viewer, vendorSlug: string, { handle }: StaffHandleInput) {
  return transaction(viewer, async (tx) => {
    const { vendorId, defaultOwnerId } = await lockedVendor(tx, vendorSlug)
    authorize(viewer, 'staff.appoint', null)
    const { personId } = await named(handle, tx)
    const ended = await tx
      .update(vendorStaff)
      .set({ endedAt: now() })
      .where(servesNow(vendorId, personId))
      .returning({ id: vendorStaff.id })
    if (ended.length === 0) return
    if (defaultOwnerId === personId)
      await tx
        .update(vendors)
        .set({ defaultOwnerId: await longestServing(vendorId, personId, tx) })
        .where(eq(vendors.id, vendorId))
    await record(tx, viewer, 'staff.dismissed', { vendorId, personId })
  })
}

/** Whoever owns the relationships that nobody else owns yet: one who serves there now. */
export async function nameDefaultOwner(viewer: Viewer, vendorSlug: string, { handle }: StaffHandleInput) {
  return transaction(viewer, async (tx) => {
    const { vendorId } = await lockedVendor(tx, vendorSlug)
    authorize(viewer, 'vendor.manage', null)
    const { personId } = await named(handle, tx)
    const [serves] = await tx.select({ id: vendorStaff.id }).from(vendorStaff).where(servesNow(vendorId, personId)).limit(1)
    if (!serves) throw new Invalid({ handle: 'staff.notHere' })
    await tx.update(vendors).set({ defaultOwnerId: personId }).where(eq(vendors.id, vendorId))
    await record(tx, viewer, 'vendor.changed', { vendorId })
  })
}

const servesNow = (vendorId: string, personId: string) =>
  and(eq(vendorStaff.vendorId, vendorId), eq(vendorStaff.personId, personId), isNull(vendorStaff.endedAt))

async function longestServing(vendorId: string, butNot: string, tx: Tx) {
  const [next] = await tx
    .select({ personId: vendorStaff.personId })
    .from(vendorStaff)
    .where(and(eq(vendorStaff.vendorId, vendorId), ne(vendorStaff.personId, butNot), isNull(vendorStaff.endedAt)))
    .orderBy(asc(vendorStaff.startedAt))
    .limit(1)
  return next?.personId ?? null
}

async function judgesRecommendations(personId: string, tx: Tx) {
  const [seat] = await tx
    .select({ personId: portalModerators.personId })
    .from(portalModerators)
    .where(and(eq(portalModerators.personId, personId), isNull(portalModerators.endedAt)))
  return seat !== undefined
}

async function named(handle: string, tx: Tx) {
  const person = await personByHandle(handle.replace(/^@/, ''), tx)
  if (!person) throw new Invalid({ handle: 'noSuchHandle' })
  return person
}
