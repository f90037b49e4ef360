import { and, eq, sql, type SQL } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { products, recommendationAuthors, recommendationReplies, recommendations } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { authorize, mustBeFound } from '~/server/policy'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { mayRecommend, refuseTies } from './conflicts'
import { cutScore, inCut, isCut, type Cut } from './cutting'
import { draw, drawn, rows } from './drawing'
import { foundRecommendation, visibleTo, vendorNamed } from './facts'
import { drawnFor } from './inviting'
import { scoresOf } from './scoring'
import type { RecommendationShown, VerdictsPage } from './types'

const CARDS_A_PAGE = 20
const PRODUCTS_TO_CHOOSE = 200

/** What customers say of a vendor's products: the numbers, and a page of recommendations, newest first. */
export async function verdictsOf(
  viewer: Viewer,
  vendorId: string,
  { cursor, cut = {} }: { cursor?: string | null; cut?: Cut } = {},
): Promise<VerdictsPage> {
  // The last of the page before, by its id alone: an address does not say when somebody wrote.
  const further = isId(cursor ?? '')
    ? sql`(${recommendations.createdAt}, ${recommendations.id}) < (select l.created_at, l.id from recommendations l where l.id = ${cursor}::uuid)`
    : undefined
  const [counted, ofCut, found] = await transaction(viewer, (tx) =>
    Promise.all([
      scoresOf(tx, vendorId),
      isCut(cut) ? cutScore(tx, vendorId, cut) : null,
      rows(
        tx,
        and(eq(recommendations.vendorId, vendorId), visibleTo(viewer), inCut(vendorId, cut), further) as SQL,
        CARDS_A_PAGE + 1,
        vendorId,
      ),
    ]),
  )
  const page = found.slice(0, CARDS_A_PAGE)
  return {
    ...counted,
    cut: ofCut,
    cards: await drawn(viewer, page),
    older: found.length > CARDS_A_PAGE ? (page.at(-1)?.id ?? null) : null,
  }
}

/** The newest that stands, for the front page; `named` once the names of its handles are known. */
export async function newestRecommendation(viewer: Viewer) {
  const [found] = await transaction(viewer, (tx) =>
    rows(tx, and(visibleTo(viewer), sql`${recommendations.hiddenByDecisionId} is null`) as SQL, 1),
  )
  return found
    ? { handles: [found.handleId, found.repliedBy], named: (names: Map<string, HandleInfo>) => draw(viewer, found, names) }
    : null
}

export async function recommendationPage(viewer: Viewer, id: string): Promise<RecommendationShown> {
  const [found] = isId(id)
    ? await transaction(viewer, (tx) => rows(tx, and(eq(recommendations.id, id), sql`${recommendations.withdrawnAt} is null`) as SQL, 1))
    : []
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'recommendation.view', { vendorId: found.vendorId, handleId: found.handleId, hidden: found.hiddenBy !== null })
  const [shown] = await drawn(viewer, [found])
  return shown as RecommendationShown
}

/** The form for a new one: the vendor's products, without those of which the viewer has written, or was hidden what they wrote. */
export async function recommendPage(viewer: Viewer, vendorSlug: string) {
  const vendor = await vendorNamed(viewer, db, vendorSlug)
  mayRecommend(viewer, vendor)
  const own = viewer.kind === 'person' ? viewer.handleId : null
  const mine = (standing: string) =>
    sql<
      string | null
    >`(select r.id from recommendations r where r.product_id = ${products}.id and r.handle_id = ${own}::uuid and ${sql.raw(standing)} limit 1)`
  const found = await transaction(viewer, async (tx) => {
    if (viewer.kind === 'person') await refuseTies(tx, viewer, vendor.vendorId)
    return tx
      .select({
        slug: products.slug,
        name: products.name,
        written: mine('r.withdrawn_at is null'),
        hidden: mine('r.hidden_by_decision_id is not null'),
        drawn: viewer.kind === 'person' ? drawnFor : sql<boolean>`false`,
      })
      .from(products)
      .where(eq(products.vendorId, vendor.vendorId))
      .orderBy(products.name, products.id)
      .limit(PRODUCTS_TO_CHOOSE)
  })
  const { slug, name } = vendor
  return {
    vendor: { vendorId: vendor.vendorId, slug, name },
    products: found
      .filter(({ written, hidden }) => !written && !hidden)
      .map((product) => ({ slug: product.slug, name: product.name, drawn: product.drawn })),
    written: found.flatMap((product) => (product.written ? [{ id: product.written, slug: product.slug, name: product.name }] : [])),
    hidden: found.flatMap((product) => (product.hidden && !product.written ? [{ slug: product.slug, name: product.name }] : [])),
  }
}

export async function editRecommendationPage(viewer: Viewer, id: string): Promise<RecommendationShown & { organisation: string }> {
  const shown = await recommendationPage(viewer, id)
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, id)
    authorize(viewer, 'recommendation.edit', found, found.hidden ? 'recommendation.hidden' : undefined)
    const [author] = await tx
      .select({ organisation: recommendationAuthors.organisation })
      .from(recommendationAuthors)
      .where(eq(recommendationAuthors.recommendationId, id))
    return { ...shown, organisation: author?.organisation ?? '' }
  })
}

export async function editReplyPage(viewer: Viewer, id: string): Promise<RecommendationShown & { markdown: string }> {
  const shown = await recommendationPage(viewer, id)
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, id)
    authorize(viewer, 'recommendation.reply', found, found.hidden ? 'recommendation.hidden' : 'recommendation.staffReply')
    const [reply] = await tx
      .select({ markdown: recommendationReplies.markdown })
      .from(recommendationReplies)
      .where(eq(recommendationReplies.recommendationId, id))
    if (!reply) throw new NotFound()
    return { ...shown, markdown: reply.markdown }
  })
}

export async function replyPage(viewer: Viewer, id: string): Promise<RecommendationShown> {
  const shown = await recommendationPage(viewer, id)
  await transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, id)
    authorize(viewer, 'recommendation.reply', found, found.hidden ? 'recommendation.hidden' : 'recommendation.staffReply')
    if (found.replied) throw new Conflict('recommendation.replied')
  })
  return shown
}
