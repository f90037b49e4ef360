import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Asker } from '~/db/client'
import { newId } from '~/db/ids'
import { products, recommendations, relationshipStates, vendors } from '~/db/schema'
import { Conflict, Forbidden } from '~/server/errors'
import { decide } from '~/server/moderation'
import {
  confirmRecommendation,
  editRecommendation,
  findConflicts,
  recommendationPage,
  recommendPage,
  replyToRecommendation,
  verdictsOf,
  withdrawRecommendation,
  writeRecommendation,
} from '~/server/recommendations'
import { SOURCE_WEIGHTS } from '~/server/recommendations/weights'
import { giveGrant, keepAttribute, revokeGrant } from '~/server/vault'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, aProduct, aVendor, owner } from '../support/cast'
import { aConfirmedCustomer, aRecommendation, honest, kindsAbout, recommendationRow } from './scene'

const refusal = (asker: Asker, statement: ReturnType<typeof sql>) =>
  transaction(asker, (tx) => tx.execute(statement)).then(
    (rows) => `${rows.length} rows`,
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  )
const hide = (bo: PersonViewer, id: string) =>
  decide(bo, 'recommendation', id, { act: 'hide', rule: 'civil', facts: 'Insults a person.', why: 'It is about a person.', seen: '' })
const partnerOf = async (viewer: PersonViewer, vendor: { id: string }) => {
  await aConfirmedCustomer(viewer, vendor)
  await owner
    .update(relationshipStates)
    .set({ state: 'partner' })
    .where(sql`relationship_id in (select id from relationships where vendor_id = ${vendor.id} and handle_id = ${viewer.handleId})`)
}

test('what is said of a product is said of its vendor: by plain SQL nobody gives one vendor’s product to another’s score', async () => {
  const { vendor, product } = await aRecommendation()
  const [chen, orbit] = [await aMember('Chen'), await aVendor('Orbit')]
  expect(
    await refusal(
      chen,
      sql`insert into recommendations (id, vendor_id, product_id, handle_id, headline, use_case, what_is_good, what_is_not, verdict, time_used, choose_again, relation, incentive, invited_by)
        values (${newId()}, ${orbit.id}, ${product.id}, ${chen.handleId}, 'Praise', 'x', 'x', 'x', 1, 'over-3-years', 'yes', 'customer', 'none', 'nobody')`,
    ),
  ).toBe('23503')
  expect(
    await transaction({ kind: 'system', job: 'import' } as never, (tx) =>
      tx.execute(sql`insert into quoted_recommendations (id, vendor_id, product_id, handle_id, source, source_id, licence, rating, rating_scale, written_at)
        values (${newId()}, ${orbit.id}, ${product.id}, ${chen.handleId}, ${newId()}, '1', 'CC0', 1, 5, now())`),
    ).catch((error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code),
  ).toBe('23503')
  await expect(owner.update(products).set({ vendorId: orbit.id }).where(eq(products.id, product.id))).rejects.toThrow()
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 1 })
})

test('what was hidden stays counted as hidden when its author withdraws it, and is not written anew while that stands', async () => {
  const { vendor, product, amina, bo, recommendationId } = await aRecommendation()
  await hide(bo, recommendationId)
  await withdrawRecommendation(amina, recommendationId)
  const hidden = { n: 0, written: 1, withdrawn: 0, withheld: [{ reason: 'civil', count: 1 }] }
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject(hidden)
  const again = () => writeRecommendation(amina, vendor.slug, { ...honest, product: product.slug })
  await expect(again()).rejects.toMatchObject({ key: 'recommendation.hiddenBefore' })
  await expect(again()).rejects.toThrow(Conflict)
  expect(await recommendPage(amina, vendor.slug)).toMatchObject({ products: [], written: [], hidden: [{ name: product.name }] })
  expect(
    await refusal(
      amina,
      sql`insert into recommendations (id, vendor_id, product_id, handle_id, headline, use_case, what_is_good, what_is_not, verdict, time_used, choose_again, relation, incentive, invited_by)
        values (${newId()}, ${vendor.id}, ${product.id}, ${amina.handleId}, 'Again', 'x', 'x', 'x', 1, 'over-3-years', 'yes', 'customer', 'none', 'nobody')`,
    ),
  ).toBe('42501')
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject(hidden)
  // Of another product she may write.
  const other = await aProduct(vendor, 'Tern Pocket')
  await expect(writeRecommendation(amina, vendor.slug, { ...honest, product: other.slug })).resolves.toBeTruthy()
})

test('what is taken back stays taken back, by plain SQL too', async () => {
  const { amina, recommendationId } = await aRecommendation()
  await withdrawRecommendation(amina, recommendationId)
  for (const at of [sql`null`, sql`now() + interval '1 day'`])
    expect(await refusal(amina, sql`update recommendations set withdrawn_at = ${at} where id = ${recommendationId} returning id`)).toBe(
      '42501',
    )
  expect((await recommendationRow(recommendationId)).withdrawnAt).not.toBeNull()
})

test('a vendor whose name has no letter or digit has no tie to those whose employer has none either', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  await owner.update(vendors).set({ name: '???' }).where(eq(vendors.id, vendor.id))
  const amina = await aMember('Amina')
  await expect(writeRecommendation(amina, vendor.slug, { ...honest, product: product.slug, organisation: '—' })).resolves.toBeTruthy()
})

