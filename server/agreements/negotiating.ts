import { and, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import { asJob, transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { negotiations, negotiationSteps, vendors } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import { policyOf, vendorNamed } from './facts'
import type { CounterAnswerInput, OfferAnswerInput } from './input'
import { agentPreference } from './preferring'
import { keepRecord } from './records'
import { readTerms, type Terms } from './roster'
import { DAYS_FOR_PERSON, DAYS_FOR_VENDOR, mayFollow, OPEN, personAnswers, vendorAnswers, type Status, type Step } from './rules'

const DAY_MS = 86_400_000
type Negotiation = typeof negotiations.$inferSelect
export type Settled = { negotiationId: string; status: Status; terms: Terms | null }

/**
 * The person’s agent offers their terms to a vendor, whose published policy answers at once. What stands already, or waits for an answer,
 * is found again: asking twice is asking once.
 */
export async function profferTerms(viewer: PersonViewer, vendorSlug: string): Promise<Settled> {
  await countAgainst('write-down', viewer.personId)
  return transaction(viewer, async (tx) => {
    const vendor = await vendorNamed(tx, vendorSlug)
    authorize(viewer, 'terms.proffer', { personId: viewer.personId })
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`terms:${viewer.personId}:${vendor.vendorId}`}, 0))`)
    const [preference, policy] = await Promise.all([agentPreference(tx, viewer.personId, vendor.vendorId), policyOf(tx, vendor.vendorId)])
    const standing = await standingBetween(tx, viewer.personId, vendor.vendorId)
    const open = standing.find(({ status }) => OPEN.includes(status))
    if (open && open.expiresAt > now()) return settledAs(open)
    if (open) await take(tx, viewer, open, { status: 'AgreementNegotiationExpired', by: 'portal', terms: open.countered ?? open.proffered })
    const live = standing.find(({ status }) => status === 'AgreementAccepted')
    if (live?.agreed && live.proffered === preference.proffered && policy.accepts.includes(live.agreed)) return settledAs(live)

    const [made] = await tx
      .insert(negotiations)
      .values({
        id: newId(),
        personId: viewer.personId,
        handleId: viewer.handleId,
        vendorId: vendor.vendorId,
        policyId: policy.policyId,
        status: 'AgreementNegotiationRequested',
        proffered: preference.proffered,
        expiresAt: new Date(now().getTime() + DAYS_FOR_VENDOR * DAY_MS),
      })
      .returning()
    if (!made) throw new Conflict('conflict')
    await addStep(tx, made.id, { status: 'AgreementNegotiationRequested', by: 'person', terms: made.proffered })
    await record(tx, viewer, 'terms.proffered', idsOf(made))
    const answered = await take(tx, viewer, made, vendorAnswers(made.proffered, policy))
    return settledAs(await agentAnswers(tx, viewer, answered))
  })
}

/** The person answers a counter-offer that their agent may not answer. */
export async function answerCounterOffer(viewer: PersonViewer, vendorSlug: string, { answer }: CounterAnswerInput): Promise<void> {
  await transaction(viewer, async (tx) => {
    const { vendorId } = await vendorNamed(tx, vendorSlug)
    const standing = await standingBetween(tx, viewer.personId, vendorId)
    const open = standing.find(({ status }) => status === 'AgreementNegotiationConfirmationRequired')
    if (!open?.countered) throw new Conflict('agreement.nothingToAnswer')
    mustBeFound(viewer, 'terms.proffer', open)
    stillOpen(open)
    await take(tx, viewer, open, {
      status: answer === 'accept' ? 'AgreementAccepted' : 'AgreementRefused',
      by: 'person',
      terms: open.countered,
    })
  })
}

/** Staff answer what their policy leaves to them: yes, no, or one counter-offer. A second one is refused. */
export async function answerOffer(viewer: PersonViewer, vendorSlug: string, negotiationId: string, input: OfferAnswerInput): Promise<void> {
  if (!isId(negotiationId)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const { vendorId } = await vendorNamed(tx, vendorSlug)
    mustBeFound(viewer, 'terms.see-offers', { vendorId })
    const [offer] = await tx
      .select()
      .from(negotiations)
      .where(and(eq(negotiations.id, negotiationId), eq(negotiations.vendorId, vendorId)))
      .for('update')
    if (!offer) throw new NotFound()
    authorize(viewer, 'terms.publish', { vendorId })
    if (input.answer === 'counter' && offer.countered) throw new Conflict('agreement.counteredOnce')
    if (offer.status !== 'AgreementNegotiationPendingResponse') throw new Conflict('agreement.answered')
    stillOpen(offer)
    const counter = input.answer === 'counter' ? readTerms(input.counter ?? '') : null
    if (input.answer === 'counter' && (!counter || counter === offer.proffered)) throw new Invalid({ counter: 'notChoice' })
    const answered = await take(tx, viewer, offer, {
      status: counter ? 'AgreementNegotiationCounterOfferMade' : input.answer === 'accept' ? 'AgreementAccepted' : 'AgreementRefused',
      by: 'vendor',
      terms: counter ?? offer.proffered,
    })
    await agentAnswers(tx, viewer, answered)
  })
}

/** The person ends an agreement. Whatever was granted under it ends with it. */
export async function endAgreement(viewer: PersonViewer, vendorSlug: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const { vendorId } = await vendorNamed(tx, vendorSlug)
    authorize(viewer, 'terms.proffer', { personId: viewer.personId })
    const agreed = await tx
      .select()
      .from(negotiations)
      .where(
        and(eq(negotiations.personId, viewer.personId), eq(negotiations.vendorId, vendorId), eq(negotiations.status, 'AgreementAccepted')),
      )
      .for('update')
    for (const each of agreed)
      if (each.agreed) await take(tx, viewer, each, { status: 'AgreementNegotiationTerminated', by: 'person', terms: each.agreed })
  })
}

const MOST_AT_ONCE = 200

/** What nobody answered in time is over, and both sides have that in writing. */
export async function expireOffers(): Promise<void> {
  const viewer = systemViewer('expire-offers')
  const late = await transaction(viewer, (tx) =>
    tx
      .select({ id: negotiations.id })
      .from(negotiations)
      .where(and(inArray(negotiations.status, [...OPEN]), lte(negotiations.expiresAt, now())))
      .orderBy(negotiations.expiresAt)
      .limit(MOST_AT_ONCE),
  )
  for (const { id } of late)
    await transaction(viewer, async (tx) => {
      const [offer] = await tx
        .select()
        .from(negotiations)
        .where(and(eq(negotiations.id, id), inArray(negotiations.status, [...OPEN])))
        .for('update')
      if (offer)
        await take(tx, viewer, offer, { status: 'AgreementNegotiationExpired', by: 'portal', terms: offer.countered ?? offer.proffered })
    })
}

/** The agreement under which a vendor may be let read something now: accepted, and still accepted. */
export async function liveAgreement(tx: Tx, personId: string, vendorId: string): Promise<{ negotiationId: string; terms: Terms } | null> {
  const [standing, policy] = await Promise.all([standingBetween(tx, personId, vendorId), policyOf(tx, vendorId)])
  const live = standing.find(({ status }) => status === 'AgreementAccepted')
  return live?.agreed && policy.accepts.includes(live.agreed) ? { negotiationId: live.id, terms: live.agreed } : null
}

/** Settles terms with a vendor before anything is granted, in the same press of a button. */
export async function settleTerms(viewer: PersonViewer, vendorSlug: string): Promise<{ negotiationId: string; terms: Terms }> {
  const { negotiationId, status, terms } = await profferTerms(viewer, vendorSlug)
  if (status === 'AgreementAccepted' && terms) return { negotiationId, terms }
  if (status === 'AgreementRefused') throw new Conflict('agreement.refusedHere')
  throw new Conflict(status === 'AgreementNegotiationPendingResponse' ? 'agreement.waitsForVendor' : 'agreement.waitsForYou')
}

async function standingBetween(tx: Tx, personId: string, vendorId: string): Promise<Negotiation[]> {
  return tx
    .select()
    .from(negotiations)
    .where(
      and(
        eq(negotiations.personId, personId),
        eq(negotiations.vendorId, vendorId),
        inArray(negotiations.status, [...OPEN, 'AgreementAccepted']),
        isNull(negotiations.supersededBy),
      ),
    )
    .orderBy(desc(negotiations.createdAt))
    .for('update')
}

async function agentAnswers(tx: Tx, viewer: Viewer, offer: Negotiation): Promise<Negotiation> {
  if (offer.status !== 'AgreementNegotiationCounterOfferMade' || !offer.countered || !offer.personId) return offer
  return take(tx, viewer, offer, personAnswers(offer.countered, await agentPreference(tx, offer.personId, offer.vendorId)))
}

const EVENT = {
  AgreementNegotiationCounterOfferMade: 'terms.countered',
  AgreementNegotiationConfirmationRequired: 'terms.waiting',
  AgreementNegotiationPendingResponse: 'terms.waiting',
  AgreementAccepted: 'terms.accepted',
  AgreementRefused: 'terms.refused',
  AgreementNegotiationExpired: 'terms.expired',
  AgreementNegotiationTerminated: 'terms.ended',
} as const

/** What a published policy, or the person’s agent, answers while the other side asks, the portal does; a side says for itself what it says. */
function inTheNameOf<T>(tx: Tx, viewer: Viewer, { personId }: Negotiation, by: Step['by'], work: () => Promise<T>): Promise<T> {
  const side = viewer.kind !== 'person' ? 'portal' : viewer.personId === personId ? 'person' : 'vendor'
  return side === by && side !== 'portal' ? work() : asJob(tx, 'negotiate', work)
}

/** One step on: the row, its trace, and, where it is settled, the record of both sides. */
async function take(tx: Tx, viewer: Viewer, offer: Negotiation, step: Step): Promise<Negotiation> {
  if (!mayFollow(offer.status, step.status)) throw new Conflict('agreement.answered')
  const settles = !OPEN.includes(step.status)
  const agreed = step.status === 'AgreementAccepted' ? step.terms : offer.agreed
  const moved = await inTheNameOf(tx, viewer, offer, step.by, async () => {
    if (agreed && step.status === 'AgreementAccepted') await supersede(tx, offer)
    const [row] = await tx
      .update(negotiations)
      .set({
        status: step.status,
        agreed,
        ...(step.status === 'AgreementNegotiationCounterOfferMade' ? { countered: step.terms } : {}),
        ...(step.status === 'AgreementNegotiationConfirmationRequired'
          ? { expiresAt: new Date(now().getTime() + DAYS_FOR_PERSON * DAY_MS) }
          : {}),
        ...(settles ? { settledAt: now() } : {}),
      })
      .where(eq(negotiations.id, offer.id))
      .returning()
    if (!row) throw new Conflict('conflict')
    await addStep(tx, offer.id, step)
    return row
  })
  await record(tx, viewer, EVENT[step.status as keyof typeof EVENT], idsOf(moved))
  if (settles && moved.personId) {
    const [vendor] = await tx.select({ slug: vendors.slug }).from(vendors).where(eq(vendors.id, moved.vendorId))
    await keepRecord(
      tx,
      {
        negotiationId: moved.id,
        personId: moved.personId,
        vendorId: moved.vendorId,
        vendorSlug: vendor?.slug ?? '',
        createdAt: moved.createdAt,
      },
      moved.agreed ?? moved.countered ?? moved.proffered,
    )
  }
  return moved
}

async function supersede(tx: Tx, offer: Negotiation): Promise<void> {
  if (!offer.personId) return
  await tx
    .update(negotiations)
    .set({ supersededBy: offer.id })
    .where(
      and(
        eq(negotiations.personId, offer.personId),
        eq(negotiations.vendorId, offer.vendorId),
        eq(negotiations.status, 'AgreementAccepted'),
        isNull(negotiations.supersededBy),
      ),
    )
}

async function addStep(tx: Tx, negotiationId: string, step: Step): Promise<void> {
  const [last] = await tx
    .select({ seq: negotiationSteps.seq })
    .from(negotiationSteps)
    .where(eq(negotiationSteps.negotiationId, negotiationId))
    .orderBy(desc(negotiationSteps.seq))
    .limit(1)
  await tx.insert(negotiationSteps).values({ negotiationId, seq: (last?.seq ?? 0) + 1, at: now(), ...step })
}

function stillOpen(offer: Negotiation): void {
  if (offer.expiresAt <= now()) throw new Conflict('agreement.expired')
}

const settledAs = (offer: Negotiation): Settled => ({ negotiationId: offer.id, status: offer.status, terms: offer.agreed })
const idsOf = ({ id, personId, handleId, vendorId }: Negotiation) => ({ negotiationId: id, personId, handleId, vendorId })
