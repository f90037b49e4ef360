import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'

/** How many transactions wait for a lock in this database. Other workers of the same run wait in theirs, and are not counted. */
export async function waitingHere(tx: Pick<Tx, 'execute'>): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity a
      where a.datname = current_database() and exists (select 1 from pg_locks l where l.pid = a.pid and not l.granted)`,
  )
  return row?.count ?? 0
}
