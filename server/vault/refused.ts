import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { accessRefusals } from '~/db/schema'
import { record } from '~/server/events'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import type { Purpose } from './input'

/**
 * Writes down that somebody asked for a purpose that no live grant covers, and was shown nothing. Nothing is thrown, so the row stays.
 * Repeats within an hour are one row with a count, and no new event. It names the grant that covered this last, where one has ended; with
 * `once` only the first after that ending is written down, for whoever opened a page that would have read it.
 */
export async function keepRefusal(
  viewer: PersonViewer,
  { personId, handleId, vendorId }: { personId: string; handleId: string; vendorId: string },
  purpose: Purpose,
  { once = false } = {},
): Promise<void> {
  authorize(viewer, 'vault.read-granted', { personId, vendorId }, 'vault.noGrant')
  await transaction(viewer, async (tx) => {
    const { personId: askedBy, handleId: askerHandleId } = viewer
    const [ended] = await lastEnded(tx, personId, vendorId, purpose)
    const grantId = ended?.id ?? null
    if (once && (!ended || ended.noted)) return
    const [kept] = await tx
      .insert(accessRefusals)
      .values({
        id: newId(),
        personId,
        vendorId,
        purpose,
        askedBy,
        askerHandleId,
        hour: sql`date_trunc('hour', now())`,
        lastAskedAt: AT,
        grantId,
      })
      .onConflictDoUpdate({
        target: [
          accessRefusals.personId,
          accessRefusals.vendorId,
          accessRefusals.purpose,
          accessRefusals.askedBy,
          accessRefusals.hour,
          accessRefusals.grantId,
        ],
        set: { asks: sql`${accessRefusals.asks} + 1`, lastAskedAt: AT },
      })
      .returning({ asks: accessRefusals.asks })
    if (kept?.asks === 1) await record(tx, viewer, 'vault.refused', { personId, handleId, vendorId, purpose })
  })
}

/** As fine as the cursor of the list. */
const AT = sql`date_trunc('milliseconds', now())`

const lastEnded = (tx: Tx, personId: string, vendorId: string, purpose: Purpose) =>
  tx.execute<{ id: string; noted: boolean }>(sql`
    select g.id, exists (select 1 from access_refusals r where r.grant_id = g.id) as noted from grants g
    where g.person_id = ${personId}::uuid and g.vendor_id = ${vendorId}::uuid and g.purpose = ${purpose} and least(g.revoked_at, g.ends_at) <= now()
    order by least(g.revoked_at, g.ends_at) desc, g.id limit 1`)
