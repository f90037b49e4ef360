import { and, eq, isNull } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { exports } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { addJob } from '~/server/platform/jobs'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

/** As long as files that no row knows may lie: what was forgotten by mistake is swept away all the same. */
const KEPT_HOURS = 24

/** One at a time: asked again while it is being made, it is the same one. */
export async function askExport(viewer: PersonViewer): Promise<string> {
  authorize(viewer, 'export.ask', null)
  const waits = and(eq(exports.personId, viewer.personId), isNull(exports.madeAt), isNull(exports.failedAt))
  const waiting = await transaction(viewer, (tx) => tx.select({ id: exports.id }).from(exports).where(waits))
  if (waiting[0]) return waiting[0].id
  await countAgainst('export', viewer.personId)
  return transaction(viewer, async (tx) => {
    const [asked] = await tx
      .insert(exports)
      .values({
        id: newId(),
        personId: viewer.personId,
        createdAt: now(),
        endsAt: new Date(now().getTime() + KEPT_HOURS * 3_600_000),
      })
      .onConflictDoNothing()
      .returning({ id: exports.id })
    if (!asked) {
      const [other] = await tx.select({ id: exports.id }).from(exports).where(waits)
      return other?.id ?? ''
    }
    await addJob(tx, 'make-export', { exportId: asked.id, personId: viewer.personId }, { maxAttempts: 3, queue: 'exports' })
    await record(tx, viewer, 'export.asked', { personId: viewer.personId, exportId: asked.id })
    return asked.id
  })
}
