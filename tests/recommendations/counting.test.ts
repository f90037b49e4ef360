import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction, type Asker } from '~/db/client'
import { newId } from '~/db/ids'
import {
  accountEmails,
  recommendationEvidence,
  recommendations,
  recommendationStandings,
  recommendationTallies,
  relationshipStates,
} from '~/db/schema'
import { decide } from '~/server/moderation'
import {
  editRecommendation,
  recommendationPage,
  verdictsOf,
  weighRecommendations,
  withdrawRecommendation,
  writeRecommendation,
} from '~/server/recommendations'
import { scoreOf } from '~/server/recommendations/score'
import { visitor } from '~/server/viewer'
import { aMember, aProduct, aVendor, owner } from '../support/cast'
import { aConfirmedCustomer, aRecommendation, honest, manyRecommendations } from './scene'

const sums = async (vendorId: string) => ({
  tallies: await owner
    .select()
    .from(recommendationTallies)
    .where(eq(recommendationTallies.vendorId, vendorId))
    .orderBy(recommendationTallies.productId, recommendationTallies.month, recommendationTallies.source, recommendationTallies.evidence),
  standings: await owner
    .select()
    .from(recommendationStandings)
    .where(eq(recommendationStandings.vendorId, vendorId))
    .orderBy(recommendationStandings.productId, recommendationStandings.standing, recommendationStandings.reason),
  organisations: await owner.execute(
    sql`select product_id, organisation, count from recommendation_organisations where vendor_id = ${vendorId} order by 1, 2`,
  ),
})

test('the sums follow every act, and counting everything anew comes to the same', async () => {
  const { vendor, product, amina, bo, recommendationId } = await aRecommendation()
  await manyRecommendations(vendor.id, product.id, [5, 4, 3, 1, 2, 5], { organisations: 3 })
  await editRecommendation(amina, recommendationId, { ...honest, verdict: 4, invitedBy: 'vendor', organisation: 'Elsewhere' })
  const other = await aProduct(vendor, 'Tern Pocket')
  const partner = await aMember('Tomas')
  await writeRecommendation(partner, vendor.slug, { ...honest, product: other.slug, relation: 'partner' })
  const [first] = await owner
    .select()
    .from(recommendations)
    .where(and(eq(recommendations.vendorId, vendor.id), eq(recommendations.verdict, 1)))
  await decide(bo, 'recommendation', first?.id ?? '', {
    act: 'hide',
    rule: 'civil',
    facts: 'Names and insults a person.',
    why: 'It is about a person.',
    seen: '',
  })
  const kept = await sums(vendor.id)
  expect(kept.standings.map(({ standing, reason, count }) => [standing, reason, count]).sort()).toEqual([
    ['partner', '', 1],
    ['scored', '', 6],
    ['withheld', 'civil', 1],
  ])
  await owner.execute(sql`select recount_all_recommendations()`)
  expect(await sums(vendor.id)).toEqual(kept)

  await withdrawRecommendation(amina, recommendationId)
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({
    n: 5,
    withdrawn: 1,
    unscored: { partner: 1, conflict: 0 },
    sources: { parts: { organic: 5 }, rest: 0 },
  })
})

test('ten who write at once are ten', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const people = await Promise.all(
    Array.from({ length: 10 }, (_, at) => aMember(`Person${at}`, { email: `a${at}@house-${at}-${vendor.slug}.example` })),
  )
  await Promise.all(people.map((person) => writeRecommendation(person, vendor.slug, { ...honest, product: product.slug, verdict: 4 })))
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 10, organisations: 10, spread: [0, 0, 0, 10, 0] })
})

test('five of two organisations are no score, however many names they give', async () => {
  const { vendor, product } = await aRecommendation()
  await manyRecommendations(vendor.id, product.id, [5, 5, 5, 5, 5], { organisations: 1 })
  // Amina’s address is of a house of its own.
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 6, organisations: 2, estimate: null })
})

test('where the organisation is unknown, all together are one, unless a document was seen', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  await manyRecommendations(vendor.id, product.id, [5, 5, 5, 5], { organisations: 0 })
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 4, organisations: 1 })
  await manyRecommendations(vendor.id, product.id, [5, 4], { organisations: 0, evidence: 'document' })
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 6, organisations: 3, estimate: { n: 6 } })
})