test('what stands in a vault is weighed only while a grant of it lives', async () => {
  const vendor = await aVendor(`Tern Works ${newId().slice(-6)}`)
  const product = await aProduct(vendor)
  const [amina, orbit] = [await aMember('Amina'), await aVendor('Orbit')]
  await keepAttribute(amina, 'organisation', { value: vendor.name })
  const until = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  const grantId = await giveGrant(amina, { vendor: orbit.slug, purpose: 'relationship', attributes: ['organisation'], until })
  const write = () => writeRecommendation(amina, vendor.slug, { ...honest, product: product.slug })
  await expect(write()).rejects.toThrow(Forbidden)
  await revokeGrant(amina, grantId)
  await expect(write()).resolves.toBeTruthy()
})

test('a partner who is found later scores no more: by night, and when they say that it is still true', async () => {
  const { vendor, amina, recommendationId } = await aRecommendation()
  await partnerOf(amina, vendor)
  await findConflicts()
  await findConflicts()
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({ isPartner: true, conflict: null, counts: null })
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 0, published: 1, unscored: { partner: 1 } })
  expect(await kindsAbout(recommendationId)).toEqual(['recommendation.written', 'recommendation.tie-found'])

  const other = await aRecommendation()
  await partnerOf(other.amina, other.vendor)
  const long = new Date(Date.now() - 600 * 86_400_000)
  await owner.update(recommendations).set({ createdAt: long, confirmedAt: long }).where(eq(recommendations.id, other.recommendationId))
  await confirmRecommendation(other.amina, other.recommendationId)
  expect(await recommendationPage(visitor, other.recommendationId)).toMatchObject({ isPartner: true, counts: null })
})

test('an edit never lifts what it weighs: a partner stays one, and who was asked or rewarded stays so', async () => {
  const { amina, recommendationId } = await aRecommendation()
  const weighs = async () => {
    const { isPartner, source } = await recommendationRow(recommendationId)
    return [isPartner, source]
  }
  await editRecommendation(amina, recommendationId, { ...honest, invitedBy: 'vendor' })
  await editRecommendation(amina, recommendationId, { ...honest, incentive: 'gift' })
  expect(await weighs()).toEqual([false, 'hand-picked'])
  await editRecommendation(amina, recommendationId, { ...honest, relation: 'partner' })
  await editRecommendation(amina, recommendationId, honest)
  expect(await weighs()).toEqual([true, 'hand-picked'])
})

test('of two sources the database keeps the lighter by the weights that the method prints', async () => {
  const names = Object.keys(SOURCE_WEIGHTS) as (keyof typeof SOURCE_WEIGHTS)[]
  for (const one of names)
    for (const other of names) {
      const [row] = await owner.execute<{ kept: keyof typeof SOURCE_WEIGHTS }>(sql`select lighter_source(${one}, ${other}) as kept`)
      expect(SOURCE_WEIGHTS[row?.kept ?? one]).toBe(Math.min(SOURCE_WEIGHTS[one], SOURCE_WEIGHTS[other]))
    }
})

test('whether both sides confirmed what somebody is, nobody asks about somebody else', async () => {
  const { vendor, amina, dara, bo } = await aRecommendation()
  await aConfirmedCustomer(amina, vendor)
  const asked = async (by: Asker) =>
    (
      await transaction(by, (tx) =>
        tx.execute<{ id: string | null }>(sql`select confirmed_state_id(${amina.handleId}, ${vendor.id}, 'customer') as id`),
      )
    )[0]?.id
  for (const person of [dara, bo, visitor]) expect(await asked(person)).toBeNull()
  expect(await asked(amina)).toEqual(expect.any(String))
})

test('where its author works is kept by its author alone, and no stranger keeps the place before', async () => {
  const { vendor, product, recommendationId } = await aRecommendation()
  const chen = await aMember('Chen')
  const place = (id: string) =>
    refusal(
      chen,
      sql`insert into recommendation_authors (recommendation_id, handle_id, organisation) values (${id}, ${chen.handleId}, 'x')`,
    )
  await owner.execute(sql`delete from recommendation_authors where recommendation_id = ${recommendationId}`)
  expect(await place(recommendationId)).toBe('23503')
  await expect(writeRecommendation(chen, vendor.slug, { ...honest, product: product.slug, organisation: 'House' })).resolves.toBeTruthy()
})

test('the earlier answers go where the recommendation goes: who may not read the one reads none of the others', async () => {
  const { amina, dara, bo, recommendationId } = await aRecommendation()
  await replyToRecommendation(dara, recommendationId, { body: 'We are sorry.' })
  await transaction(dara, (tx) =>
    tx.execute(sql`update recommendation_replies set html = 'better', edited_at = now() where recommendation_id = ${recommendationId}`),
  )
  const rows = (by: Asker) => refusal(by, sql`select 1 from recommendation_reply_versions where recommendation_id = ${recommendationId}`)
  expect(await rows(visitor)).toBe('1 rows')
  await hide(bo, recommendationId)
  for (const viewer of [visitor, dara]) expect(await rows(viewer)).toBe('0 rows')
  for (const viewer of [amina, bo]) expect(await rows(viewer)).toBe('1 rows')
})
