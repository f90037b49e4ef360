import { eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { standingObjections } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

export type Objection = { objects: boolean; saidAt: Date }

/**
 * Writes down whether the person objects to being passed on and advertised to (Article 21 of the GDPR), as their browser's Global Privacy
 * Control says for one visit. While it stands, no vendor asks them for offers, and their agent agrees to no sharing with third parties.
 */
export async function sayObjection(viewer: PersonViewer, objects: boolean): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'terms.prefer', { personId: viewer.personId })
    const changed = await tx
      .insert(standingObjections)
      .values({ personId: viewer.personId, objects })
      .onConflictDoUpdate({
        target: standingObjections.personId,
        set: { objects, saidAt: sql`now()` },
        setWhere: sql`${standingObjections.objects} <> excluded.objects`,
      })
      .returning({ objects: standingObjections.objects })
    if (changed.length > 0) await record(tx, viewer, 'objection.said', { personId: viewer.personId, accepted: objects })
  })
}

/** What the person said of it; null: nobody asked them yet. */
export async function myObjection(viewer: PersonViewer): Promise<Objection | null> {
  authorize(viewer, 'terms.prefer', { personId: viewer.personId })
  const [said] = await transaction(viewer, (tx) => objectionOf(tx, viewer.personId))
  return said ?? null
}

/** Whether it stands for somebody; row-level security shows it to them, to those who hold a record of them, and to their agent. */
export async function objects(tx: Tx, personId: string): Promise<boolean> {
  const [said] = await objectionOf(tx, personId)
  return said?.objects ?? false
}

export const objectionOf = (tx: Tx, personId: string) =>
  tx
    .select({ objects: standingObjections.objects, saidAt: standingObjections.saidAt })
    .from(standingObjections)
    .where(eq(standingObjections.personId, personId))
