import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { closeDatabase } from '~/db/client'
import { newId } from '~/db/ids'
import { decisions } from '~/db/schema'
import { decide } from '~/server/moderation'
import { verdictsCompared, verdictsOf, withdrawRecommendation } from '~/server/recommendations'
import { vendorPage, vendorsCompared } from '~/server/vendors'
import { visitor } from '~/server/viewer'
import { aCommunity, anOperator, aProduct, aVendor, owner } from '../support/cast'
import { aRecommendation, manyRecommendations } from './scene'

async function aVendorOf(verdicts: number[], like: Parameters<typeof manyRecommendations>[3] = {}) {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  await manyRecommendations(vendor.id, product.id, verdicts, like)
  return { ...vendor, product }
}

test('vendors stand in the order in which they were named, each once, four at most; what is no vendor is left out', async () => {
  const all = await Promise.all(['Tern', 'Halyard', 'Ledgerly', 'Wren', 'Marlow'].map((name) => aVendor(name)))
  const slugs = all.map(({ slug }) => slug)
  const [one = '', two = '', three = '', four = '', five = ''] = slugs
  const { vendors, leftOut } = await vendorsCompared(visitor, [three, one, three, 'no-such-vendor', '\0', '', 'x'.repeat(900)])
  expect([vendors.map(({ slug }) => slug), leftOut]).toEqual([[three, one], 0])
  const many = await vendorsCompared(visitor, [five, four, three, two, one, one])
  expect([many.vendors.map(({ slug }) => slug), many.leftOut]).toEqual([[five, four, three, two], 1])
  expect(await vendorsCompared(visitor, [])).toEqual({ vendors: [], leftOut: 0 })
})

test('the numbers are those of each vendor’s own page; below five of three organisations there are none', async () => {
  const [scored, few, oneHouse] = await Promise.all([
    aVendorOf([5, 5, 4, 2, 5]),
    aVendorOf([5, 5, 5, 5]),
    aVendorOf([5, 5, 5, 5, 5, 5], { organisations: 2 }),
  ])
  const found = await verdictsCompared(visitor, [scored.id, few.id, oneHouse.id])
  for (const vendor of [scored, few, oneHouse]) {
    const { n, organisations, estimate } = await verdictsOf(visitor, vendor.id)
    expect(found.get(vendor.id)).toMatchObject({ n, organisations, estimate })
  }
  expect(found.get(scored.id)?.dimensions).toMatchObject({ ease: { n: 5 }, support: null, value: { n: 5 } })
  for (const { id } of [few, oneHouse])
    expect(found.get(id)).toMatchObject({ estimate: null, dimensions: { ease: null, support: null, value: null } })
})

test('beside a score stand what it rests on and what is left out of it, the same as on its page; below a score only what is left out', async () => {
  const [scored, few] = [await aVendorOf([5, 5, 4, 4, 5]), await aVendorOf([5, 5])]
  await manyRecommendations(scored.id, scored.product.id, [5, 5, 5, 5, 5], { invitedBy: 'vendor', source: 'hand-picked' })
  await manyRecommendations(few.id, few.product.id, [5], { relation: 'partner', isPartner: true })
  const { amina, bo, vendor, recommendationId } = await aRecommendation()
  await decide(bo, 'recommendation', recommendationId, {
    ...{ act: 'hide', rule: 'private', facts: 'Quotes a private letter.', why: 'Its writer was not asked.', seen: '' },
  })
  const found = await verdictsCompared(amina, [scored.id, few.id, vendor.id])
  for (const { id } of [scored, few, vendor]) {
    const { sources, evidence, unscored, withheld, withdrawn, disputed } = await verdictsOf(visitor, id)
    expect(found.get(id)).toMatchObject({ sources, evidence, unscored, withheld, withdrawn, disputed })
  }
  expect(found.get(scored.id)?.sources).toEqual({ parts: { organic: 5, 'hand-picked': 5 }, rest: 0 })
  expect(found.get(few.id)).toMatchObject({ sources: { parts: {}, rest: 0 }, unscored: { partner: 1 } })
  expect(found.get(vendor.id)).toMatchObject({ withheld: [{ reason: 'private', count: 1 }] })
})

