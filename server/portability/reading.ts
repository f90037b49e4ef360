import { desc, eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { exports } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { keyOf } from '~/server/platform/person-keys'
import { authorize, mustBeFound } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { openPieces } from './pieces'

export type ExportShown = { id: string; askedAt: Date; state: 'waiting' | 'ready' | 'failed'; bytes: number | null; endsAt: Date }

/** The newest one that is still there. */
export async function exportPage(viewer: PersonViewer): Promise<{ export: ExportShown | null }> {
  authorize(viewer, 'export.view', { personId: viewer.personId })
  const [newest] = await transaction(viewer, (tx) =>
    tx.select().from(exports).where(eq(exports.personId, viewer.personId)).orderBy(desc(exports.createdAt)).limit(1),
  )
  if (!newest || newest.endsAt <= now()) return { export: null }
  const state = newest.madeAt ? 'ready' : newest.failedAt ? 'failed' : 'waiting'
  return { export: { id: newest.id, askedAt: newest.createdAt, state, bytes: newest.bytes, endsAt: newest.endsAt } }
}

/** The file itself, to nobody but its owner, who has just shown who they are. For others, and once it ended, it is not there. */
export async function fetchExport(viewer: PersonViewer, exportId: string) {
  if (!isId(exportId)) throw new NotFound()
  const found = await transaction(viewer, async (tx) => {
    const [row] = await tx.select().from(exports).where(eq(exports.id, exportId))
    if (!row?.madeAt || row.endsAt <= now()) throw new NotFound()
    mustBeFound(viewer, 'export.view', row)
    authorize(viewer, 'export.fetch', row)
    await record(tx, viewer, 'export.fetched', { personId: viewer.personId, exportId })
    return { ...row, key: await keyOf(tx, viewer.personId) }
  })
  return {
    bytes: found.bytes ?? 0,
    madeAt: found.madeAt as Date,
    content: openPieces(found.key, { kind: 'export', id: found.id }, found.pieces),
  }
}
