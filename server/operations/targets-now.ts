import { desc, eq } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { responseTargets } from '~/db/schema'

/** What a vendor promises now, in open minutes; null where it has never said. */
export async function targetsNow(tx: Pick<Tx, 'select'>, vendorId: string) {
  const [found] = await tx
    .select({
      targetsId: responseTargets.id,
      version: responseTargets.version,
      first: responseTargets.firstMinutes,
      next: responseTargets.nextMinutes,
      resolution: responseTargets.resolutionMinutes,
      since: responseTargets.publishedAt,
    })
    .from(responseTargets)
    .where(eq(responseTargets.vendorId, vendorId))
    .orderBy(desc(responseTargets.version))
    .limit(1)
  return found ?? null
}