test('an address of one’s own house says where one works, whatever is typed; a mailbox that anybody can have does not', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const house = `house-${vendor.slug}.example`
  for (const [at, email] of [`x@${house}`, `y@${house}`, `${vendor.slug}1@gmail.com`, `${vendor.slug}2@gmail.com`].entries()) {
    const person = await aMember(`P${at}`, { email })
    await writeRecommendation(person, vendor.slug, { ...honest, product: product.slug, organisation: `Called ${at}` })
  }
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 4, organisations: 3 })
})

test('the source is computed: asked by the vendor, or rewarded, whatever else is said', async () => {
  const { vendor, amina, recommendationId } = await aRecommendation()
  const source = async () => (await recommendationPage(visitor, recommendationId)).source
  expect(await source()).toBe('organic')
  await editRecommendation(amina, recommendationId, { ...honest, incentive: 'gift' })
  expect(await source()).toBe('incentivised')
  await editRecommendation(amina, recommendationId, { ...honest, incentive: 'gift', invitedBy: 'vendor' })
  expect(await source()).toBe('hand-picked')
  expect((await sums(vendor.id)).tallies).toMatchObject([{ source: 'hand-picked', verdicts: [0, 1, 0, 0, 0] }])
})

test('each says what it counts and why', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const amina = await aMember('Amina')
  await aConfirmedCustomer(amina, vendor)
  const { recommendationId } = await writeRecommendation(amina, vendor.slug, { ...honest, product: product.slug, incentive: 'gift' })
  expect((await recommendationPage(visitor, recommendationId)).counts).toEqual({
    source: 0.6,
    evidence: 1,
    recency: 1,
    months: 0,
    weight: 0.6,
  })
  const tomas = await aMember('Tomas')
  const partner = await writeRecommendation(tomas, vendor.slug, { ...honest, product: product.slug, relation: 'partner' })
  expect(await recommendationPage(visitor, partner.recommendationId)).toMatchObject({ isPartner: true, counts: null })
})

test('the evidence is sealed when it is written: the end of the relationship takes nothing back', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const amina = await aMember('Amina')
  await aConfirmedCustomer(amina, vendor)
  const { recommendationId } = await writeRecommendation(amina, vendor.slug, { ...honest, product: product.slug })
  await owner.update(relationshipStates).set({ endedAt: new Date() })
  await editRecommendation(amina, recommendationId, { ...honest, verdict: 1 })
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({ evidence: 'relationship' })
  const sealed = await db.select().from(recommendationEvidence).where(eq(recommendationEvidence.recommendationId, recommendationId))
  expect(sealed).toMatchObject([{ level: 'relationship', stateId: expect.any(String), foundAt: expect.any(Date) }])
})

const run = (asker: Asker, statement: ReturnType<typeof sql>) => transaction(asker, (tx) => tx.execute(statement))
async function refuses(asker: Asker, statement: ReturnType<typeof sql>) {
  const outcome = await run(asker, statement).then(
    (rows) => `${rows.length} rows`,
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  )
  expect(['0 rows', '42501', '23514', '23505']).toContain(outcome)
}

