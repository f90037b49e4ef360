import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { notifications } from '~/db/schema'
import type { Happened } from '~/server/events'
import { systemViewer } from '~/server/viewer'
import { tellingOf, whoIsTold } from './recipients'

/** As many rows as one statement carries comfortably. */
const BATCH = 1000
/** Decisions are told without the name of the one who made them. */
const UNSIGNED = new Set(['decision', 'community'])

/** May run twice: a person hears of an event once. */
export async function notifyWhoIsTold(event: Happened): Promise<void> {
  const telling = tellingOf(event)
  if (!telling) return
  const { kind, objectKind, objectId } = telling
  const actorHandleId = UNSIGNED.has(objectKind) ? null : event.actorHandleId
  await transaction(systemViewer('notifications'), async (tx) => {
    const told = await whoIsTold(tx, event, telling)
    for (let from = 0; from < told.length; from += BATCH)
      await tx
        .insert(notifications)
        .values(
          told.slice(from, from + BATCH).map(({ personId, why }) => ({
            id: newId(),
            personId,
            interactionId: event.id,
            kind,
            why,
            actorHandleId,
            objectKind,
            objectId,
            createdAt: event.occurredAt,
          })),
        )
        .onConflictDoNothing()
  })
}
