import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { vendorStaff } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  editRecommendation,
  recommendationPage,
  recommendPage,
  replyToRecommendation,
  withdrawRecommendation,
  writeRecommendation,
} from '~/server/recommendations'
import { visitor } from '~/server/viewer'
import { aMember, aProduct, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aConfirmedCustomer, aRecommendation, honest, kindsAbout, recommendationRow } from './scene'

test('one per product and handle; after withdrawing, another', async () => {
  const { vendor, product, amina, recommendationId } = await aRecommendation()
  await expect(writeRecommendation(amina, vendor.slug, { ...honest, product: product.slug })).rejects.toThrow(Conflict)
  expect((await recommendPage(amina, vendor.slug)).products).toEqual([])

  await withdrawRecommendation(amina, recommendationId)
  await withdrawRecommendation(amina, recommendationId)
  await expect(recommendationPage(amina, recommendationId)).rejects.toThrow(NotFound)
  await writeRecommendation(amina, vendor.slug, { ...honest, product: product.slug })
  expect(await kindsAbout(recommendationId)).toEqual(['recommendation.written', 'recommendation.withdrawn'])
})

test('the evidence is what the records show, never what somebody says', async () => {
  const { recommendationId, vendor, product } = await aRecommendation()
  expect(await recommendationRow(recommendationId)).toMatchObject({ evidence: 'self-declared' })
  const chen = await aMember('Chen')
  await aConfirmedCustomer(chen, vendor)
  const written = await writeRecommendation(chen, vendor.slug, { ...honest, product: product.slug })
  expect(await recommendationRow(written.recommendationId)).toMatchObject({ evidence: 'relationship' })
})

test('who works or has worked for the vendor does not recommend it', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const dara = await aStaffMember(vendor)
  await expect(writeRecommendation(dara, vendor.slug, { ...honest, product: product.slug })).rejects.toThrow(Forbidden)
  await owner.update(vendorStaff).set({ endedAt: new Date() }).where(eq(vendorStaff.personId, dara.personId))
  await expect(writeRecommendation(await refreshed(dara), vendor.slug, { ...honest, product: product.slug })).rejects.toThrow(Forbidden)
  await expect(writeRecommendation(visitor, vendor.slug, { ...honest, product: product.slug })).rejects.toThrow(Forbidden)
})

test('another vendor’s product is no choice', async () => {
  const [vendor, other, amina] = await Promise.all([aVendor(), aVendor('Orbit'), aMember('Amina')])
  const foreign = await aProduct(other, 'Desk')
  await expect(writeRecommendation(amina, vendor.slug, { ...honest, product: foreign.slug })).rejects.toThrow(Invalid)
})

test('its author edits it, and the day of the edit is shown; saving the same changes nothing', async () => {
  const { amina, bo, recommendationId } = await aRecommendation()
  await expect(editRecommendation(bo, recommendationId, honest)).rejects.toThrow(Forbidden)
  await editRecommendation(amina, recommendationId, honest)
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({ editedAt: null })
  await editRecommendation(amina, recommendationId, { ...honest, verdict: 3, value: null })
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({
    verdict: 3,
    ratings: { ease: 4, support: null, value: null },
    editedAt: expect.any(Date),
  })
  expect(await kindsAbout(recommendationId)).toEqual(['recommendation.written', 'recommendation.edited'])
})

test('the vendor’s staff answer once, in public, and nobody else does', async () => {
  const { amina, dara, recommendationId } = await aRecommendation()
  const stranger = await aStaffMember(await aVendor('Orbit'), 'Ines')
  for (const person of [amina, stranger])
    await expect(replyToRecommendation(person, recommendationId, { body: 'We are sorry.' })).rejects.toThrow(Forbidden)
  await replyToRecommendation(dara, recommendationId, { body: 'We are sorry.' })
  await expect(replyToRecommendation(dara, recommendationId, { body: 'Again.' })).rejects.toThrow(Conflict)
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({
    reply: { html: '<p>We are sorry.</p>\n', by: { displayName: 'Dara', seat: { kind: 'staff' } } },
  })
  expect(await kindsAbout(recommendationId)).toEqual(['recommendation.written', 'recommendation.replied'])
})

test('what is not an id is not found', async () => {
  const amina = await aMember('Amina')
  await expect(recommendationPage(amina, 'nonsense')).rejects.toThrow(NotFound)
  await expect(withdrawRecommendation(amina, '1')).rejects.toThrow(NotFound)
})
