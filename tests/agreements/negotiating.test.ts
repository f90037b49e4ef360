import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { agreementCopies, grants, negotiations, vendorPolicies } from '~/db/schema'
import {
  agreementFile,
  answerCounterOffer,
  answerOffer,
  endAgreement,
  expireOffers,
  myTerms,
  offersTo,
  preferAsElsewhere,
  preferTerms,
  profferTerms,
  publishTerms,
  stepsOf,
  termsOfVendor,
  termsWith,
} from '~/server/agreements'
import { interactions } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { findPublishedKey } from '~/server/platform/signing-keys'
import { verifyTogether, type GeneralJWS } from '~/server/platform/signatures'
import { giveGrant, keepAttribute, readGranted } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'
import { accepting, answered, counter, offering, twoSides, upToAnalytics } from './scene'

const steps = async (person: PersonViewer, id: string) => (await stepsOf(person, id)).map(({ status, by }) => `${by}: ${status}`)
const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const eventsOf = async (id: string) =>
  (
    await owner
      .select({ kind: interactions.kind, payload: interactions.payload })
      .from(interactions)
      .orderBy(interactions.occurredAt, interactions.id)
  )
    .filter(({ payload }) => payload.negotiationId === id)
    .map(({ kind }) => kind)

test('a vendor that published nothing is held to service alone, and asking twice is asking once', async () => {
  const { vendor, ada } = await twoSides()
  const first = await profferTerms(ada, vendor.slug)
  expect(first).toMatchObject({ status: 'AgreementAccepted', terms: 'SD-BASE-DP' })
  expect(await profferTerms(ada, vendor.slug)).toEqual(first)
  expect(await eventsOf(first.negotiationId)).toEqual(['terms.proffered', 'terms.accepted'])
})

test('a counter-offer within what the person said is accepted by their agent; both sides keep the same signed file', async () => {
  const { vendor, ada, lien } = await twoSides()
  await accepting(lien, vendor, ['SD-BASE-A-DP'], 'SD-BASE-A-DP')
  await offering(ada)
  const { negotiationId, status, terms } = await profferTerms(ada, vendor.slug)
  expect({ status, terms }).toEqual({ status: 'AgreementAccepted', terms: 'SD-BASE-A-DP' })
  expect(await steps(ada, negotiationId)).toEqual([
    'person: AgreementNegotiationRequested',
    'vendor: AgreementNegotiationCounterOfferMade',
    'person: AgreementAccepted',
  ])

  const [hers, theirs] = [await agreementFile(ada, negotiationId), await agreementFile(lien, negotiationId)]
  expect(hers).toEqual(theirs)
  const copies = await owner.select().from(agreementCopies).where(eq(agreementCopies.negotiationId, negotiationId))
  expect(copies.map(({ side }) => side).sort()).toEqual(['person', 'vendor'])
  const verified = await verifyTogether(JSON.parse(hers.file) as GeneralJWS, findPublishedKey)
  expect(verified?.kids).toHaveLength(2)
  expect(verified?.record).toMatchObject({
    '@type': 'ieee-7012:AgreementInteractionRecord',
    'ieee-7012:hasAgreement': { '@id': 'ieee-7012:SD-BASE-A-DP' },
    'dpv:hasStatus': [
      { '@type': 'ieee-7012:AgreementNegotiationRequested', 'ieee-7012:hasAgreement': { '@id': 'ieee-7012:SD-BASE-DP' } },
      { '@type': 'ieee-7012:AgreementNegotiationCounterOfferMade' },
      { '@type': 'ieee-7012:AgreementAccepted' },
    ],
  })
  expect(hers.file).not.toContain(ada.personId)
  expect(await answered(vendor)).toEqual({ accepted: 1, countered: 1, refused: 0, ended: 0 })
})

