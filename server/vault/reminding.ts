import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { vaultReminders } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { oldBefore } from './rules'

const job = systemViewer('remind-vaults')
const AT_ONCE = 200

/** Asks everybody who keeps something that is old whether it still holds: once a year, however many fields it is. */
export async function remindVaults(): Promise<void> {
  const old = oldBefore(now())
  for (;;) {
    const due = await transaction(job, (tx) =>
      tx.execute<{ personId: string }>(
        sql`select person_id as "personId" from vaults_to_confirm(${old.toISOString()}::timestamptz, ${AT_ONCE})`,
      ),
    )
    for (const { personId } of due)
      await transaction(job, async (tx) => {
        const [asked] = await tx
          .insert(vaultReminders)
          .values({ personId, remindedAt: now() })
          .onConflictDoUpdate({
            target: vaultReminders.personId,
            set: { remindedAt: now() },
            setWhere: sql`${vaultReminders.remindedAt} < ${old.toISOString()}::timestamptz`,
          })
          .returning({ personId: vaultReminders.personId })
        if (asked) await record(tx, job, 'vault.grown-old', { personId })
      })
    if (due.length < AT_ONCE) return
  }
}
