import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { categories, productCategories, products, vendors } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { lockedVendor } from './facts'
import type { CategoryInput, ProductCategoriesInput } from './input'

/** Short enough to be read through. */
export const MOST_CATEGORIES = 60

const vendorCount = sql<number>`(select count(distinct s.vendor_id)::int from product_categories s where s.category_id = ${categories}.id)`

/** All of them by name, each with how many vendors stand there. */
export async function categoryList() {
  return db
    .select({ slug: categories.slug, name: categories.name, vendorCount })
    .from(categories)
    .orderBy(asc(categories.name), asc(categories.id))
    .limit(MOST_CATEGORIES)
}

export async function categoriesToKeep(viewer: Viewer) {
  authorize(viewer, 'category.keep', null)
  return { categories: await categoryList(), most: MOST_CATEGORIES }
}

/** A new one; or, where there is one at the address, another name for it. */
export async function keepCategory(viewer: Viewer, { categoryName: name, categorySlug: slug }: CategoryInput) {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'category.keep', null)
    await oneAtATime(tx)
    const [known] = await tx.update(categories).set({ name }).where(eq(categories.slug, slug)).returning({ categoryId: categories.id })
    if (!known && (await tx.$count(categories)) >= MOST_CATEGORIES) throw new Conflict('category.many')
    const categoryId = known?.categoryId ?? newId()
    if (!known) await tx.insert(categories).values({ id: categoryId, slug, name, createdAt: now() })
    await record(tx, viewer, 'category.kept', { categoryId })
  })
}

/** Its products stand in the others that they have. Twice is once. */
export async function removeCategory(viewer: Viewer, slug: string) {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'category.keep', null)
    const [gone] = await tx.delete(categories).where(eq(categories.slug, slug)).returning({ categoryId: categories.id })
    if (gone) await record(tx, viewer, 'category.removed', gone)
  })
}

export async function sortingPage(viewer: Viewer, vendorSlug: string, productSlug: string) {
  authorize(viewer, 'category.keep', null)
  const [[product], all] = await Promise.all([
    db
      .select({
        name: products.name,
        slug: products.slug,
        vendorName: vendors.name,
        vendorSlug: vendors.slug,
        stands: sql<string[]>`(select coalesce(json_agg(c.slug order by s.position), '[]') from product_categories s
          join categories c on c.id = s.category_id where s.product_id = ${products}.id)`,
      })
      .from(products)
      .innerJoin(vendors, eq(vendors.id, products.vendorId))
      .where(and(eq(vendors.slug, vendorSlug), eq(products.slug, productSlug))),
    categoryList(),
  ])
  if (!product) throw new NotFound()
  return { ...product, categories: all }
}

/** Where a product stands from now on, the first one first. */
export async function sortProduct(
  viewer: Viewer,
  vendorSlug: string,
  productSlug: string,
  { first, second, third }: ProductCategoriesInput,
) {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'category.keep', null)
    const { vendorId } = await lockedVendor(tx, vendorSlug)
    const [product] = await tx
      .select({ productId: products.id })
      .from(products)
      .where(and(eq(products.vendorId, vendorId), eq(products.slug, productSlug)))
    if (!product) throw new NotFound()
    const { productId } = product
    const wanted = [...new Set([first, second, third].filter((slug) => slug !== ''))]
    const found = wanted.length
      ? await tx
          .select({ id: categories.id, slug: categories.slug })
          .from(categories)
          .where(inArray(categories.slug, wanted))
          .for('key share')
      : []
    const rows = wanted.map((slug, at) => ({ slug, at, category: found.find((one) => one.slug === slug) }))
    const unknown = rows.find(({ category }) => !category)?.slug
    const field = first === unknown ? 'first' : second === unknown ? 'second' : 'third'
    if (unknown) throw new Invalid({ [field]: 'notChoice' })
    await tx.delete(productCategories).where(eq(productCategories.productId, productId))
    for (const { category, at } of rows)
      if (category) await tx.insert(productCategories).values({ productId, vendorId, categoryId: category.id, position: at + 1 })
    await record(tx, viewer, 'product.sorted', { vendorId, productId })
  })
}

const oneAtATime = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('categories'))`)