test('by plain SQL nobody changes what weighs: source, evidence, ties, dates, sums, seals', async () => {
  const { vendor, product, amina, dara, bo, recommendationId } = await aRecommendation()
  const before = await sums(vendor.id)
  for (const asker of [amina, dara, bo, visitor]) {
    for (const change of [
      sql`source = 'portal-sample'`,
      sql`source = 'hand-picked'`,
      sql`evidence = 'relationship'`,
      sql`is_partner = true`,
      sql`conflict = 'employer'`,
      sql`confirmed_at = now()`,
      sql`created_at = now()`,
      sql`invited_by = 'sombody'`,
    ])
      await refuses(asker, sql`update recommendations set ${change} where id = ${recommendationId} returning id`)
    for (const table of [
      'recommendation_tallies',
      'recommendation_standings',
      'recommendation_organisations',
      'recommendation_counted',
      'recommendation_evidence',
    ]) {
      await refuses(asker, sql`delete from ${sql.raw(table)} returning 1`)
      await refuses(
        asker,
        sql`update ${sql.raw(table)} set ${sql.raw(table.endsWith('evidence') ? 'level' : 'product_id')} = null returning 1`,
      )
    }
    await refuses(
      asker,
      sql`insert into recommendation_evidence (id, recommendation_id, level) values (${newId()}, ${recommendationId}, 'relationship') returning 1`,
    )
    await refuses(
      asker,
      sql`insert into recommendation_tallies values (${vendor.id}, ${product.id}, '2026-01', 'organic', 'relationship', '{0,0,0,0,9}', '{0,0,0,0,0}', '{0,0,0,0,0}', '{0,0,0,0,0}') returning 1`,
    )
    await refuses(asker, sql`insert into recommendation_priors values (current_date, '[0,0,0,0,1]', 100) returning 1`)
    await refuses(asker, sql`select recount_all_recommendations()`)
    await refuses(asker, sql`select organisation from recommendation_organisations`)
  }
  // Where somebody works is theirs to read, and nobody else’s.
  await refuses(dara, sql`select organisation from recommendation_authors`)
  await refuses(bo, sql`select organisation from recommendation_authors`)
  expect(await run(amina, sql`select organisation from recommendation_authors`)).toHaveLength(1)
  expect(await sums(vendor.id)).toEqual(before)
})

test('what is sent along as evidence or source is not taken when it is written either', async () => {
  const { vendor, product } = await aRecommendation()
  const chen = await aMember('Chen')
  const id = newId()
  await run(
    chen,
    sql`insert into recommendations (id, vendor_id, product_id, handle_id, headline, use_case, what_is_good, what_is_not, verdict, time_used, choose_again, relation, incentive, invited_by, evidence, source)
      values (${id}, ${vendor.id}, ${product.id}, ${chen.handleId}, 'Praise', 'x', 'x', 'x', 5, 'over-3-years', 'yes', 'customer', 'payment', 'nobody', 'relationship', 'portal-sample')`,
  )
  expect(await recommendationPage(visitor, id)).toMatchObject({ evidence: 'self-declared', source: 'incentivised' })
})

test('by night the portal is weighed, and the score of a vendor starts from there', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const weighed = async () => {
    await weighRecommendations()
    const [prior] = await db.execute<{ shares: number[] | string }>(sql`select shares from recommendation_priors order by day desc limit 1`)
    return (typeof prior?.shares === 'string' ? JSON.parse(prior.shares) : prior?.shares) as [number, number, number, number, number]
  }
  const [, , , , before] = await weighed()
  await manyRecommendations(
    vendor.id,
    product.id,
    Array.from({ length: 60 }, () => 5),
  )
  await weighed()
  const shares = await weighed()
  expect(shares[4]).toBeGreaterThan(before)
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  const { estimate } = await verdictsOf(visitor, vendor.id)
  const month = new Date().toISOString().slice(0, 7)
  expect(estimate).toEqual(scoreOf([{ month, source: 'organic', evidence: 'self-declared', counts: [0, 0, 0, 0, 60] }], shares, new Date()))
  await owner.execute(sql`delete from recommendation_priors`)
})

test('what is read of eighteen thousand recommendations are seventy sums', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  await manyRecommendations(vendor.id, product.id, [4])
  await owner.execute(sql`insert into recommendation_tallies select vendor_id, product_id, to_char(now() - make_interval(months => n), 'YYYY-MM'), source, e, '{50,50,50,50,50}', ease, support, value
    from recommendation_tallies cross join generate_series(1, 36) n cross join unnest(array['relationship', 'document']) e where vendor_id = ${vendor.id}`)
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 36 * 2 * 250 + 1 })
})

test('an unconfirmed address says nothing', async () => {
  const { vendor, amina } = await aRecommendation()
  await owner.update(accountEmails).set({ confirmedAt: null }).where(eq(accountEmails.personId, amina.personId))
  await owner.execute(sql`select recount_all_recommendations()`)
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 1, organisations: 1 })
})
