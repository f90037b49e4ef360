import { and, eq, isNull, lt } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { broughtArchives, exports } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { removePieces } from './pieces'

const job = systemViewer('forget-exports')

/** By the clock: exports after their day, and what was brought and not taken. First the file goes, then the row that knew where it was. */
export async function forgetExports(): Promise<void> {
  const ended = await transaction(job, (tx) => tx.select().from(exports).where(lt(exports.endsAt, now())).limit(500))
  for (const { id } of ended) {
    await removePieces({ kind: 'export', id })
    await transaction(job, (tx) => tx.delete(exports).where(eq(exports.id, id)))
  }
  const dayAgo = new Date(now().getTime() - 24 * 3_600_000)
  const untaken = and(isNull(broughtArchives.takenAt), lt(broughtArchives.createdAt, dayAgo))
  const left = await transaction(job, (tx) => tx.select({ id: broughtArchives.id }).from(broughtArchives).where(untaken).limit(500))
  for (const { id } of left) {
    await removePieces({ kind: 'brought', id })
    await transaction(job, (tx) => tx.delete(broughtArchives).where(and(eq(broughtArchives.id, id), untaken)))
  }
}
