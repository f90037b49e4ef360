import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { accessRefusals } from '~/db/schema'
import { record } from '~/server/events'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import type { Purpose } from './input'

/**
 * Writes down that somebody asked for a purpose that no live grant covers, and was shown nothing. Nothing is thrown, so the row stays.
 * Repeats within an hour are one row with a count, and no new event.
 */
export async function keepRefusal(
  viewer: PersonViewer,
  { personId, handleId, vendorId }: { personId: string; handleId: string; vendorId: string },
  purpose: Purpose,
): Promise<void> {
  authorize(viewer, 'vault.read-granted', { personId, vendorId }, 'vault.noGrant')
  await transaction(viewer, async (tx) => {
    const { personId: askedBy, handleId: askerHandleId } = viewer
    const [kept] = await tx
      .insert(accessRefusals)
      .values({ id: newId(), personId, vendorId, purpose, askedBy, askerHandleId, hour: sql`date_trunc('hour', now())`, lastAskedAt: AT })
      .onConflictDoUpdate({
        target: [accessRefusals.personId, accessRefusals.vendorId, accessRefusals.purpose, accessRefusals.askedBy, accessRefusals.hour],
        set: { asks: sql`${accessRefusals.asks} + 1`, lastAskedAt: AT },
      })
      .returning({ asks: accessRefusals.asks })
    if (kept?.asks === 1) await record(tx, viewer, 'vault.refused', { personId, handleId, vendorId, purpose })
  })
}

/** As fine as the cursor of the list. */
const AT = sql`date_trunc('milliseconds', now())`
