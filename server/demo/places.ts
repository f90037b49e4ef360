import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import {
  categories,
  communities,
  communityModerators,
  portalModerators,
  productCategories,
  products,
  relationships,
  vendors,
  vendorStaff,
} from '~/db/schema'
import * as world from '~/db/seed/world'
import { createPerson } from '~/server/accounts'
import { becomeMember } from '~/server/communities'
import { now } from '~/server/platform/clock'
import { renderMarkdown } from '~/server/platform/markdown'
import { systemViewer } from '~/server/viewer'

const viewer = systemViewer('demo')

export type Cast = Map<string, { personId: string; handleId: string }>

export async function makePeople(): Promise<Cast> {
  const cast: Cast = new Map()
  for (const { key, name, operator } of world.people)
    await transaction(viewer, async (tx) => {
      cast.set(
        key,
        await createPerson(tx, {
          email: `${key}@demo.example`,
          handle: key,
          displayName: name,
          password: world.DEMO_PASSWORD,
          confirmed: true,
          operator: operator ?? false,
        }),
      )
    })
  return cast
}

/** Vendors with their products and staff, rooms with their moderators and members. */
export async function makePlaces(cast: Cast): Promise<void> {
  const idOf = (key: string) => (cast.get(key) as { personId: string }).personId
  const vendorIds = new Map<string, string>()
  const productIds = new Map<string, string>()
  await transaction(viewer, async (tx) => {
    const categoryIds = new Map<string, string>(world.categories.map(({ slug }) => [slug, newId()]))
    for (const category of world.categories)
      await tx.insert(categories).values({ id: categoryIds.get(category.slug) ?? '', ...category, createdAt: now() })
    for (const vendor of world.vendors) {
      const vendorId = newId()
      vendorIds.set(vendor.slug, vendorId)
      const [first] = vendor.staff
      const { slug, name, summary } = vendor
      const looked = { website: 'website' in vendor ? vendor.website : null, defaultOwnerId: first ? idOf(first.person) : null }
      await tx.insert(vendors).values({ id: vendorId, slug, name, summary, ...looked, createdAt: now() })
      for (const { categories: standsIn, ...product } of vendor.products) {
        const id = newId()
        productIds.set(product.slug, id)
        await tx.insert(products).values({ id, vendorId, ...product, createdAt: now() })
        for (const [at, slug] of standsIn.entries())
          await tx.insert(productCategories).values({ productId: id, vendorId, categoryId: categoryIds.get(slug) ?? '', position: at + 1 })
      }
      for (const { person, role, askAbout } of vendor.staff)
        await tx.insert(vendorStaff).values({ id: newId(), vendorId, personId: idOf(person), role, askAbout, startedAt: now() })
    }
    const operatorId = idOf('olu')
    for (const { key, portalModerator } of world.people)
      if (portalModerator) await tx.insert(portalModerators).values({ personId: idOf(key), appointedBy: operatorId, startedAt: now() })
    for (const { moderator, host, product, ...community } of world.communities) {
      const id = newId()
      const hostVendorId = host ? vendorIds.get(host) : null
      await tx
        .insert(communities)
        .values({ id, ...community, hostVendorId, productId: product ? productIds.get(product) : null, createdAt: now() })
      await tx.insert(communityModerators).values({ communityId: id, personId: idOf(moderator), appointedBy: operatorId, startedAt: now() })
      for (const member of world.members[community.slug])
        await becomeMember(tx, id, cast.get(member) as { personId: string; handleId: string })
    }
    for (const key of world.customers.ledgerly)
      await tx.insert(relationships).values({
        ...{ id: newId(), vendorId: vendorIds.get('ledgerly') ?? '', handleId: cast.get(key)?.handleId ?? '' },
        ...{ since: now(), lastAt: now() },
      })
    await tx.execute(sql`update memberships set says_prospect_at = joined_at where handle_id = ${cast.get('jun')?.handleId}::uuid`)
    for (const { key, about } of world.people)
      if (about)
        await tx.execute(
          sql`update handles set about = ${about}, about_html = ${renderMarkdown(about)} where id = ${cast.get(key)?.handleId}::uuid`,
        )
  })
}
