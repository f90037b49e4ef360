import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { handOffs, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { calendarNow } from '~/server/operations'
import type { Calendar } from '~/server/operations/types'
import { authorize, mustBeFound } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'

export type VendorHead = { vendorId: string; vendorSlug: string; vendorName: string; defaultOwnerId: string | null }

const vendorColumns = {
  ...{ vendorId: vendors.id, vendorSlug: vendors.slug, vendorName: vendors.name },
  defaultOwnerId: vendors.defaultOwnerId,
}

/** The vendor of an address, for whoever serves it. */
export async function vendorServed(tx: Tx, viewer: PersonViewer, slug: string): Promise<VendorHead> {
  const [vendor] = await tx.select(vendorColumns).from(vendors).where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'hand-off.view', vendor)
  return vendor
}

export const visibleTo = (viewer: PersonViewer): SQL => servedBy(viewer, handOffs.vendorId)

export type HandOffHead = VendorHead & {
  handOffId: string
  accountId: string | null
  relationshipId: string | null
  /** Whose the relationship is that is handed over. */
  handleId: string | null
  fromId: string | null
  toId: string
  startedBy: string | null
  endedAt: Date | null
}

/** A hand-off as the vendor’s staff find it; for anybody else it does not exist. */
export async function staffHandOff(tx: Tx, viewer: PersonViewer, id: string): Promise<HandOffHead> {
  if (!isId(id)) throw new NotFound()
  const { accountId, relationshipId, fromId, toId, startedBy, endedAt } = handOffs
  const [found] = await tx
    .select({
      ...vendorColumns,
      ...{ handOffId: handOffs.id, accountId, relationshipId, fromId, toId, startedBy, endedAt },
      handleId: sql<string | null>`(select r.handle_id from relationships r where r.id = ${relationshipId})`,
    })
    .from(handOffs)
    .innerJoin(vendors, eq(vendors.id, handOffs.vendorId))
    .where(and(visibleTo(viewer), eq(handOffs.id, id)))
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'hand-off.view', found)
  return found
}

const ALWAYS: Calendar = { zone: 'UTC', hours: Array.from({ length: 7 }, () => [[0, 1440]]), holidays: [] }

/** The hours by which a vendor’s hand-offs are counted: its opening hours, or every hour while it has published none. */
export async function hoursOf(tx: Tx, vendorId: string): Promise<{ calendarId: string | null; calendar: Calendar }> {
  const calendar = await calendarNow(tx, vendorId)
  return calendar ? { calendarId: calendar.calendarId, calendar } : { calendarId: null, calendar: ALWAYS }
}
