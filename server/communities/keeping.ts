import { eq } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { communities, products, vendors } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { lockedCommunity } from './facts'
import type { CommunityInput, EditCommunityInput } from './input'

export async function createCommunity(viewer: Viewer, input: CommunityInput): Promise<string> {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'community.create', null)
    const kept = await asKept(tx, input)
    const [made] = await tx
      .insert(communities)
      .values({ id: newId(), slug: input.slug, createdAt: now(), ...kept })
      .onConflictDoNothing()
      .returning({ id: communities.id })
    if (!made) throw new Invalid({ slug: 'taken' })
    await record(tx, viewer, 'community.created', { communityId: made.id })
    return made.id
  })
}

/** The address stays: links to it are out in the world. */
export async function editCommunity(viewer: Viewer, slug: string, input: EditCommunityInput): Promise<void> {
  await transaction(viewer, async (tx) => {
    const { communityId } = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'community.manage', null)
    await tx
      .update(communities)
      .set(await asKept(tx, input))
      .where(eq(communities.id, communityId))
    await record(tx, viewer, 'community.changed', { communityId })
  })
}

async function asKept(tx: Tx, input: EditCommunityInput) {
  const { name, summary, rules = '', access, joinQuestion = '', hostVendorId, productId, responseTargetHours = null } = input
  const [vendor] = hostVendorId ? await tx.select({ id: vendors.id }).from(vendors).where(eq(vendors.id, hostVendorId)) : []
  if (hostVendorId && !vendor) throw new Invalid({ hostVendorId: 'notChoice' })
  const [product] = productId
    ? await tx.select({ id: products.id, vendorId: products.vendorId }).from(products).where(eq(products.id, productId))
    : []
  if (productId && !product) throw new Invalid({ productId: 'notChoice' })
  if (vendor && product && product.vendorId !== vendor.id) throw new Invalid({ productId: 'community.otherProduct' })
  return {
    name,
    summary,
    rules,
    access,
    joinQuestion: access === 'request' ? joinQuestion : '',
    hostVendorId: vendor?.id ?? null,
    productId: product?.id ?? null,
    responseTargetHours,
  }
}