test('a second counter-offer is refused, by the command and by the database', async () => {
  const { vendor, ada, lien } = await twoSides()
  await accepting(lien, vendor, ['SD-BASE-A-DP'], 'staff')
  await offering(ada, { agent: 'asks' })
  const { negotiationId, status } = await profferTerms(ada, vendor.slug)
  expect(status).toBe('AgreementNegotiationPendingResponse')
  await counter(lien, vendor, negotiationId, 'SD-BASE-A-DP')
  const second = counter(lien, vendor, negotiationId, 'SD-BASE-ATP')
  await expect(second).rejects.toThrow(Conflict)
  await expect(second).rejects.toMatchObject({ status: 409, key: 'agreement.counteredOnce' })
  await expect(
    transaction(lien, (tx) => tx.update(negotiations).set({ countered: 'SD-BASE-ATP' }).where(eq(negotiations.id, negotiationId))),
  ).rejects.toMatchObject({ cause: { code: '23514' } })
})

test('whose agent may not accept is asked; beyond what they said they are asked or it is refused', async () => {
  const { vendor, ada, lien } = await twoSides()
  await accepting(lien, vendor, ['SD-BASE-AT'], 'SD-BASE-AT')
  await offering(ada)
  const { negotiationId, status } = await profferTerms(ada, vendor.slug)
  expect(status).toBe('AgreementNegotiationConfirmationRequired')
  expect((await myTerms(ada)).standings[0]).toMatchObject({ status, countered: 'SD-BASE-AT', agreed: null })
  await answerCounterOffer(ada, vendor.slug, { answer: 'refuse' })
  expect(await steps(ada, negotiationId)).toEqual([
    'person: AgreementNegotiationRequested',
    'vendor: AgreementNegotiationCounterOfferMade',
    'person: AgreementNegotiationConfirmationRequired',
    'person: AgreementRefused',
  ])
  await expect(answerCounterOffer(ada, vendor.slug, { answer: 'accept' })).rejects.toThrow(Conflict)

  await offering(ada, { beyond: 'refuse' })
  expect((await profferTerms(ada, vendor.slug)).status).toBe('AgreementRefused')
  expect((await answered(vendor)).refused).toBe(2)
})

test('refused terms are kept by both sides and counted in public, and the vendor reads nothing', async () => {
  const { vendor, ada, lien } = await twoSides()
  await accepting(lien, vendor, ['SD-BASE-ATP-S3P'])
  await offering(ada, { portable: undefined })
  const { negotiationId, status } = await profferTerms(ada, vendor.slug)
  expect(status).toBe('AgreementRefused')
  expect(await agreementFile(lien, negotiationId)).toEqual(await agreementFile(ada, negotiationId))
  expect((await answered(vendor)).refused).toBe(1)

  await keepAttribute(ada, 'role', { value: 'Office lead' })
  const refused = giveGrant(ada, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })
  await expect(refused).rejects.toMatchObject({ status: 409, key: 'agreement.refusedHere' })
  expect(await readGranted(lien, ada.personId, vendor.id, 'answer')).toEqual([])
})

test('a grant names the agreement under which it stands, and ends with it', async () => {
  const { vendor, ada, lien } = await twoSides()
  await keepAttribute(ada, 'role', { value: 'Office lead' })
  const id = await giveGrant(ada, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })
  const [grant] = await owner.select().from(grants).where(eq(grants.id, id))
  expect(grant).toMatchObject({ terms: 'SD-BASE-DP', agreementId: (await termsWith(ada, vendor.slug)).standing?.id })
  expect(await readGranted(lien, ada.personId, vendor.id, 'answer')).toHaveLength(1)

  await endAgreement(ada, vendor.slug)
  await endAgreement(ada, vendor.slug)
  expect(await readGranted(lien, ada.personId, vendor.id, 'answer')).toEqual([])
  expect((await termsWith(ada, vendor.slug)).records).toHaveLength(2)
  expect((await answered(vendor)).ended).toBe(1)
})

