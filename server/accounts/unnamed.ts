import type { Tx } from '~/db/client'
import { handles } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { say } from '~/words'

/** A handle that shows nothing and leads to nobody; the portal alone knows whose it is. */
export async function makeUnnamed(tx: Tx, { personId, handleId }: { personId: string; handleId: string }): Promise<void> {
  const displayName = say('recommendation.unnamed', { size: 'none' })
  await tx.insert(handles).values({ id: handleId, kind: 'unnamed', personId, displayName, createdAt: now() })
}
