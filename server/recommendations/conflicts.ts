import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { Forbidden } from '~/server/errors'
import { authorize } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import type { Conflict } from './types'

/** What the policy knows by itself: who serves a vendor, or ever served this one. */
export function mayRecommend(viewer: Viewer, vendor: { vendorId: string }): void {
  const served = viewer.kind === 'person' && viewer.everStaffOf.includes(vendor.vendorId)
  authorize(viewer, 'recommendation.write', vendor, served ? 'recommendation.ownVendor' : 'recommendation.tie.competitor')
}

/** Who has a tie writes nothing, and is told which tie it is. The database refuses the same (`recommendations_are_computed`). */
export async function refuseTies(tx: Tx, author: PersonViewer, vendorId: string): Promise<void> {
  const [found] = await tx.execute<{ tie: Conflict | null }>(sql`select conflict_with(${author.personId}::uuid, ${vendorId}::uuid) as tie`)
  if (found?.tie) throw new Forbidden(`recommendation.tie.${found.tie}`)
}