test('a dimension that fewer than five rated is not shown beside a score', async () => {
  const vendor = await aVendorOf([5, 5, 4, 2], { easeRating: null })
  await manyRecommendations(vendor.id, vendor.product.id, [4, 4, 4, 4])
  const found = (await verdictsCompared(visitor, [vendor.id])).get(vendor.id)
  expect(found).toMatchObject({ n: 8, dimensions: { ease: null, value: { n: 8 } } })
})

test('the latest lines are three that stand; what was hidden or withdrawn is not among them', async () => {
  const { vendor, product, amina, bo, recommendationId } = await aRecommendation()
  await manyRecommendations(vendor.id, product.id, [1, 2, 3, 4])
  const linesOf = async () => (await verdictsCompared(visitor, [vendor.id])).get(vendor.id)?.lines ?? []
  expect((await linesOf()).map(({ verdict }) => verdict)).toEqual([2, 4, 3])
  await decide(bo, 'recommendation', recommendationId, {
    ...{ act: 'hide', rule: 'private', facts: 'Quotes a private letter.', why: 'Its writer was not asked.', seen: '' },
  })
  expect((await linesOf()).map(({ verdict }) => verdict)).toEqual([4, 3, 2])
  await withdrawRecommendation(amina, recommendationId)
  expect(await verdictsCompared(amina, [vendor.id])).toMatchObject(new Map([[vendor.id, { lines: [{ verdict: 4 }, {}, {}] }]]))
})

test('what was decided in its open rooms is counted, and what became of it on appeal; closed rooms tell nothing', async () => {
  const [vendor, olu] = await Promise.all([aVendor(), anOperator()])
  const [open, closed] = await Promise.all([
    aCommunity({ hostVendorId: vendor.id }),
    aCommunity({ hostVendorId: vendor.id, access: 'invitation' }),
  ])
  const decided = async (communityId: string, outcome?: 'upheld' | 'overturned', daysAgo = 1) => {
    const at = new Date(Date.now() - daysAgo * 86_400_000)
    const id = newId()
    await owner.insert(decisions).values({
      ...{ id, act: 'lock', subjectKind: 'thread', subjectId: newId(), communityId, decidedBy: olu.personId, decidedAt: at },
      ...{ scope: 'community', duration: 'until-changed', facts: 'It was about bookbinding.', source: 'own-initiative' },
      ...{ detectedAutomatically: false, decidedAutomatically: false, rule: 'off-topic', why: 'The room is about mail.' },
      appealUntil: new Date(at.getTime() + 190 * 86_400_000),
    })
    if (outcome)
      await owner.execute(sql`insert into appeals (id, decision_id, person_id, handle_id, standing, words, due_at, outcome, reasons, decided_by, decided_at)
        values (${newId()}, ${id}, ${olu.personId}, ${olu.handleId}, 'target', 'It was about mail.', now(), ${outcome}, 'It was.', ${olu.personId}, now())`)
  }
  await decided(open.id)
  await decided(open.id, 'upheld')
  await decided(open.id, 'overturned')
  await decided(open.id, undefined, 400)
  await decided(closed.id, 'overturned')
  expect((await vendorsCompared(visitor, [vendor.slug])).vendors).toMatchObject([{ moderated: { decided: 3, upheld: 1, overturned: 1 } }])
  expect((await vendorPage(visitor, vendor.slug)).moderated).toEqual({ decided: 3, upheld: 1, overturned: 1 })
})

test('four vendors take as many queries as two', async () => {
  const all = await Promise.all([aVendorOf([5]), aVendorOf([4]), aVendorOf([3]), aVendorOf([2])])
  const watched = globalThis as typeof globalThis & { parleyQueryWatcher?: (connection: number, query: string) => void }
  const counted = async (vendors: { slug: string }[]) => {
    let queries = 0
    await closeDatabase(1)
    watched.parleyQueryWatcher = (_, query) => void (/set_config|^(begin|commit)/.test(query) ? null : (queries += 1))
    const { vendors: found } = await vendorsCompared(
      visitor,
      vendors.map(({ slug }) => slug),
    )
    await verdictsCompared(
      visitor,
      found.map(({ vendorId }) => vendorId),
    )
    watched.parleyQueryWatcher = undefined
    await closeDatabase(1)
    return queries
  }
  expect([await counted(all.slice(0, 2)), await counted(all)]).toEqual([3, 3])
})
