import { eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { unseenPeople } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

/** Whether others see that one is there, and that one is answering. Not seen holds everywhere at once. */
export async function chooseBeingSeen(viewer: PersonViewer, seen: boolean): Promise<void> {
  authorize(viewer, 'presence.choose', null)
  const { personId } = viewer
  await transaction(viewer, async (tx) => {
    const changed = seen
      ? await tx.delete(unseenPeople).where(eq(unseenPeople.personId, personId)).returning()
      : await tx.insert(unseenPeople).values({ personId, createdAt: now() }).onConflictDoNothing().returning()
    if (changed.length > 0) await record(tx, viewer, 'presence.chosen', { personId, all: seen })
  })
}

export async function isSeen(viewer: PersonViewer): Promise<boolean> {
  authorize(viewer, 'presence.choose', null)
  const unseen = await transaction(viewer, (tx) => tx.$count(unseenPeople, eq(unseenPeople.personId, viewer.personId)))
  return unseen === 0
}
