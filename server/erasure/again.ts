import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { erasures } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { storage } from '~/server/platform/storage'
import { carryOut, job } from './carrying-out'
import { MARKED, type Marker } from './marking'

/** Carries out again what a restored database does not know of any more. Returns how many people that were. */
export async function eraseAgain(): Promise<number> {
  let again = 0
  for await (const { key } of storage().list()) {
    if (!key.startsWith(MARKED)) continue
    const marker = await markerIn(key)
    if (!marker) continue
    const id = await transaction(job, async (tx) => {
      const [back] = await tx.execute<{ known: boolean }>(sql`
        select exists (select 1 from erasures where person_id = ${marker.personId}::uuid and called_back_at is null) as known
        from people where id = ${marker.personId}::uuid and status <> 'erased'`)
      if (!back || back.known) return null
      const [asked] = await tx
        .insert(erasures)
        .values({ id: newId(), ...marker, createdAt: now(), dueAt: now() })
        .returning({ id: erasures.id })
      return asked?.id ?? null
    })
    if (!id) continue
    await carryOut(id, { quietly: true })
    again += 1
  }
  return again
}

async function markerIn(key: string): Promise<Marker | null> {
  const file = await storage().read(key)
  if (!file) return null
  return (await new Response(file).json()) as Marker
}
