import { and, eq, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { products, recommendationReplies, recommendations, vendors } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import type { RecommendationFacts } from '~/server/facts'
import { mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'

export type KnownRecommendation = RecommendationFacts & {
  recommendationId: string
  productId: string
  vendorSlug: string
  withdrawn: boolean
  replied: boolean
  named: boolean
}

/** Every list of recommendations starts here: what stands, and what the viewer wrote even while it is hidden. */
export function visibleTo(viewer: Viewer): SQL {
  const own = viewer.kind === 'person' ? eq(recommendations.handleId, viewer.handleId) : undefined
  return and(isNull(recommendations.withdrawnAt), or(isNull(recommendations.hiddenByDecisionId), own)) as SQL
}

/** What the policy may know of a recommendation, for those whom row-level security lets see it. */
export async function recommendationFacts(tx: Tx, id: string): Promise<KnownRecommendation | null> {
  if (!isId(id)) return null
  const [found] = await tx
    .select({
      recommendationId: recommendations.id,
      vendorId: recommendations.vendorId,
      productId: recommendations.productId,
      vendorSlug: vendors.slug,
      handleId: recommendations.handleId,
      named: recommendations.named,
      hidden: sql<boolean>`${recommendations.hiddenByDecisionId} is not null`,
      withdrawn: sql<boolean>`${recommendations.withdrawnAt} is not null`,
      replied: sql<boolean>`exists (select 1 from ${recommendationReplies} y where y.recommendation_id = ${recommendations.id})`,
    })
    .from(recommendations)
    .innerJoin(products, eq(products.id, recommendations.productId))
    .innerJoin(vendors, eq(vendors.id, recommendations.vendorId))
    .where(eq(recommendations.id, id))
  return found ?? null
}

/** The recommendation, or NotFound for those who may not know of it. What was withdrawn is gone for everybody. */
export async function foundRecommendation(viewer: Viewer, tx: Tx, id: string): Promise<KnownRecommendation> {
  const found = await recommendationFacts(tx, id)
  if (!found || found.withdrawn) throw new NotFound()
  mustBeFound(viewer, 'recommendation.view', found)
  return found
}

/** The vendor of an address; NotFound where there is none. */
export async function vendorNamed(viewer: Viewer, reader: Pick<Tx, 'select'>, slug: string) {
  mustBeFound(viewer, 'vendor.view', null)
  const [vendor] = await reader
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  return vendor
}

/** The person behind an act that the policy let pass. */
export function writer(viewer: Viewer): PersonViewer {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  return viewer
}
