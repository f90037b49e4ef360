import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { opportunities, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { authorize, mustBeFound } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'
import type { MOTIONS } from '~/db/kinds'

export type Motion = (typeof MOTIONS)[number]
export type VendorHead = { vendorId: string; vendorSlug: string; vendorName: string; defaultOwnerId: string | null; isOn: boolean }

const vendorColumns = {
  vendorId: vendors.id,
  vendorSlug: vendors.slug,
  vendorName: vendors.name,
  defaultOwnerId: vendors.defaultOwnerId,
  isOn: sql<boolean>`buying_is_on(${vendors.id})`,
}

/** The vendor of an address, for whoever serves it, whether it works with opportunities or not. */
export async function vendorServed(tx: Tx, viewer: PersonViewer, slug: string): Promise<VendorHead> {
  const [vendor] = await tx.select(vendorColumns).from(vendors).where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'account.view', vendor)
  return vendor
}

/** The same, where it works with them; otherwise, and for anybody else, nothing is there. */
export async function vendorBuying(tx: Tx, viewer: PersonViewer, slug: string): Promise<VendorHead> {
  const [vendor] = await tx.select(vendorColumns).from(vendors).where(eq(vendors.slug, slug))
  if (!vendor?.isOn) throw new NotFound()
  mustBeFound(viewer, 'opportunity.view', vendor)
  return vendor
}

/** Whose opportunities somebody sees: those of the vendors they serve, while these work with them. */
export const visibleTo = (viewer: PersonViewer): SQL =>
  sql`(${servedBy(viewer, opportunities.vendorId)} and buying_is_on(${opportunities.vendorId}))`

export type Head = VendorHead & { opportunityId: string; accountId: string; name: string; motion: Motion; amount: string; currency: string }

/** An opportunity as its vendor's staff find it; for anybody else it does not exist. */
export async function staffOpportunity(tx: Tx, viewer: PersonViewer, id: string): Promise<Head> {
  if (!isId(id)) throw new NotFound()
  const [found] = await tx
    .select({
      ...vendorColumns,
      ...{ opportunityId: opportunities.id, accountId: opportunities.accountId, name: opportunities.name },
      ...{ motion: opportunities.motion, amount: opportunities.amount, currency: opportunities.currency },
    })
    .from(opportunities)
    .innerJoin(vendors, eq(vendors.id, opportunities.vendorId))
    .where(and(visibleTo(viewer), eq(opportunities.id, id)))
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'opportunity.view', found)
  return found
}

export type Seat = {
  seatId: string
  opportunityId: string
  vendorId: string
  vendorSlug: string
  vendorName: string
  name: string
  company: string
  personId: string
  handleId: string
  acceptedAt: Date | null
  invitedAt: Date
}

/** Where somebody speaks for a customer, or is asked to; for anybody else the plan does not exist. */
export async function ownSeat(tx: Tx, viewer: PersonViewer, opportunityId: string): Promise<Seat> {
  if (!isId(opportunityId)) throw new NotFound()
  const [found] = await tx.execute<Seat>(sql`
    select p.id as "seatId", o.id as "opportunityId", o.name, p.company, p.person_id as "personId", p.handle_id as "handleId",
      p.accepted_at as "acceptedAt", p.invited_at as "invitedAt", v.id as "vendorId", v.slug as "vendorSlug", v.name as "vendorName"
    from plan_people p join opportunities o on o.id = p.opportunity_id join vendors v on v.id = p.vendor_id
    where ${plansOf(viewer)} and p.opportunity_id = ${opportunityId}`)
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'plan.view', found)
  return found
}

/** The plans (as `p`) that somebody is on, of vendors that work with them. */
export const plansOf = (viewer: PersonViewer): SQL =>
  sql`(p.person_id = ${viewer.personId}::uuid and p.ended_at is null and buying_is_on(p.vendor_id))`
