import { expect, test } from 'vitest'
import { decide } from '~/server/moderation'
import { verdictsOf, withdrawRecommendation } from '~/server/recommendations'
import { visitor } from '~/server/viewer'
import { aRecommendation, manyRecommendations } from './scene'

test('a score is shown from five', async () => {
  const { vendor, product } = await aRecommendation()
  await manyRecommendations(vendor.id, product.id, [5, 5, 4])
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 4, organisations: 4, estimate: null })
  await manyRecommendations(vendor.id, product.id, [1])
  const five = await verdictsOf(visitor, vendor.id)
  expect(five).toMatchObject({
    n: 5,
    published: 5,
    estimate: { n: 5 },
    spread: [1, 1, 0, 1, 2],
    dimensions: { ease: { spread: [0, 0, 0, 5, 0] }, support: null, value: { spread: [0, 0, 5, 0, 0] } },
    products: { [product.slug]: { n: 5, estimate: { n: 5 } } },
  })
})

test('twenty on a page, then the older ones, each once', async () => {
  const { vendor, product, recommendationId } = await aRecommendation()
  await manyRecommendations(
    vendor.id,
    product.id,
    Array.from({ length: 22 }, () => 4),
  )
  const first = await verdictsOf(visitor, vendor.id)
  const second = await verdictsOf(visitor, vendor.id, { cursor: first.older })
  expect([first.cards.length, second.cards.length, second.older]).toEqual([20, 3, null])
  expect(first.cards[0]?.id).toBe(recommendationId)
  expect(new Set([...first.cards, ...second.cards].map((card) => card.id)).size).toBe(23)
})

test('what is hidden or withdrawn counts for nobody; the author still sees what was hidden', async () => {
  const { vendor, amina, bo, recommendationId } = await aRecommendation()
  await decide(bo, 'recommendation', recommendationId, {
    ...{ act: 'hide', rule: 'private', facts: 'Quotes a private letter.', why: 'Its writer was not asked.', seen: '' },
  })
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 0, published: 0, withheld: [{ reason: 'private', count: 1 }], cards: [] })
  expect((await verdictsOf(amina, vendor.id)).cards).toMatchObject([
    { id: recommendationId, hiddenBy: expect.any(String), may: { edit: false } },
  ])
  await withdrawRecommendation(amina, recommendationId)
  expect((await verdictsOf(amina, vendor.id)).cards).toEqual([])
})
