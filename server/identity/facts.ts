import { and, eq, sql, type SQL } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { accounts, vendorOrganizations, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { authorize, mustBeFound } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'

export type VendorHead = { vendorId: string; vendorSlug: string; vendorName: string; defaultOwnerId: string | null }

/** The vendor of an address, for whoever serves it. */
export async function vendorServed(viewer: PersonViewer, slug: string): Promise<VendorHead> {
  const [vendor] = await db
    .select({ vendorId: vendors.id, vendorSlug: vendors.slug, vendorName: vendors.name, defaultOwnerId: vendors.defaultOwnerId })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'account.view', vendor)
  return vendor
}

/** Whose companies somebody sees: those of the vendors they serve. */
export const visibleTo = (viewer: PersonViewer): SQL => servedBy(viewer, accounts.vendorId)

/** Which record stands today where this one stood: itself, or what it was merged into, however often. */
export async function standingFor(tx: Tx, table: 'vendor_organizations' | 'contacts', id: string): Promise<string | null> {
  if (!isId(id)) return null
  const [found] = await tx.execute<{ id: string }>(sql`
    with recursive onward(id, into_id) as (
      select id, merged_into from ${sql.identifier(table)} where id = ${id}
      union all select t.id, t.merged_into from ${sql.identifier(table)} t join onward o on t.id = o.into_id)
    select id from onward where into_id is null`)
  return found?.id ?? null
}

/** Ids as something that `in` takes, also where there are none. */
export const among = (ids: string[]): SQL => sql`(select x.id::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) x(id))`

/** The ids of a record and of all that was merged into it. */
export function behind(table: 'vendor_organizations' | 'contacts', id: string | SQL) {
  return sql`(with recursive behind(id) as (select ${id}::uuid union all
    select t.id from ${sql.identifier(table)} t join behind b on t.merged_into = b.id) select id from behind)`
}

const head = {
  accountId: accounts.id,
  vendorId: accounts.vendorId,
  organizationId: accounts.organizationId,
  ownerId: accounts.ownerId,
  name: vendorOrganizations.name,
  legalSuffix: vendorOrganizations.legalSuffix,
  mergedInto: vendorOrganizations.mergedInto,
  vendorSlug: vendors.slug,
  vendorName: vendors.name,
}
export type AccountHead = {
  accountId: string
  vendorId: string
  organizationId: string
  ownerId: string
  name: string
  legalSuffix: string
  mergedInto: string | null
  vendorSlug: string
  vendorName: string
}

/** An account as its vendor's staff find it; for anybody else it does not exist. */
export async function staffAccount(tx: Tx, viewer: PersonViewer, id: string): Promise<AccountHead> {
  if (!isId(id)) throw new NotFound()
  const [found] = await tx
    .select(head)
    .from(accounts)
    .innerJoin(vendorOrganizations, eq(vendorOrganizations.id, accounts.organizationId))
    .innerJoin(vendors, eq(vendors.id, accounts.vendorId))
    .where(and(visibleTo(viewer), eq(accounts.id, id)))
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'account.view', found)
  return found
}
