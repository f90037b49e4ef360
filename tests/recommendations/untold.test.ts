import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { recommendations, vendorStaff } from '~/db/schema'
import {
  editRecommendation,
  findConflicts,
  recommendationPage,
  replyToRecommendation,
  verdictsOf,
  writeRecommendation,
} from '~/server/recommendations'
import { sitemap } from '~/server/publishing'
import { visitor } from '~/server/viewer'
import { aMember, aProduct, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aConfirmedCustomer, aRecommendation, followUp, honest, manyRecommendations } from './scene'

const at = (kind: string) => (id: string) => `/${kind}/${id}`
const addresses = { thread: at('t'), community: at('c'), vendor: at('v'), recommendation: at('r'), fixed: [] }

test('which tie it is, its author and independent moderators are told; everybody else that there is one', async () => {
  const { vendor, amina, dara, bo, recommendationId } = await aRecommendation()
  await owner.insert(vendorStaff).values({ id: newId(), vendorId: vendor.id, personId: amina.personId, role: 'support' })
  await findConflicts()
  for (const person of [amina, bo]) expect((await recommendationPage(person, recommendationId)).conflict).toBe('employer')
  for (const viewer of [visitor, dara, await aMember('Chen'), await aStaffMember(await aVendor('Orbit'), 'Ines')]) {
    expect(await recommendationPage(viewer, recommendationId)).toMatchObject({ conflict: 'tie', counts: null })
    expect((await verdictsOf(viewer, vendor.id)).cards).toMatchObject([{ conflict: 'tie' }])
  }
})

test('without a score nothing is told of what it would rest on', async () => {
  const { vendor, product } = await aRecommendation()
  await manyRecommendations(vendor.id, product.id, [5, 5, 5], { supportRating: 4 })
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({
    n: 4,
    estimate: null,
    spread: null,
    dimensions: { ease: null, support: null, value: null },
    quarters: [],
    sources: { parts: {}, rest: 0 },
    evidence: { parts: {}, rest: 0 },
  })
})

test('a dimension and a quarter are shown from five, and so is each part of a split', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const many = (count: number, like: Partial<typeof recommendations.$inferInsert>) =>
    manyRecommendations(
      vendor.id,
      product.id,
      Array.from({ length: count }, () => 4),
      like,
    )
  await many(9, { confirmedAt: new Date('2026-05-05'), supportRating: null })
  await many(6, { confirmedAt: new Date('2026-08-08'), source: 'hand-picked', evidence: 'document', supportRating: null })
  const before = await verdictsOf(visitor, vendor.id)
  expect(before).toMatchObject({ sources: { parts: { organic: 9, 'hand-picked': 6 }, rest: 0 } })
  expect(before.quarters.map(({ quarter }) => quarter)).toEqual(['2026-Q2', '2026-Q3'])

  await many(4, { confirmedAt: new Date('2026-10-10'), source: 'incentivised', evidence: 'screenshot', supportRating: 2 })
  const with4 = await verdictsOf(visitor, vendor.id)
  // Four are what is left when the others are taken from the sum: so that they are not, the next fewest stay with them.
  expect(with4).toMatchObject({
    n: 19,
    dimensions: { ease: { estimate: { n: 19 } }, support: null },
    sources: { parts: { organic: 9 }, rest: 10 },
    evidence: { parts: { 'self-declared': 9 }, rest: 10 },
  })
  expect(with4.quarters.map(({ quarter }) => quarter)).toEqual(['2026-Q2'])

  await many(1, { confirmedAt: new Date('2026-10-10'), source: 'incentivised', evidence: 'screenshot', supportRating: 2 })
  const with5 = await verdictsOf(visitor, vendor.id)
  expect(with5).toMatchObject({
    dimensions: { support: { estimate: { n: 5 } } },
    sources: { parts: { organic: 9, 'hand-picked': 6, incentivised: 5 }, rest: 0 },
  })
  expect(with5.quarters).toHaveLength(3)
})

test('unnamed where few are confirmed, neither a size, nor a kind of evidence, nor an hour says who it is', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const [amina, dara] = [await aMember('Amina'), await aStaffMember(vendor)]
  await aConfirmedCustomer(amina, vendor)
  const { recommendationId } = await writeRecommendation(amina, vendor.slug, {
    ...{ ...honest, product: product.slug, shownAs: 'unnamed' as const, organisationSize: '51-250' as const },
  })
  // Its id does not say when it was made either.
  expect(recommendationId[14]).toBe('4')
  await replyToRecommendation(dara, recommendationId, { body: 'Thank you.' })
  const [row] = await owner.select().from(recommendations).where(eq(recommendations.id, recommendationId))
  const day = new Date(`${row?.createdAt.toISOString().slice(0, 10)}T00:00:00Z`)
  for (const viewer of [visitor, dara]) {
    const shown = await recommendationPage(viewer, recommendationId)
    expect(shown).toMatchObject({ organisationSize: null, evidence: null, counts: null, createdAt: day, confirmedAt: day })
    expect(shown.by.displayName).toBe('A member, unnamed')
    expect(JSON.stringify(await verdictsOf(viewer, vendor.id))).not.toContain(row?.createdAt.toISOString())
  }
  const listed = await sitemap('pages.xml', addresses)
  expect(listed).toContain(`/r/${recommendationId}</loc><lastmod>${day.toISOString()}<`)
  expect(await recommendationPage(amina, recommendationId)).toMatchObject({ organisationSize: '51-250', evidence: 'relationship' })
  for (let at = 0; at < 4; at += 1) await aConfirmedCustomer(await aMember(`Other ${at}`), vendor)
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({
    by: { displayName: 'A verified customer, 51 to 250 people' },
    evidence: 'relationship',
    createdAt: day,
  })
})

test('pages follow one another without saying when the last of a page was written', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  await manyRecommendations(
    vendor.id,
    product.id,
    Array.from({ length: 21 }, () => 4),
    { named: false },
  )
  const first = await verdictsOf(visitor, vendor.id)
  const second = await verdictsOf(visitor, vendor.id, { cursor: first.older })
  expect(first.older).toBe(first.cards.at(-1)?.id)
  expect([first.cards.length, second.cards.length, second.older]).toEqual([20, 1, null])
})

test('a name is taken back at any time: from then on no page shows it, nor the record that the vendor keeps', async () => {
  const { vendor, amina, dara, recommendationId } = await aRecommendation()
  await followUp(recommendationId)
  const lines = () => transaction(dara, (tx) => tx.execute(sql`select kind from timeline_entries where object_id = ${recommendationId}`))
  expect(await lines()).toHaveLength(1)
  await editRecommendation(amina, recommendationId, { ...honest, shownAs: 'unnamed' })
  await followUp(recommendationId)
  for (const viewer of [visitor, await refreshed(dara)]) {
    const shown = JSON.stringify([await recommendationPage(viewer, recommendationId), await verdictsOf(viewer, vendor.id)])
    for (const secret of [amina.handle, amina.handleId, amina.personId]) expect(shown).not.toContain(secret)
  }
  expect(await lines()).toEqual([])
  await editRecommendation(amina, recommendationId, honest)
  expect((await recommendationPage(visitor, recommendationId)).by.handle).toBe(amina.handle)
  expect(await owner.execute(sql`select 1 from recommendation_versions where recommendation_id = ${recommendationId}`)).toHaveLength(2)
})
