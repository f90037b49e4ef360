import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { today } from '~/server/platform/clock'

type Used = { vendorId: string; fieldId: string }

/** Counts a use of fields today. In one order, so that two pages never wait for each other. */
export async function countUse(tx: Tx, how: 'reads' | 'writes' | 'filters', used: Used[]): Promise<void> {
  if (used.length === 0) return
  const rows = [...used]
    .sort((a, b) => (a.fieldId < b.fieldId ? -1 : 1))
    .map((one) => sql`(${one.vendorId}::uuid, ${one.fieldId}::uuid, ${today()}::date, 1)`)
  const column = sql.identifier(how)
  await tx.execute(sql`insert into field_days (vendor_id, field_id, day, ${column}) values ${sql.join(rows, sql`, `)}
    on conflict (field_id, day) do update set ${column} = field_days.${column} + 1`)
}
