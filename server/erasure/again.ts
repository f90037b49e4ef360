import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { erasures } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { storage } from '~/server/platform/storage'
import { waiting } from './asking'
import { carryOut, job } from './carrying-out'
import { leaveMarker, MARKED, type Marker } from './marking'

/**
 * Holds the markers and the database against each other. A marker of which the database knows nothing was left before it was restored: whoever
 * it is about is erased again. An erasure without a marker, since it was cut off, gets one. Returns how many people were erased again.
 */
export async function eraseAgain(): Promise<number> {
  const [markers, known] = [
    new Set<string>(),
    await transaction(job, (tx) =>
      tx
        .select({
          id: erasures.id,
          personId: erasures.personId,
          posts: erasures.posts,
          shownAs: erasures.shownAs,
          done: isNotNull(erasures.carriedOutAt),
        })
        .from(erasures),
    ),
  ]
  for await (const { key } of storage().list()) if (key.startsWith(MARKED)) markers.add(key.slice(MARKED.length))
  for (const { done, ...erasure } of known) if (done && !markers.has(erasure.id)) await leaveMarker(erasure)

  let again = 0
  for (const id of markers)
    if (!known.some((erasure) => erasure.id === id)) {
      const marker = await markerOf(id)
      if (marker && (await askedAgain(marker))) {
        await carryOut(id, { quietly: true })
        again += 1
      }
    }
  return again
}

/** Whoever is in the database once more; what they may have asked for back then is overtaken. */
async function askedAgain(marker: Marker): Promise<boolean> {
  return transaction(job, async (tx) => {
    const [back] = await tx.execute(sql`select 1 from people where id = ${marker.personId}::uuid and status <> 'erased'`)
    if (!back) return false
    await tx
      .update(erasures)
      .set({ calledBackAt: now() })
      .where(and(eq(erasures.personId, marker.personId), waiting))
    await tx.insert(erasures).values({ ...marker, createdAt: now(), dueAt: now() })
    return true
  })
}

async function markerOf(id: string): Promise<Marker | null> {
  const file = await storage().read(`${MARKED}${id}`)
  return file ? ((await new Response(file).json()) as Marker) : null
}