test('the database takes no grant without accepted terms of that person with that vendor', async () => {
  const { vendor, ada } = await twoSides()
  const other = await aVendor('Halyard')
  const { negotiationId } = await profferTerms(ada, other.slug)
  const grant = {
    personId: ada.personId,
    handleId: ada.handleId,
    vendorId: vendor.id,
    purpose: 'answer' as const,
    endsAt: new Date(Date.now() + 9e8),
  }
  const insert = (more: object) => transaction(ada, (tx) => tx.insert(grants).values({ id: crypto.randomUUID(), ...grant, ...more }))
  await expect(insert({})).rejects.toMatchObject({ cause: { code: '42501' } })
  await expect(insert({ agreementId: negotiationId, terms: 'SD-BASE-DP' })).rejects.toMatchObject({ cause: { code: '42501' } })
  await profferTerms(ada, vendor.slug)
  await expect(insert({ agreementId: (await termsWith(ada, vendor.slug)).standing?.id, terms: 'SD-BASE-ATP' })).rejects.toMatchObject({
    cause: { code: '42501' },
  })
})

test('a changed policy asks again and widens nothing: what was agreed stands as it was agreed', async () => {
  const { vendor, ada, lien } = await twoSides()
  const first = await profferTerms(ada, vendor.slug)
  await accepting(lien, vendor, ['SD-BASE-AT'], 'SD-BASE-AT')
  const { standing } = await termsWith(ada, vendor.slug)
  expect(standing).toMatchObject({ id: first.negotiationId, status: 'AgreementAccepted', agreed: 'SD-BASE-DP', outdated: true })

  const again = await profferTerms(ada, vendor.slug)
  expect(again.status).toBe('AgreementNegotiationConfirmationRequired')
  await answerCounterOffer(ada, vendor.slug, { answer: 'accept' })
  const rows = await owner.select().from(negotiations).where(eq(negotiations.vendorId, vendor.id))
  expect(rows.find(({ id }) => id === first.negotiationId)).toMatchObject({ agreed: 'SD-BASE-DP', supersededBy: again.negotiationId })
  expect((await termsWith(ada, vendor.slug)).standing).toMatchObject({ agreed: 'SD-BASE-AT', outdated: false })
})

test('what nobody answers in time is over, and cannot be answered late', async () => {
  const { vendor, ada, lien } = await twoSides()
  await accepting(lien, vendor, ['SD-BASE-A'], 'staff')
  const { negotiationId } = await profferTerms(ada, vendor.slug)
  await owner
    .update(negotiations)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(negotiations.id, negotiationId))
  await expect(answerOffer(lien, vendor.slug, negotiationId, { answer: 'accept' })).rejects.toMatchObject({ key: 'agreement.expired' })
  await expireOffers()
  await expireOffers()
  expect((await steps(ada, negotiationId)).at(-1)).toBe('portal: AgreementNegotiationExpired')
  const again = await profferTerms(ada, vendor.slug)
  expect(again.negotiationId).not.toBe(negotiationId)
})

test('only staff who may bind the vendor publish and answer; no other vendor sees an offer', async () => {
  const { vendor, ada, lien, dara } = await twoSides()
  const joost = await aStaffMember(await aVendor('Halyard'), 'Joost', 'admin')
  await expect(accepting(dara, vendor, ['SD-BASE'])).rejects.toThrow(Forbidden)
  await expect(accepting(joost, vendor, ['SD-BASE'])).rejects.toThrow(Forbidden)
  await expect(accepting(ada, vendor, ['SD-BASE'])).rejects.toThrow(Forbidden)
  await expect(accepting(lien, vendor, ['nonsense', 'PDC-AI'])).rejects.toThrow(Invalid)
  await expect(accepting(lien, vendor, ['SD-BASE'], 'SD-BASE-A')).rejects.toMatchObject({
    fields: { otherwise: 'agreement.counterAccepted' },
  })
  await accepting(lien, vendor, ['SD-BY-A'], 'staff')
  await accepting(lien, vendor, ['SD-BASE-A'], 'staff')
  expect(await owner.select().from(vendorPolicies).where(eq(vendorPolicies.vendorId, vendor.id))).toHaveLength(1)

  const { negotiationId } = await profferTerms(ada, vendor.slug)
  for (const other of [joost, await aMember('Chen')]) {
    await expect(agreementFile(other, negotiationId)).rejects.toThrow(NotFound)
    await expect(offersTo(other, vendor.slug)).rejects.toThrow(NotFound)
    await expect(answerOffer(other, vendor.slug, negotiationId, { answer: 'accept' })).rejects.toThrow(NotFound)
  }
  await expect(answerOffer(dara, vendor.slug, negotiationId, { answer: 'accept' })).rejects.toThrow(Forbidden)
  await answerOffer(lien, vendor.slug, negotiationId, { answer: 'accept' })
  expect((await offersTo(dara, vendor.slug)).offers[0]).toMatchObject({
    status: 'AgreementAccepted',
    agreed: 'SD-BASE-DP',
    who: { displayName: 'Ada' },
  })
})

