import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handles, relationships, vendorStaff } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { staffRecord } from './facts'
import type { OwnerInput } from './input'

/** Names the colleague who owns the relationship from now on. The one who owns it already stays, and nothing is told. */
export async function nameOwner(viewer: PersonViewer, relationshipId: string, { owner }: OwnerInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    authorize(viewer, 'relationship.name-owner', it)
    const ownerId = await colleagueCalled(tx, it.vendorId, owner)
    if (ownerId === it.ownerId) return
    await tx.update(relationships).set({ ownerId }).where(eq(relationships.id, relationshipId))
    await record(tx, viewer, 'relationship.owner-named', { relationshipId, vendorId: it.vendorId, handleId: it.handleId })
  })
}

/** Who serves the vendor today under a handle that somebody chose from the list. */
export async function colleagueCalled(tx: Tx, vendorId: string, handle: string): Promise<string> {
  const [colleague] = await tx
    .select({ personId: vendorStaff.personId })
    .from(vendorStaff)
    .innerJoin(handles, eq(handles.personId, vendorStaff.personId))
    .where(and(eq(vendorStaff.vendorId, vendorId), isNull(vendorStaff.endedAt), sql`lower(${handles.handle}) = lower(${handle})`))
    .limit(1)
  if (!colleague) throw new Invalid({ owner: 'notChoice' })
  return colleague.personId
}

export type Colleague = { handle: string; displayName: string }

/** Those who serve a vendor today, for a list to choose from. */
export async function colleaguesOf(tx: Tx, vendorId: string): Promise<Colleague[]> {
  return tx.execute<Colleague>(sql`select distinct h.handle, h.display_name as "displayName" from vendor_staff s
    join handles h on h.person_id = s.person_id and h.handle is not null
    where s.vendor_id = ${vendorId} and s.ended_at is null order by 2 limit 200`)
}
