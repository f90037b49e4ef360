import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { categories, interactions, productCategories } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  categoriesToKeep,
  categoryList,
  directoryPage,
  keepCategory,
  MOST_CATEGORIES,
  removeCategory,
  sortingPage,
  sortProduct,
  vendorPage,
} from '~/server/vendors'
import { CategoryInput } from '~/server/vendors/input'
import { visitor } from '~/server/viewer'
import { aMember, anOperator, aProduct, aStaffMember, aVendor, owner, unique } from '../support/cast'

async function aCategory(name = 'Mail') {
  const [olu, slug] = [await anOperator(), unique('mail')]
  await keepCategory(olu, { categoryName: name, categorySlug: slug })
  return { olu, slug }
}
async function aSortedVendor(slugs: string[]) {
  const [vendor, olu] = [await aVendor(unique('Tern')), await anOperator()]
  const product = await aProduct(vendor)
  const [first = '', second = '', third = ''] = slugs
  await sortProduct(olu, vendor.slug, product.slug, { first, second, third })
  return { vendor, product, olu }
}
const found = async (category: string) => (await directoryPage({ category })).vendors.map(({ slug }) => slug)

test('vendors are found by the categories in which their products stand, each vendor once', async () => {
  const [mail, desk] = [await aCategory(), await aCategory('Desks')]
  const { vendor, product, olu } = await aSortedVendor([mail.slug, desk.slug])
  const other = await aProduct(vendor, 'Tern Pocket')
  await sortProduct(olu, vendor.slug, other.slug, { first: mail.slug, second: '', third: '' })
  const neighbour = await aSortedVendor([desk.slug])
  expect(await found(mail.slug)).toEqual([vendor.slug])
  expect((await found(desk.slug)).sort()).toEqual([vendor.slug, neighbour.vendor.slug].sort())
  expect(await directoryPage({ category: 'no-such-category' })).toMatchObject({ vendors: [], category: null })
  expect((await directoryPage({ category: mail.slug, search: 'pocket' })).vendors).toHaveLength(1)
  expect((await directoryPage({ category: mail.slug, search: 'nothing-so-called' })).vendors).toEqual([])
  expect((await categoryList()).find(({ slug }) => slug === mail.slug)).toMatchObject({ vendorCount: 1 })
  const shown = (await vendorPage(visitor, vendor.slug)).products.find(({ productId }) => productId === product.id)
  expect(shown?.categories.map(({ slug }) => slug)).toEqual([mail.slug, desk.slug])
})

test('a category goes on page by page', async () => {
  const mail = await aCategory()
  for (let at = 0; at < 52; at += 1) await aSortedVendor([mail.slug])
  const first = await directoryPage({ category: mail.slug })
  const rest = await directoryPage({ category: mail.slug, after: first.next })
  expect([first.vendors.length, rest.vendors.length, rest.next]).toEqual([50, 2, null])
  expect(new Set([...first.vendors, ...rest.vendors].map(({ slug }) => slug)).size).toBe(52)
})

test('a product stands in three at most, each once; what is no category is refused', async () => {
  const all = [await aCategory(), await aCategory(), await aCategory()]
  const [one = '', two = '', three = ''] = all.map(({ slug }) => slug)
  const { vendor, product, olu } = await aSortedVendor([one, two, three])
  const sort = (first: string, second = '', third = '') => sortProduct(olu, vendor.slug, product.slug, { first, second, third })
  expect((await sortingPage(olu, vendor.slug, product.slug)).stands).toEqual([one, two, three])
  await sort(two, two, one)
  expect((await sortingPage(olu, vendor.slug, product.slug)).stands).toEqual([two, one])
  await expect(sort(two, 'no-such-category')).rejects.toEqual(new Invalid({ second: 'notChoice' }))
  await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 ? sort(one) : sort(three, two))))
  expect([[one], [three, two]]).toContainEqual((await sortingPage(olu, vendor.slug, product.slug)).stands)
  await expect(
    owner
      .insert(productCategories)
      .values({ productId: product.id, vendorId: vendor.id, categoryId: sql`(select id from categories limit 1)`, position: 4 }),
  ).rejects.toThrow()
  await expect(sortProduct(olu, vendor.slug, 'no-such-product', { first: '', second: '', third: '' })).rejects.toThrow(NotFound)
})

test('the address of one that exists gives it another name; removed, its products stay where else they stand', async () => {
  const [mail, desk] = [await aCategory(), await aCategory('Desks')]
  const { vendor, product, olu } = await aSortedVendor([mail.slug, desk.slug])
  await keepCategory(olu, { categoryName: 'Post', categorySlug: mail.slug })
  expect((await categoriesToKeep(olu)).categories.filter(({ slug }) => slug === mail.slug)).toMatchObject([{ name: 'Post' }])
  await removeCategory(olu, mail.slug)
  await removeCategory(olu, mail.slug)
  expect((await sortingPage(olu, vendor.slug, product.slug)).stands).toEqual([desk.slug])
  expect(await found(mail.slug)).toEqual([])
  const kinds = await db.select({ kind: interactions.kind }).from(interactions).where(eq(interactions.vendorId, vendor.id))
  expect(kinds).toEqual([{ kind: 'product.sorted' }])
  expect(CategoryInput.safeParse({ categoryName: 'X', categorySlug: 'Not an address' }).success).toBe(false)
})

test('operators keep them, and nobody else: a vendor does not choose where it stands', async () => {
  const { vendor, product } = await aSortedVendor([])
  const mail = await aCategory()
  for (const person of [await aMember(), await aStaffMember(vendor)]) {
    await expect(keepCategory(person, { categoryName: 'Best of all', categorySlug: unique('best') })).rejects.toThrow(Forbidden)
    await expect(removeCategory(person, mail.slug)).rejects.toThrow(Forbidden)
    await expect(sortProduct(person, vendor.slug, product.slug, { first: mail.slug, second: '', third: '' })).rejects.toThrow(Forbidden)
    await expect(categoriesToKeep(person)).rejects.toThrow(Forbidden)
  }
})

test('there are sixty at most, however many are added at once', async () => {
  const olu = await anOperator()
  const kept = await owner.$count(categories)
  await Promise.allSettled(
    Array.from({ length: MOST_CATEGORIES + 10 - kept }, () =>
      keepCategory(olu, { categoryName: 'One more', categorySlug: unique('more') }),
    ),
  )
  expect(await owner.$count(categories)).toBe(MOST_CATEGORIES)
  await expect(keepCategory(olu, { categoryName: 'One more', categorySlug: unique('more') })).rejects.toEqual(new Conflict('category.many'))
  await owner.delete(categories).where(eq(categories.name, 'One more'))
})
