import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { handles, vendorStaff } from '~/db/schema'
import { Invalid } from '~/server/errors'

/** Who serves the vendor today under a handle that somebody chose from the list, in the field named. Throws Invalid. */
export async function colleagueCalled(tx: Tx, vendorId: string, handle: string, field = 'owner'): Promise<string> {
  const [colleague] = await tx
    .select({ personId: vendorStaff.personId })
    .from(vendorStaff)
    .innerJoin(handles, eq(handles.personId, vendorStaff.personId))
    .where(and(eq(vendorStaff.vendorId, vendorId), isNull(vendorStaff.endedAt), sql`lower(${handles.handle}) = lower(${handle})`))
    .limit(1)
  if (!colleague) throw new Invalid({ [field]: 'notChoice' })
  return colleague.personId
}

/** The handle of somebody who serves a vendor today, as a list of colleagues has it; null for anybody else. */
export async function handleOfColleague(tx: Tx, vendorId: string, personId: string | null): Promise<string | null> {
  if (!personId) return null
  const [colleague] = await tx
    .select({ handle: handles.handle })
    .from(vendorStaff)
    .innerJoin(handles, eq(handles.personId, vendorStaff.personId))
    .where(
      and(eq(vendorStaff.vendorId, vendorId), eq(vendorStaff.personId, personId), isNull(vendorStaff.endedAt), isNotNull(handles.handle)),
    )
    .orderBy(handles.createdAt)
    .limit(1)
  return colleague?.handle ?? null
}

export type Colleague = { handle: string; displayName: string }

/** Those who serve a vendor today, for a list to choose from. */
export async function colleaguesOf(tx: Tx, vendorId: string): Promise<Colleague[]> {
  return tx.execute<Colleague>(sql`select distinct h.handle, h.display_name as "displayName" from vendor_staff s
    join handles h on h.person_id = s.person_id and h.handle is not null
    where s.vendor_id = ${vendorId} and s.ended_at is null order by 2 limit 200`)
}
