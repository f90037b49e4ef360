import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { agreementCopies, negotiations, negotiationSteps, termPreferences, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { HandleInfo, PersonViewer, Viewer } from '~/server/viewer'
import { policyOf, vendorNamed } from './facts'
import { preferenceTowards } from './preferring'
import type { Terms } from './roster'
import type { Status } from './rules'

const MOST_LISTED = 100

export type Standing = {
  id: string
  vendor: { slug: string; name: string }
  status: Status
  proffered: Terms
  countered: Terms | null
  agreed: Terms | null
  createdAt: Date
  settledAt: Date | null
  expiresAt: Date
  /** The vendor accepts these terms no longer: nothing new is granted under them. */
  outdated: boolean
}

const latestPolicy = sql<
  Terms[] | null
>`(select p.accepts from vendor_policies p where p.vendor_id = ${negotiations.vendorId} order by p.version desc limit 1)`

async function standingsOf(tx: Tx, viewer: PersonViewer, vendorId?: string): Promise<Standing[]> {
  const rows = await tx
    .select({ offer: negotiations, slug: vendors.slug, name: vendors.name, accepts: latestPolicy })
    .from(negotiations)
    .innerJoin(vendors, eq(vendors.id, negotiations.vendorId))
    .where(
      and(
        eq(negotiations.personId, viewer.personId),
        isNull(negotiations.supersededBy),
        vendorId ? eq(negotiations.vendorId, vendorId) : undefined,
      ),
    )
    .orderBy(desc(negotiations.createdAt))
    .limit(MOST_LISTED)
  return rows.map(({ offer: { id, status, proffered, countered, agreed, createdAt, settledAt, expiresAt }, slug, name, accepts }) => ({
    id,
    vendor: { slug, name },
    status,
    proffered,
    countered,
    agreed,
    createdAt,
    settledAt,
    expiresAt,
    outdated: status === 'AgreementAccepted' && agreed !== null && accepts !== null && !accepts.includes(agreed),
  }))
}

/** /me/terms: what the person offers, and how it stands with each vendor, the newest of each. */
export async function myTerms(viewer: PersonViewer) {
  authorize(viewer, 'terms.prefer', { personId: viewer.personId })
  const [preference, standings, apart] = await transaction(viewer, (tx) =>
    Promise.all([
      preferenceTowards(tx, viewer.personId, null),
      standingsOf(tx, viewer),
      tx
        .select({ slug: vendors.slug, name: vendors.name })
        .from(termPreferences)
        .innerJoin(vendors, eq(vendors.id, termPreferences.vendorId))
        .where(eq(termPreferences.personId, viewer.personId))
        .orderBy(asc(vendors.name))
        .limit(MOST_LISTED),
    ]),
  )
  const newest = standings.filter((one, at) => standings.findIndex(({ vendor }) => vendor.slug === one.vendor.slug) === at)
  return { preference, standings: newest, apart }
}

/** /me/terms/:vendor: how it stands with one vendor, and what it would answer. */
export async function termsWith(viewer: PersonViewer, vendorSlug: string) {
  authorize(viewer, 'terms.prefer', { personId: viewer.personId })
  return transaction(viewer, async (tx) => {
    const vendor = await vendorNamed(tx, vendorSlug)
    const [preference, [standing], earlier, policy] = await Promise.all([
      preferenceTowards(tx, viewer.personId, vendor.vendorId),
      standingsOf(tx, viewer, vendor.vendorId),
      recordsOf(tx, viewer, vendor.vendorId),
      policyOf(tx, vendor.vendorId),
    ])
    return {
      vendor: { slug: vendor.slug, name: vendor.name },
      preference,
      standing: standing ?? null,
      records: earlier,
      accepts: policy.accepts,
    }
  })
}

async function recordsOf(tx: Tx, viewer: PersonViewer, vendorId: string) {
  return tx
    .select({
      negotiationId: agreementCopies.negotiationId,
      version: agreementCopies.version,
      sha256: agreementCopies.sha256,
      at: agreementCopies.createdAt,
      status: negotiations.status,
    })
    .from(agreementCopies)
    .innerJoin(negotiations, eq(negotiations.id, agreementCopies.negotiationId))
    .where(and(eq(negotiations.personId, viewer.personId), eq(negotiations.vendorId, vendorId), eq(agreementCopies.side, 'person')))
    .orderBy(desc(agreementCopies.createdAt))
    .limit(20)
}

/** The signed record, to whichever of its two sides asks: the same file. */
export async function agreementFile(viewer: Viewer, negotiationId: string): Promise<{ file: string; sha256: string }> {
  if (!isId(negotiationId) || viewer.kind !== 'person') throw new NotFound()
  const [copy] = await transaction(viewer, (tx) =>
    tx
      .select({ file: agreementCopies.file, sha256: agreementCopies.sha256 })
      .from(agreementCopies)
      .where(eq(agreementCopies.negotiationId, negotiationId))
      .orderBy(desc(agreementCopies.version))
      .limit(1),
  )
  if (!copy) throw new NotFound()
  return copy
}

/** /vendors/:slug/terms: what a vendor accepts, and how it has answered so far. Anybody reads it. */
export async function vendorTerms(viewer: Viewer, vendorSlug: string) {
  mustBeFound(viewer, 'vendor.view', null)
  return transaction(viewer, async (tx) => {
    const vendor = await vendorNamed(tx, vendorSlug)
    const [policy, [answered]] = await Promise.all([
      policyOf(tx, vendor.vendorId),
      tx.execute<Answered>(sql`select * from terms_answered(${vendor.vendorId}::uuid)`),
    ])
    return {
      vendor: { slug: vendor.slug, name: vendor.name },
      policy,
      answered: answered ?? { accepted: 0, countered: 0, refused: 0, ended: 0 },
      may: { publish: can(viewer, 'terms.publish', vendor), seeOffers: can(viewer, 'terms.see-offers', vendor) },
    }
  })
}
export type Answered = { accepted: number; countered: number; refused: number; ended: number }

/** The form in which a vendor says what it accepts. */
export async function policyPage(viewer: PersonViewer, vendorSlug: string) {
  return transaction(viewer, async (tx) => {
    const vendor = await vendorNamed(tx, vendorSlug)
    authorize(viewer, 'terms.publish', vendor)
    return { vendor: { slug: vendor.slug, name: vendor.name }, policy: await policyOf(tx, vendor.vendorId) }
  })
}

export type OfferShown = { id: string; who: HandleInfo | null; status: Status; proffered: Terms; countered: Terms | null; agreed: Terms | null; createdAt: Date; expiresAt: Date; settledAt: Date | null } // prettier-ignore

/** What customers offered a vendor, for its staff: what waits first. */
export async function offersTo(viewer: PersonViewer, vendorSlug: string) {
  const [vendor, rows] = await transaction(viewer, async (tx) => {
    const found = await vendorNamed(tx, vendorSlug)
    mustBeFound(viewer, 'terms.see-offers', found)
    const offers = await tx
      .select()
      .from(negotiations)
      .where(and(eq(negotiations.vendorId, found.vendorId), isNull(negotiations.supersededBy)))
      .orderBy(sql`${negotiations.status} = 'AgreementNegotiationPendingResponse' desc`, desc(negotiations.createdAt))
      .limit(MOST_LISTED)
    return [found, offers] as const
  })
  const names = await handlesShown(
    rows.map(({ handleId }) => handleId),
    { vendorId: vendor.vendorId },
  )
  return {
    vendor: { slug: vendor.slug, name: vendor.name },
    may: { answer: can(viewer, 'terms.publish', vendor) },
    offers: rows.map(({ id, handleId, status, proffered, countered, agreed, createdAt, expiresAt, settledAt }): OfferShown => {
      return { id, who: names.get(handleId) ?? null, status, proffered, countered, agreed, createdAt, expiresAt, settledAt }
    }),
  }
}

/** What happened in a negotiation, in order, for its two sides. */
export async function stepsOf(viewer: PersonViewer, negotiationId: string) {
  return transaction(viewer, (tx) =>
    tx
      .select({ status: negotiationSteps.status, by: negotiationSteps.by, terms: negotiationSteps.terms, at: negotiationSteps.at })
      .from(negotiationSteps)
      .where(eq(negotiationSteps.negotiationId, negotiationId))
      .orderBy(asc(negotiationSteps.seq)),
  )
}
