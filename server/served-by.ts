import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { Viewer } from './viewer'

/** The part of a question that leaves the rows of the vendors that somebody serves. What is a vendor's own begins with it. */
export function servedBy(viewer: Viewer, vendorId: SQLWrapper): SQL {
  const served = viewer.kind === 'person' ? [...new Set(viewer.staffOf.map((seat) => seat.vendorId))] : []
  if (served.length === 0) return sql`false`
  return sql`${vendorId} in (${sql.join(
    served.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`
}
