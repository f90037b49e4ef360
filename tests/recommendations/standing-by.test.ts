import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import {
  affiliations,
  notifications,
  organizations,
  recommendationEvidence,
  recommendations,
  recommendationTallies,
  vendors,
  vendorStaff,
} from '~/db/schema'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import {
  askWhetherStillTrue,
  confirmRecommendation,
  editRecommendation,
  editReply,
  findConflicts,
  recommendationPage,
  replyToRecommendation,
  verdictsOf,
  versionsPage,
  withdrawRecommendation,
  writeRecommendation,
} from '~/server/recommendations'
import { giveGrant, keepAttribute } from '~/server/vault'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, aProduct, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aConfirmedCustomer, aRecommendation, followUp, honest, kindsAbout } from './scene'

const DAY = 86_400_000
const aged = (id: string, days: number) =>
  owner
    .update(recommendations)
    .set({ createdAt: new Date(Date.now() - days * DAY), confirmedAt: new Date(Date.now() - days * DAY) })
    .where(eq(recommendations.id, id))
const toldOf = async (person: PersonViewer) =>
  (await owner.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.personId, person.personId))).map(
    ({ kind }) => kind,
  )

test('ties are refused in plain words: an address of the vendor, an employer, who sells here too', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const domain = `${vendor.slug}.example`
  await owner
    .update(vendors)
    .set({ website: `https://www.${domain}/about` })
    .where(eq(vendors.id, vendor.id))
  const writes = (person: PersonViewer) => writeRecommendation(person, vendor.slug, { ...honest, product: product.slug })
  const refusal = (person: PersonViewer) => writes(person).catch((error: Forbidden) => error.key)

  expect(await refusal(await aMember('Inge', { email: `inge@mail.${domain}` }))).toBe('recommendation.tie.address')
  expect(await refusal(await aStaffMember(await aVendor('Orbit'), 'Ines'))).toBe('recommendation.tie.competitor')

  const worked = await aMember('Wim')
  const organizationId = newId()
  await owner.insert(organizations).values({ id: organizationId, name: 'Tern', domain })
  await owner
    .insert(affiliations)
    .values({ id: newId(), personId: worked.personId, organizationId, startedAt: new Date(0), endedAt: new Date() })
  expect(await refusal(worked)).toBe('recommendation.tie.former-employer')
  await owner.update(affiliations).set({ endedAt: null }).where(eq(affiliations.personId, worked.personId))
  expect(await refusal(worked)).toBe('recommendation.tie.employer')

  // Who only lives at a name that ends alike has no tie.
  await expect(writes(await aMember('Jan', { email: `jan@not${domain}` }))).resolves.toBeTruthy()
})

test('where somebody says, or has granted, that they work for the vendor, they do', async () => {
  const vendor = await aVendor(`Tern Works ${newId().slice(-6)}`)
  const product = await aProduct(vendor)
  const amina = await aMember('Amina')
  const input = { ...honest, product: product.slug }
  await expect(writeRecommendation(amina, vendor.slug, { ...input, organisation: `${vendor.name.toUpperCase()} GmbH` })).rejects.toThrow(
    Forbidden,
  )
  await keepAttribute(amina, 'organisation', { value: vendor.name })
  const other = await aVendor('Orbit')
  await giveGrant(amina, {
    vendor: other.slug,
    purpose: 'relationship',
    attributes: ['organisation'],
    until: new Date(Date.now() + 9 * DAY).toISOString().slice(0, 10),
  })
  await expect(writeRecommendation(amina, vendor.slug, input)).rejects.toThrow(Forbidden)
})

test('what a tie is, nobody asks about somebody else', async () => {
  const { vendor, dara, amina } = await aRecommendation()
  const asked = (by: PersonViewer, of: PersonViewer) =>
    transaction(by, (tx) => tx.execute<{ tie: string | null }>(sql`select conflict_with(${of.personId}, ${vendor.id}) as tie`)).then(
      ([row]) => row?.tie,
    )
  expect([await asked(amina, dara), await asked(dara, dara)]).toEqual([null, 'employer'])
})

test('a tie that becomes known later is marked by night, counts no more, and its author is told once', async () => {
  const { vendor, amina, recommendationId } = await aRecommendation()
  await findConflicts()
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({ conflict: null, counts: { source: 1 } })
  await owner.insert(vendorStaff).values({ id: newId(), vendorId: vendor.id, personId: amina.personId, role: 'support' })
  await findConflicts()
  await findConflicts()
  expect(await recommendationPage(amina, recommendationId)).toMatchObject({ conflict: 'employer', counts: null })
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 0, published: 1, unscored: { conflict: 1 } })
  await followUp(recommendationId)
  expect((await toldOf(amina)).filter((kind) => kind === 'recommendation.tie-found')).toHaveLength(1)
  expect(await kindsAbout(recommendationId)).toEqual(['recommendation.written', 'recommendation.tie-found'])
})

