import { eq, lt } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { exports } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { removePieces } from './pieces'

const job = systemViewer('forget-exports')

/** By the clock: first the file goes, then the row that knew where it was. */
export async function forgetExports(): Promise<void> {
  const ended = await transaction(job, (tx) => tx.select().from(exports).where(lt(exports.endsAt, now())).limit(500))
  for (const { id, pieces } of ended) {
    await removePieces(id, pieces)
    await transaction(job, (tx) => tx.delete(exports).where(eq(exports.id, id)))
  }
}
