import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { responseTargets } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { calendarNow, vendorNamed } from './calendars'
import type { TargetsInput } from './input'
import { writeOpenHours } from './rules'
import { targetsNow } from './targets-now'

/** Promises from now on when whoever asks is answered. A clock that runs keeps what it began with. */
export async function publishTargets(viewer: PersonViewer, vendorSlug: string, input: TargetsInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const { vendorId } = await vendorNamed(tx, vendorSlug)
    authorize(viewer, 'targets.publish', { vendorId })
    const { first, next, resolution } = input
    if ((first ?? next ?? resolution) !== null && !(await calendarNow(tx, vendorId))) throw new Invalid({ first: 'targets.noCalendar' })
    const before = await targetsNow(tx, vendorId)
    const same = before ? before.first === first && before.next === next && before.resolution === resolution : false
    if (same) return
    const targetsId = newId()
    const made = await tx
      .insert(responseTargets)
      .values({
        ...{ id: targetsId, vendorId, version: (before?.version ?? 0) + 1, publishedBy: viewer.personId, publishedAt: now() },
        ...{ firstMinutes: first, nextMinutes: next, resolutionMinutes: resolution },
      })
      .onConflictDoNothing()
      .returning({ id: responseTargets.id })
    if (made.length === 0) throw new Conflict('conflict')
    await record(tx, viewer, 'targets.published', { vendorId, targetsId })
  })
}

/** The form as it stands now. */
export async function targetsPage(viewer: PersonViewer, vendorSlug: string) {
  const { vendorId, slug, name } = await vendorNamed(db, vendorSlug)
  authorize(viewer, 'targets.publish', { vendorId })
  const [targets, calendar] = await Promise.all([targetsNow(db, vendorId), calendarNow(db, vendorId)])
  return {
    vendor: { slug, name },
    first: writeOpenHours(targets?.first ?? null),
    next: writeOpenHours(targets?.next ?? null),
    resolution: writeOpenHours(targets?.resolution ?? null),
    counted: calendar !== null,
  }
}
