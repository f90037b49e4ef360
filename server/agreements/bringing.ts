import { and, eq, isNull } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { standingObjections, termPreferences, vendors } from '~/db/schema'
import { record } from '~/server/events'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import type { BroughtTerms } from './input'
import { objectionOf } from './objecting'
import { consistent } from './rules'

/** The terms that somebody offers as they take them along: to everybody, and to single vendors of this portal. */
export async function termsFile(viewer: PersonViewer): Promise<BroughtTerms & { vendors: unknown[] }> {
  authorize(viewer, 'terms.prefer', { personId: viewer.personId })
  return transaction(viewer, async (tx) => {
    const rows = await tx
      .select({
        vendor: vendors.slug,
        proffered: termPreferences.proffered,
        furthest: termPreferences.furthest,
        agentAccepts: termPreferences.agentAccepts,
        beyond: termPreferences.beyond,
      })
      .from(termPreferences)
      .leftJoin(vendors, eq(vendors.id, termPreferences.vendorId))
      .where(eq(termPreferences.personId, viewer.personId))
      .orderBy(vendors.slug)
    const { vendor: _, ...everybody } = rows.find(({ vendor }) => vendor === null) ?? { vendor: null }
    return {
      everybody: 'proffered' in everybody ? everybody : null,
      objects: (await objectionOf(tx, viewer.personId))[0]?.objects ?? null,
      vendors: rows.filter(({ vendor }) => vendor !== null),
    }
  })
}

/** What somebody offers everybody from here on, and whether they object to being passed on, as elsewhere. Returns what it was before. */
export async function bringTerms(tx: Tx, viewer: PersonViewer, { everybody, objects }: BroughtTerms): Promise<BroughtTerms> {
  authorize(viewer, 'terms.prefer', { personId: viewer.personId })
  const { personId } = viewer
  const objected = (await objectionOf(tx, personId))[0]?.objects ?? null
  const [before] = await tx
    .delete(termPreferences)
    .where(and(eq(termPreferences.personId, personId), isNull(termPreferences.vendorId)))
    .returning({
      proffered: termPreferences.proffered,
      furthest: termPreferences.furthest,
      agentAccepts: termPreferences.agentAccepts,
      beyond: termPreferences.beyond,
    })
  if (everybody) await tx.insert(termPreferences).values({ id: newId(), personId, vendorId: null, ...consistent(everybody) })
  await record(tx, viewer, 'terms.preferred', { personId, vendorId: null })
  if (objects !== objected) {
    await tx.delete(standingObjections).where(eq(standingObjections.personId, personId))
    if (objects !== null) await tx.insert(standingObjections).values({ personId, objects })
    await record(tx, viewer, 'objection.said', { personId, accepted: objects ?? false })
  }
  return { everybody: before ?? null, objects: objected }
}