test('after a year its author is asked once, and readers see how old it is', async () => {
  const { amina, recommendationId } = await aRecommendation()
  await askWhetherStillTrue()
  expect(await recommendationPage(amina, recommendationId)).toMatchObject({ agedMonths: null, may: { confirm: false } })
  await aged(recommendationId, 430)
  await askWhetherStillTrue()
  await askWhetherStillTrue()
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({ agedMonths: 14, may: { confirm: false } })
  await followUp(recommendationId)
  expect((await toldOf(amina)).filter((kind) => kind === 'recommendation.asked-again')).toHaveLength(1)
})

test('“still true” counts it as new, once, and only its author says so', async () => {
  const { vendor, amina, dara, bo, recommendationId } = await aRecommendation()
  await aged(recommendationId, 600)
  for (const person of [dara, bo]) await expect(confirmRecommendation(person, recommendationId)).rejects.toThrow(Forbidden)
  await aConfirmedCustomer(amina, vendor)
  await Promise.all(Array.from({ length: 10 }, () => confirmRecommendation(amina, recommendationId)))
  expect(await recommendationPage(visitor, recommendationId)).toMatchObject({
    agedMonths: null,
    evidence: 'relationship',
    counts: { recency: 1, evidence: 1 },
  })
  expect(await kindsAbout(recommendationId)).toEqual(['recommendation.written', 'recommendation.confirmed'])
  const sealed = await db.select().from(recommendationEvidence).where(eq(recommendationEvidence.recommendationId, recommendationId))
  expect(sealed.map(({ level }) => level).sort()).toEqual(['relationship', 'self-declared'])
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 1 })
  const tallies = await owner.select().from(recommendationTallies).where(eq(recommendationTallies.vendorId, vendor.id))
  expect(tallies).toMatchObject([{ evidence: 'relationship', verdicts: [0, 1, 0, 0, 0] }])
})

test('what it said before is kept for its author and for independent moderators, and for nobody else', async () => {
  const { amina, dara, bo, recommendationId } = await aRecommendation()
  await editRecommendation(amina, recommendationId, { ...honest, headline: 'Getting out is easier than it was', verdict: 3 })
  for (const person of [amina, bo])
    expect((await versionsPage(person, recommendationId)).versions).toMatchObject([{ headline: honest.headline, verdict: 2 }])
  for (const person of [dara, visitor]) expect((await versionsPage(person, recommendationId)).versions).toEqual([])
  await withdrawRecommendation(amina, recommendationId)
  await expect(versionsPage(amina, recommendationId)).rejects.toThrow(NotFound)
})

test('the one answer is put better by the vendor alone, and what it said stays for everybody', async () => {
  const { amina, dara, recommendationId } = await aRecommendation()
  await expect(editReply(dara, recommendationId, { body: 'Too early.' })).rejects.toThrow(NotFound)
  await replyToRecommendation(dara, recommendationId, { body: 'We are sorry.' })
  await expect(replyToRecommendation(dara, recommendationId, { body: 'Again.' })).rejects.toThrow(Conflict)
  await expect(editReply(amina, recommendationId, { body: 'They are sorry.' })).rejects.toThrow(Forbidden)
  await editReply(dara, recommendationId, { body: 'We are sorry.' })
  expect((await versionsPage(visitor, recommendationId)).replies).toEqual([])
  await editReply(dara, recommendationId, { body: 'We are sorry, and it is mended.' })
  expect((await versionsPage(visitor, recommendationId)).replies).toMatchObject([
    { html: '<p>We are sorry.</p>\n', by: { displayName: 'Dara' } },
  ])
  expect((await recommendationPage(visitor, recommendationId)).reply).toMatchObject({
    editedAt: expect.any(Date),
    html: expect.stringContaining('mended'),
  })
})

test('unnamed in public: known to the portal, and tied to nobody on any page', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const [amina, dara] = [await aMember('Amina'), await aStaffMember(vendor)]
  for (const name of ['Bruno', 'Chen', 'Ewa', 'Farid']) await aConfirmedCustomer(await aMember(name), vendor)
  await aConfirmedCustomer(amina, vendor)
  const { recommendationId } = await writeRecommendation(amina, vendor.slug, {
    ...honest,
    product: product.slug,
    shownAs: 'unnamed',
    organisationSize: '51-250',
  })
  await replyToRecommendation(dara, recommendationId, { body: 'Thank you.' })
  await followUp(recommendationId)
  for (const viewer of [visitor, dara, await refreshed(dara)]) {
    const shown = JSON.stringify([await recommendationPage(viewer, recommendationId), await verdictsOf(viewer, vendor.id)])
    expect(shown).toContain('A verified customer, 51 to 250 people')
    for (const secret of [amina.handle, amina.handleId, amina.personId]) expect(shown).not.toContain(secret)
  }
  // Not on the vendor’s record of her either.
  const lines = await owner.execute(sql`select 1 from timeline_entries where object_id = ${recommendationId}`)
  expect(lines).toHaveLength(0)
  expect(await recommendationPage(amina, recommendationId)).toMatchObject({ mine: true, named: false })
})