test('what is offered to one vendor is said apart, and taken back', async () => {
  const { vendor, ada } = await twoSides()
  await preferTerms(ada, { ...upToAnalytics, reach: 'SD-BASE-ATP', furthest: 'SD-BASE' }, vendor.slug)
  expect((await termsWith(ada, vendor.slug)).preference).toMatchObject({
    proffered: 'SD-BASE-ATP-DP',
    furthest: 'SD-BASE-ATP-DP',
    own: true,
  })
  expect((await myTerms(ada)).apart).toEqual([{ slug: vendor.slug, name: 'Tern Works' }])
  await preferAsElsewhere(ada, vendor.slug)
  expect((await termsWith(ada, vendor.slug)).preference).toMatchObject({ proffered: 'SD-BASE-DP', own: false })
})

test('a vendor says at a well-known place what it accepts, by today’s names', async () => {
  const { vendor, lien } = await twoSides()
  await accepting(lien, vendor, ['SD-BY-A-DP'])
  expect(await termsOfVendor(vendor.slug)).toEqual({
    effective_date: expect.stringMatching(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/),
    agreements: [{ id: 'SD-BASE-A-DP', url: 'https://w3id.org/dpv/standards/ieee/7012#SD-BASE-A-DP' }],
    tos_url: expect.stringContaining(`/vendors/${vendor.slug}/terms`),
    tos: 'Tern Works',
  })
})

test('by plain SQL neither side accepts its own words, writes down what the other said, or makes a copy', async () => {
  const { vendor, ada, lien } = await twoSides()
  await publishTerms(lien, vendor.slug, { accepts: ['SD-BASE-ATP'], otherwise: 'staff' })
  const { negotiationId: id } = await profferTerms(ada, vendor.slug)
  const refused = (by: PersonViewer, query: ReturnType<typeof sql>) => expect(transaction(by, (tx) => tx.execute(query))).rejects.toThrow()
  const settle = (terms: string) =>
    sql`update negotiations set status = 'AgreementAccepted', agreed = ${terms}, settled_at = now() where id = ${id}`
  await refused(lien, settle('SD-BASE-ATP-S3P-DP'))
  await refused(ada, settle('SD-BASE-DP'))
  await refused(ada, sql`update negotiations set countered = 'SD-BASE' where id = ${id}`)
  const step = (by: string) =>
    sql`insert into negotiation_steps (negotiation_id, seq, status, by, terms, at) values (${id}, 90, 'AgreementAccepted', ${by}, 'SD-BASE', now())`
  await refused(lien, step('person'))
  await refused(lien, step('portal'))
  await refused(ada, step('vendor'))
  for (const one of [ada, lien])
    await refused(
      one,
      sql`insert into agreement_copies (negotiation_id, version, side, file, sha256) values (${id}, 9, 'person', '{}', 'x')`,
    )
  const own = sql`insert into negotiations (id, person_id, handle_id, vendor_id, status, proffered, agreed, expires_at)
    values (gen_random_uuid(), ${ada.personId}, ${ada.handleId}, ${vendor.id}, 'AgreementAccepted', 'SD-BASE', 'SD-BASE', now() + interval '1 day')`
  await refused(ada, own)
  await answerOffer(lien, vendor.slug, id, { answer: 'accept' })
  expect((await termsWith(ada, vendor.slug)).standing).toMatchObject({ status: 'AgreementAccepted', agreed: 'SD-BASE-DP' })
})
