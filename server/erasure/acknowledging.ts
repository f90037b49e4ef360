import { and, eq, isNull } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { erasureNotices, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

/** Staff say that the vendor's copies of an erased person are deleted. Once said, it stands. Returns the vendor's slug. */
export async function acknowledgeErasure(viewer: PersonViewer, noticeId: string): Promise<string> {
  if (!isId(noticeId)) throw new NotFound()
  return transaction(viewer, async (tx) => {
    const [notice] = await tx
      .select({ vendorId: erasureNotices.vendorId, slug: vendors.slug })
      .from(erasureNotices)
      .innerJoin(vendors, eq(vendors.id, erasureNotices.vendorId))
      .where(eq(erasureNotices.id, noticeId))
    if (!notice) throw new NotFound()
    mustBeFound(viewer, 'deletion.see', notice)
    authorize(viewer, 'deletion.record', notice)
    const said = await tx
      .update(erasureNotices)
      .set({ acknowledgedAt: now(), acknowledgedBy: viewer.personId })
      .where(and(eq(erasureNotices.id, noticeId), isNull(erasureNotices.acknowledgedAt)))
      .returning({ erasureId: erasureNotices.erasureId })
    if (said[0]) await record(tx, viewer, 'erasure.acknowledged', { erasureId: said[0].erasureId, vendorId: notice.vendorId })
    return notice.slug
  })
}
