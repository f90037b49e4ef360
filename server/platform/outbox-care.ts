import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { deliveries } from '~/db/schema'

/** Deliveries that failed at least once, the oldest first. */
export async function failedDeliveries() {
  const rows = await db.select().from(deliveries).where(isNotNull(deliveries.lastError)).orderBy(deliveries.occurredAt).limit(500)
  return rows.map((row) => ({
    event: row.interactionId,
    occurredAt: row.occurredAt.toISOString(),
    reaction: row.reaction,
    attempts: row.attempts,
    lastError: row.lastError,
    gaveUp: row.gaveUpAt !== null,
    nextAt: row.nextAt.toISOString(),
  }))
}

/** Gives those that were given up, or all of one event, a fresh set of attempts. */
export async function retryDeliveries(event?: string): Promise<number> {
  const which = event ? and(eq(deliveries.interactionId, event), gt(deliveries.attempts, 0)) : isNotNull(deliveries.gaveUpAt)
  const retried = await db
    .update(deliveries)
    .set({ attempts: 0, gaveUpAt: null, nextAt: sql`now()` })
    .where(which)
    .returning({ reaction: deliveries.reaction })
  await db.execute(sql`select pg_notify('parley_outbox', '')`)
  return retried.length
}
