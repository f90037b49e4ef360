import { eq, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { communities, products, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'

type Category = { slug: string; name: string }
type Sold = { productId: string; slug: string; name: string; summary: string; categories: Category[] }

/** More are counted, and not listed; as many have a score of their own (`organisations_heard`). */
const MOST_PRODUCTS = 200

/** What a vendor sells, oldest first, within a query of vendors. */
export const productsSold = sql<
  Sold[]
>`(select coalesce(json_agg(json_build_object('productId', p.id, 'slug', p.slug, 'name', p.name, 'summary', p.summary, 'categories', (
    select coalesce(json_agg(json_build_object('slug', g.slug, 'name', g.name) order by t.position), '[]') from product_categories t join categories g on g.id = t.category_id where t.product_id = p.id))
  order by p.created_at, p.id), '[]') from (select * from ${products} f where f.vendor_id = ${vendors}.id order by f.created_at, f.id limit ${MOST_PRODUCTS}) p)`
export const productCount = sql<number>`(select count(*)::int from ${products} f where f.vendor_id = ${vendors}.id)`

export const vendorColumns = {
  vendorId: vendors.id,
  slug: vendors.slug,
  name: vendors.name,
  summary: vendors.summary,
  website: vendors.website,
  products: productsSold,
  productCount,
}

/** A vendor by its address; NotFound where there is none. */
export async function vendorBySlug(viewer: Viewer, slug: string) {
  mustBeFound(viewer, 'vendor.view', null)
  const [vendor] = await db.select(vendorColumns).from(vendors).where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  return vendor
}

/** The vendor whose room or product it is; null for independent rooms about no product. */
export async function vendorOfCommunity(communityId: string): Promise<string | null> {
  const [found] = await db
    .select({ vendorId: sql<string | null>`coalesce(${communities.hostVendorId}, ${products.vendorId})` })
    .from(communities)
    .leftJoin(products, eq(products.id, communities.productId))
    .where(eq(communities.id, communityId))
  return found?.vendorId ?? null
}

/** The vendor, locked for a change. */
export async function lockedVendor(tx: Tx, slug: string) {
  const [vendor] = await tx
    .select({ vendorId: vendors.id, defaultOwnerId: vendors.defaultOwnerId })
    .from(vendors)
    .where(eq(vendors.slug, slug))
    .for('update')
  if (!vendor) throw new NotFound()
  return vendor
}
