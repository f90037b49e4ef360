import { desc, eq } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { vendorPolicies, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { USUAL_POLICY, type VendorPolicy } from './rules'

export type PolicyNow = VendorPolicy & { policyId: string | null; version: number; publishedAt: Date | null }

export async function vendorNamed(tx: Pick<Tx, 'select'>, slug: string) {
  const [vendor] = await tx
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name, website: vendors.website })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  return vendor
}

/** What a vendor accepts now. */
export async function policyOf(tx: Pick<Tx, 'select'>, vendorId: string): Promise<PolicyNow> {
  const [row] = await tx
    .select()
    .from(vendorPolicies)
    .where(eq(vendorPolicies.vendorId, vendorId))
    .orderBy(desc(vendorPolicies.version))
    .limit(1)
  if (!row) return { ...USUAL_POLICY, policyId: null, version: 0, publishedAt: null }
  const { id: policyId, accepts, counter, staffAnswer, version, publishedAt } = row
  return { policyId, accepts, counter, staffAnswer, version, publishedAt }
}
