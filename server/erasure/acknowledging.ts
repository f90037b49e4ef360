import { and, eq, isNull } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { erasureNotices } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { mustBeFound } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

/** Staff say that the vendor's copies of an erased person are deleted. Once said, it stands. */
export async function acknowledgeErasure(viewer: PersonViewer, noticeId: string): Promise<void> {
  if (!isId(noticeId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const [notice] = await tx.select().from(erasureNotices).where(eq(erasureNotices.id, noticeId))
    if (!notice) throw new NotFound()
    mustBeFound(viewer, 'erasure.acknowledge', { vendorId: notice.vendorId })
    const said = await tx
      .update(erasureNotices)
      .set({ acknowledgedAt: now(), acknowledgedBy: viewer.personId })
      .where(and(eq(erasureNotices.id, noticeId), isNull(erasureNotices.acknowledgedAt)))
      .returning({ erasureId: erasureNotices.erasureId })
    if (said[0]) await record(tx, viewer, 'erasure.acknowledged', { erasureId: said[0].erasureId, vendorId: notice.vendorId })
  })
}
