import { and, asc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { communities, products, productsInMind, vendors } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import type { ProductsInMindInput } from './input'

const MOST_SHOWN = 200
const MOST_ROOMS = 10

/** Products, and how the viewer said they stand to each; those of which they said something first, since the form says all. */
export async function productsToChoose(viewer: PersonViewer) {
  authorize(viewer, 'account.manage', null)
  return transaction(viewer, (tx) =>
    tx
      .select({ productId: products.id, name: products.name, vendor: vendors.name, stance: productsInMind.stance })
      .from(products)
      .innerJoin(vendors, eq(vendors.id, products.vendorId))
      .leftJoin(productsInMind, and(eq(productsInMind.productId, products.id), eq(productsInMind.personId, viewer.personId)))
      .orderBy(sql`${productsInMind.productId} is null`, asc(vendors.name), asc(products.name))
      .limit(MOST_SHOWN),
  )
}

/** What was said before is forgotten: the form says all. Whoever uses a product does not merely consider it. */
export async function keepProductsInMind(viewer: PersonViewer, { using, considering }: ProductsInMindInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'account.manage', null)
    const wanted = [...new Set([...using, ...considering])]
    const found = wanted.length > 0 ? await tx.select({ id: products.id }).from(products).where(inArray(products.id, wanted)) : []
    await tx.delete(productsInMind).where(eq(productsInMind.personId, viewer.personId))
    const rows = found.map(({ id }) => ({
      personId: viewer.personId,
      productId: id,
      stance: using.includes(id) ? ('using' as const) : ('considering' as const),
      createdAt: now(),
    }))
    if (rows.length > 0) await tx.insert(productsInMind).values(rows).onConflictDoNothing()
    await record(tx, viewer, 'products.kept-in-mind', { personId: viewer.personId })
  })
}

/** Who makes what the viewer uses or considers. */
export async function vendorsInMind(viewer: PersonViewer) {
  authorize(viewer, 'account.manage', null)
  return transaction(viewer, (tx) =>
    tx
      .selectDistinct({ slug: vendors.slug, name: vendors.name })
      .from(productsInMind)
      .innerJoin(products, eq(products.id, productsInMind.productId))
      .innerJoin(vendors, eq(vendors.id, products.vendorId))
      .where(eq(productsInMind.personId, viewer.personId))
      .orderBy(asc(vendors.name)),
  )
}

/** Rooms about what the viewer uses or considers, of those that anybody may know of. */
export async function roomsInMind(viewer: PersonViewer) {
  authorize(viewer, 'account.manage', null)
  return transaction(viewer, (tx) =>
    tx
      .selectDistinct({ slug: communities.slug, name: communities.name, summary: communities.summary })
      .from(productsInMind)
      .innerJoin(products, eq(products.id, productsInMind.productId))
      .innerJoin(communities, or(eq(communities.productId, products.id), eq(communities.hostVendorId, products.vendorId)))
      .where(and(eq(productsInMind.personId, viewer.personId), ne(communities.access, 'invitation')))
      .orderBy(asc(communities.name))
      .limit(MOST_ROOMS),
  )
}
