import { eq } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { people } from '~/db/schema'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

/** The clock on the person's wall: for digests and quiet hours. */
export async function keepTimeZone(tx: Pick<Tx, 'update'>, viewer: PersonViewer, timeZone: string): Promise<void> {
  authorize(viewer, 'account.manage', null)
  await tx.update(people).set({ timeZone }).where(eq(people.id, viewer.personId))
}
