import { eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { unrankedHandles } from '~/db/schema'
import { Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'

/** In every list at once. What was earned goes on being written down, for its owner alone. */
export async function chooseRanking(viewer: Viewer, ranked: boolean): Promise<void> {
  authorize(viewer, 'ranking.choose', null)
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  const { handleId } = viewer
  await transaction(viewer, async (tx) => {
    const changed = ranked
      ? await tx.delete(unrankedHandles).where(eq(unrankedHandles.handleId, handleId)).returning()
      : await tx.insert(unrankedHandles).values({ handleId, createdAt: now() }).onConflictDoNothing().returning()
    if (changed.length > 0) await record(tx, viewer, 'ranking.chosen', { handleId, all: ranked })
  })
}
