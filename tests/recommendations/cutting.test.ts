import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { cutFrom, editRecommendation, recommendationPage, verdictsOf, versionsPage, writeRecommendation } from '~/server/recommendations'
import { visitor } from '~/server/viewer'
import { aMember, aProduct, aVendor } from '../support/cast'
import { aRecommendation, honest, manyRecommendations } from './scene'

async function aVendorWithProduct() {
  const vendor = await aVendor()
  return { vendor, product: await aProduct(vendor) }
}

test('an address asks for what can be chosen, and for nothing else', () => {
  const from = (query: string) => cutFrom(new URLSearchParams(query))
  expect(from('size=11-50&industry=health&role=runs&about=+shared+inbox+')).toEqual({
    ...{ size: '11-50', industry: 'health', role: 'runs', about: 'shared inbox' },
  })
  expect(from('size=12&industry=&role=king&about=%00&cursor=x')).toEqual({})
  expect(from(`about=${'x'.repeat(500)}`).about).toHaveLength(80)
})

test('size, industry and role are shown beside a handle, and find it; whoever is unnamed is found by neither', async () => {
  const { vendor, product } = await aVendorWithProduct()
  const [amina, chen] = await Promise.all([aMember('Amina'), aMember('Chen')])
  const context = { organisationSize: '11-50', industry: 'health', authorRole: 'runs' } as const
  const named = await writeRecommendation(amina, vendor.slug, { ...honest, ...context, product: product.slug })
  const unnamed = await writeRecommendation(chen, vendor.slug, { ...honest, ...context, product: product.slug, shownAs: 'unnamed' })

  expect(await recommendationPage(visitor, named.recommendationId)).toMatchObject(context)
  expect(await recommendationPage(visitor, unnamed.recommendationId)).toMatchObject({ industry: null, authorRole: null })
  expect(await recommendationPage(chen, unnamed.recommendationId)).toMatchObject({ industry: 'health', authorRole: 'runs' })
  for (const cut of [
    { size: '11-50' },
    { industry: 'health' },
    { role: 'runs' },
    { size: '11-50', industry: 'health', role: 'runs' },
  ] as const)
    expect((await verdictsOf(visitor, vendor.id, { cut })).cards.map(({ id }) => id)).toEqual([named.recommendationId])
  for (const cut of [{ size: '1-10' }, { industry: 'media' }, { role: 'uses' }, { industry: 'health', role: 'uses' }] as const)
    expect((await verdictsOf(visitor, vendor.id, { cut })).cards).toEqual([])
})

test('the words about the use are found in any form; what is hidden is not', async () => {
  const { vendor, amina, recommendationId } = await aRecommendation()
  const other = await aRecommendation()
  const found = async (about: string) => (await verdictsOf(visitor, vendor.id, { cut: { about } })).cards.map(({ id }) => id)
  for (const about of ['museum', 'Museums', 'archive museum', 'LONG archives'])
    expect(await found(about), about).toEqual([recommendationId])
  for (const about of ['dentist', 'museum dentist']) expect(await found(about), about).toEqual([])
  await editRecommendation(amina, recommendationId, { ...honest, useCase: 'Nine people in a dental practice.' })
  expect(await found('museum')).toEqual([])
  expect((await verdictsOf(visitor, other.vendor.id, { cut: { about: 'museum' } })).cards).toHaveLength(1)
})

test('a cut of fewer than five, or of fewer than three organisations, has no score; the recommendations are listed', async () => {
  const { vendor, product } = await aVendorWithProduct()
  await manyRecommendations(vendor.id, product.id, [5, 5, 4, 5, 4, 5], { industry: 'media' })
  await manyRecommendations(vendor.id, product.id, [1, 2, 1, 1], { industry: 'health', organisationSize: '11-50' })
  const cut = { industry: 'health' } as const
  expect(await verdictsOf(visitor, vendor.id, { cut })).toMatchObject({
    cut: { n: 4, estimate: null, spread: null },
    cards: [{ verdict: 1 }, { verdict: 1 }, { verdict: 2 }, { verdict: 1 }],
    n: 10,
  })
  await manyRecommendations(vendor.id, product.id, [2, 3], { industry: 'health' })
  const enough = await verdictsOf(visitor, vendor.id, { cut })
  expect(enough.cut).toMatchObject({ n: 6, organisations: 4, spread: [3, 2, 1, 0, 0] })
  expect(enough.cut?.estimate?.estimate).toBeLessThan(enough.estimate?.estimate ?? 0)
  expect((await verdictsOf(visitor, vendor.id, { cut: { ...cut, size: '11-50' } })).cut).toMatchObject({ n: 4, estimate: null })

  const twoHouses = await aVendorWithProduct()
  await manyRecommendations(twoHouses.vendor.id, twoHouses.product.id, [5, 5, 5, 5, 5], { industry: 'health', organisations: 2 })
  expect((await verdictsOf(visitor, twoHouses.vendor.id, { cut })).cut).toMatchObject({
    n: 5,
    organisations: 2,
    estimate: null,
    spread: null,
  })
  expect((await verdictsOf(visitor, vendor.id)).cut).toBeNull()
})

test('partners are listed and do not count in a cut either', async () => {
  const { vendor, product } = await aVendorWithProduct()
  await manyRecommendations(vendor.id, product.id, [5, 5, 5, 5], { industry: 'health' })
  await manyRecommendations(vendor.id, product.id, [5, 5], { industry: 'health', isPartner: true, relation: 'partner' })
  const { cut, cards } = await verdictsOf(visitor, vendor.id, { cut: { industry: 'health' } })
  expect([cut?.n, cut?.estimate, cards.length]).toEqual([4, null, 6])
})

test('of which organisation each is, is not told even where two are asked after', async () => {
  const { vendor, product } = await aVendorWithProduct()
  await manyRecommendations(vendor.id, product.id, [5, 5], { organisations: 1 })
  const [told] = await db.execute<{ n: number }>(
    sql`select organisations_among((select array_agg(id) from recommendations where vendor_id = ${vendor.id}::uuid)) as n`,
  )
  expect(told?.n).toBe(0)
})

test('pages of a cut follow one another; a change of the context is kept as a version', async () => {
  const { vendor, product } = await aVendorWithProduct()
  await manyRecommendations(
    vendor.id,
    product.id,
    Array.from({ length: 23 }, () => 4),
    { authorRole: 'runs' },
  )
  await manyRecommendations(vendor.id, product.id, [1, 1, 1])
  const cut = { role: 'runs' } as const
  const first = await verdictsOf(visitor, vendor.id, { cut })
  const second = await verdictsOf(visitor, vendor.id, { cut, cursor: first.older })
  expect([first.cards.length, second.cards.length, second.older]).toEqual([20, 3, null])

  const { amina, recommendationId } = await aRecommendation()
  await editRecommendation(amina, recommendationId, { ...honest, industry: 'education', authorRole: 'decides' })
  await editRecommendation(amina, recommendationId, { ...honest, industry: 'education', authorRole: 'decides' })
  expect((await versionsPage(amina, recommendationId)).versions).toHaveLength(1)
})
