import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import type { HealthRow } from './formula'

type Row = Omit<HealthRow, 'at' | 'relationshipId' | 'contactId' | 'objectId'> & {
  at: string | null
  relationship_id: string | null
  contact_id: string | null
  object_id: string | null
}

/** What the health of an account is weighed from at a moment. The database knows by itself whose acts may be read, and by whom. */
export async function healthRows(tx: Tx, accountId: string, moment: Date): Promise<HealthRow[]> {
  const rows = await tx.execute<Row>(sql`select * from account_health_rows(${accountId}::uuid, ${moment.toISOString()}::timestamptz)`)
  return rows.map(({ relationship_id, contact_id, object_id, at, ...row }) => ({
    ...row,
    ...{ relationshipId: relationship_id, contactId: contact_id, objectId: object_id },
    at: at ? new Date(at) : null,
  }))
}
