import { and, asc, eq, isNull } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { relationshipContests, relationships, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { visibleTo } from './facts'
import { nameOf } from './parts'

const MOST_SHOWN = 100

/** What people contest or ask of a vendor, and nobody has answered: what is due first in front. */
export async function answersOwed(viewer: PersonViewer, vendorSlug: string) {
  const [vendor] = await db.select({ vendorId: vendors.id }).from(vendors).where(eq(vendors.slug, vendorSlug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'relationship.view', vendor)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({
        id: relationshipContests.id,
        kind: relationshipContests.kind,
        about: relationshipContests.about,
        dueAt: relationshipContests.dueAt,
        relationshipId: relationships.id,
        handleId: relationships.handleId,
      })
      .from(relationshipContests)
      .innerJoin(relationships, eq(relationships.id, relationshipContests.relationshipId))
      .where(and(visibleTo(viewer), eq(relationships.vendorId, vendor.vendorId), isNull(relationshipContests.answeredAt)))
      .orderBy(asc(relationshipContests.dueAt), asc(relationshipContests.id))
      .limit(MOST_SHOWN),
  )
  const names = await handlesShown(
    rows.map(({ handleId }) => handleId),
    vendor,
  )
  return rows.map(({ handleId, ...row }) => ({ ...row, late: row.dueAt < now(), member: nameOf(names, handleId) }))
}
