import { and, eq, isNull } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { exports } from '~/db/schema'
import { viewerOf } from '~/server/accounts'
import { record } from '~/server/events'
import { writeArchive } from '~/server/platform/archive'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import type { Task } from '~/server/platform/jobs'
import { keyOf } from '~/server/platform/person-keys'
import type { PersonViewer } from '~/server/viewer'
import { everythingOf } from './contents'
import { FORMAT, FORMAT_VERSION } from './format'
import { SealedPieces } from './pieces'

/** The job `make-export`. Killed in the middle, the next try begins anew under the same keys. */
const makeExport: Task = async (payload, { lastAttempt }) => {
  const { exportId, personId } = payload as { exportId: string; personId: string }
  const viewer = await viewerOf(personId)
  if (!viewer) return
  const waits = and(eq(exports.id, exportId), isNull(exports.madeAt), isNull(exports.failedAt))
  const [asked] = await transaction(viewer, (tx) => tx.select({ id: exports.id }).from(exports).where(waits))
  if (!asked) return
  try {
    const kept = await makeFile(viewer, exportId)
    await transaction(viewer, async (tx) => {
      const made = await tx
        .update(exports)
        .set({ ...kept, madeAt: now() })
        .where(waits)
        .returning({ id: exports.id })
      if (made.length > 0) await record(tx, viewer, 'export.made', { personId, exportId })
    })
  } catch (error) {
    if (lastAttempt) await transaction(viewer, (tx) => tx.update(exports).set({ failedAt: now() }).where(waits))
    throw error
  }
}

export const exportTasks = { 'make-export': makeExport }

async function makeFile(viewer: PersonViewer, exportId: string) {
  const to = new SealedPieces(await transaction(viewer, (tx) => keyOf(tx, viewer.personId)), { kind: 'export', id: exportId })
  await writeArchive(to, await everythingOf(viewer), (files) => ({
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    createdAt: now().toISOString(),
    portal: publicOrigins()[0] ?? '',
    person: { handle: viewer.handle, displayName: viewer.displayName },
    files,
  }))
  return { bytes: to.bytes, pieces: to.pieces }
}
