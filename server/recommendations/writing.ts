import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newTimelessId } from '~/db/ids'
import { products, recommendationAuthors, recommendations } from '~/db/schema'
import { endDraft } from '~/server/drafts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { mayRecommend, refuseTies } from './conflicts'
import { foundRecommendation, recommendationFacts, vendorNamed, writer } from './facts'
import type { EditRecommendationInput, RecommendationInput } from './input'

/** One per product and handle. What weighs, the database finds at this moment: evidence, source, ties. Nobody chooses it. */
export async function writeRecommendation(viewer: Viewer, vendorSlug: string, input: RecommendationInput) {
  const vendor = await vendorNamed(viewer, db, vendorSlug)
  mayRecommend(viewer, vendor)
  const author = writer(viewer)
  const { vendorId } = vendor
  const [product] = await db
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.vendorId, vendorId), eq(products.slug, input.product)))
  if (!product) throw new Invalid({ product: 'notChoice' })
  await countAgainst('recommend', author.personId)

  return transaction(viewer, async (tx) => {
    await refuseAnew(tx, author, product.id)
    const recommendationId = newTimelessId()
    await keepOrganisation(tx, author, recommendationId, input)
    await refuseTies(tx, author, vendorId)
    const written = await tx
      .insert(recommendations)
      .values({
        id: recommendationId,
        vendorId,
        productId: product.id,
        handleId: author.handleId,
        ...wordsOf(input),
        createdAt: now(),
      })
      .onConflictDoNothing({ target: [recommendations.productId, recommendations.handleId], where: isNull(recommendations.withdrawnAt) })
      .returning({ id: recommendations.id })
    if (written.length === 0) throw new Conflict('recommendation.already')
    await endDraft(tx, viewer, 'recommendation', vendorId, { draftId: input.draftId, draftVersion: input.draftVersion })
    await record(tx, viewer, 'recommendation.written', {
      recommendationId,
      vendorId,
      productId: product.id,
      signedKind: input.shownAs,
    })
    return { recommendationId }
  })
}

/** Its author changes words and disclosure; what it is about, and the evidence, stay. */
export async function editRecommendation(viewer: Viewer, id: string, input: EditRecommendationInput) {
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, id)
    authorize(viewer, 'recommendation.edit', found, found.hidden ? 'recommendation.hidden' : undefined)
    const { recommendationId, vendorId, productId } = found
    await keepOrganisation(tx, writer(viewer), recommendationId, input)
    await refuseTies(tx, writer(viewer), vendorId)
    await endDraft(tx, viewer, 'recommendation-edit', id, { draftId: input.draftId, draftVersion: input.draftVersion })
    const words = wordsOf(input)
    const changed = await tx
      .update(recommendations)
      .set({ ...words, editedAt: now() })
      .where(
        and(eq(recommendations.id, id), isNull(recommendations.withdrawnAt), isNull(recommendations.hiddenByDecisionId), differs(words)),
      )
      .returning({ id: recommendations.id })
    if (changed.length > 0)
      await record(tx, viewer, 'recommendation.edited', { recommendationId, vendorId, productId, signedKind: input.shownAs })
    return found
  })
}

/** Taken back for good; its author may write another. Twice is once. */
export async function withdrawRecommendation(viewer: Viewer, id: string) {
  return transaction(viewer, async (tx) => {
    const found = await recommendationFacts(tx, id)
    if (!found) throw new NotFound()
    authorize(viewer, 'recommendation.withdraw', found)
    const { recommendationId, vendorId, productId, named } = found
    const gone = await tx
      .update(recommendations)
      .set({ withdrawnAt: now() })
      .where(and(eq(recommendations.id, id), isNull(recommendations.withdrawnAt)))
      .returning({ id: recommendations.id })
    if (gone.length > 0)
      await record(tx, viewer, 'recommendation.withdrawn', {
        recommendationId,
        vendorId,
        productId,
        signedKind: named ? 'handle' : 'unnamed',
      })
    return found
  })
}

function wordsOf(input: EditRecommendationInput) {
  const { headline, useCase, whatIsGood, whatIsNot, verdict, timeUsed, chooseAgain, relation, incentive, invitedBy } = input
  return {
    ...{ headline, useCase, whatIsGood, whatIsNot, verdict, timeUsed, chooseAgain, relation, incentive, invitedBy },
    forWhom: input.forWhom ?? '',
    organisationSize: input.organisationSize,
    industry: input.industry ?? null,
    authorRole: input.authorRole ?? null,
    willingAsReference: input.reference ?? false,
    named: input.shownAs === 'handle',
    easeRating: input.ease,
    supportRating: input.support,
    valueRating: input.value,
  }
}

/** What a moderator has hidden is not written anew while it stays hidden, taken back or not. */
async function refuseAnew(tx: Tx, { handleId }: PersonViewer, productId: string) {
  const [hidden] = await tx
    .select({ id: recommendations.id })
    .from(recommendations)
    .where(
      and(eq(recommendations.productId, productId), eq(recommendations.handleId, handleId), isNotNull(recommendations.hiddenByDecisionId)),
    )
    .limit(1)
  if (hidden) throw new Conflict('recommendation.hiddenBefore')
}

/** Where the author works, as they say; an empty field takes it back. */
async function keepOrganisation(tx: Tx, { handleId }: PersonViewer, recommendationId: string, input: EditRecommendationInput) {
  const organisation = input.organisation ?? ''
  await tx
    .insert(recommendationAuthors)
    .values({ recommendationId, handleId, organisation })
    .onConflictDoUpdate({ target: recommendationAuthors.recommendationId, set: { organisation } })
}

// Saving what stands there already is no edit.
function differs(words: ReturnType<typeof wordsOf>) {
  const columns = Object.keys(words) as (keyof typeof words)[]
  const stands = columns.map((name) => sql`${recommendations[name]} is not distinct from ${words[name]}`)
  return sql`not (${sql.join(stands, sql` and `)})`
}
