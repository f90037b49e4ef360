import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { recommendations } from '~/db/schema'

// The moderation domain decides and writes the statement of reasons; here its decision takes effect, and the database
// looks for that decision before it lets the visibility change. Each returns whether anything changed.

export async function hideRecommendation(tx: Tx, id: string, decisionId: string): Promise<boolean> {
  const hidden = await tx
    .update(recommendations)
    .set({ hiddenByDecisionId: decisionId })
    .where(and(eq(recommendations.id, id), isNull(recommendations.hiddenByDecisionId)))
    .returning({ id: recommendations.id })
  return hidden.length > 0
}

export async function restoreRecommendation(tx: Tx, id: string): Promise<boolean> {
  const restored = await tx
    .update(recommendations)
    .set({ hiddenByDecisionId: null })
    .where(and(eq(recommendations.id, id), isNotNull(recommendations.hiddenByDecisionId)))
    .returning({ id: recommendations.id })
  return restored.length > 0
}

/** One decision at a time; the row stays as it is until the end of the transaction. */
export async function holdRecommendation(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`select 1 from ${recommendations} where id = ${id}::uuid for no key update`)
}
