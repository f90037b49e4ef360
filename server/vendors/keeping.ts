import { eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { products, vendors } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { lockedVendor } from './facts'
import type { EditVendorInput, ProductInput, VendorInput } from './input'

export async function createVendor(viewer: Viewer, { name, slug, summary, website }: VendorInput) {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'vendor.create', null)
    const vendorId = newId()
    const made = await tx
      .insert(vendors)
      .values({ id: vendorId, name, slug, summary, website: website ?? null, createdAt: now() })
      .onConflictDoNothing()
      .returning({ id: vendors.id })
    if (made.length === 0) throw new Invalid({ slug: 'taken' })
    await record(tx, viewer, 'vendor.created', { vendorId })
    return { vendorId, slug }
  })
}

/** The address stays: links to it are out in the world. */
export async function changeVendor(viewer: Viewer, slug: string, { name, summary, website }: EditVendorInput) {
  return transaction(viewer, async (tx) => {
    const { vendorId } = await lockedVendor(tx, slug)
    authorize(viewer, 'vendor.manage', null)
    await tx
      .update(vendors)
      .set({ name, summary, website: website ?? null })
      .where(eq(vendors.id, vendorId))
    await record(tx, viewer, 'vendor.changed', { vendorId })
  })
}

export async function createProduct(viewer: Viewer, vendorSlug: string, input: ProductInput) {
  return transaction(viewer, async (tx) => {
    const { vendorId } = await lockedVendor(tx, vendorSlug)
    authorize(viewer, 'product.create', null)
    const productId = newId()
    const made = await tx
      .insert(products)
      .values({
        id: productId,
        vendorId,
        slug: input.productSlug,
        name: input.productName,
        summary: input.productSummary,
        createdAt: now(),
      })
      .onConflictDoNothing()
      .returning({ id: products.id })
    if (made.length === 0) throw new Invalid({ productSlug: 'taken' })
    await record(tx, viewer, 'product.created', { vendorId, productId })
    return { productId }
  })
}
