import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { products, recommendations, vendors } from '~/db/schema'
import type { DraftKind } from '~/server/drafts/types'
import type { Viewer } from '~/server/viewer'
import { visibleTo } from './facts'

/** Where what somebody writes belongs: the vendor, or their own recommendation. One query for all of them. */
export async function placesOfRecommending(
  viewer: Viewer,
  wanted: { kind: DraftKind; subjectId: string }[],
): Promise<Map<string, { subjectId: string; slug: string; title: string }>> {
  const of = (kind: DraftKind) => wanted.filter((it) => it.kind === kind).map(({ subjectId }) => subjectId)
  const [first, edited] = [of('recommendation'), of('recommendation-edit')]
  if (first.length + edited.length === 0 || viewer.kind !== 'person') return new Map()
  const mine = and(eq(recommendations.handleId, viewer.handleId), visibleTo(viewer))
  const found = await transaction(viewer, (tx) =>
    tx.execute<{ subjectId: string; slug: string; title: string }>(sql`
      select ${vendors.id} as "subjectId", ${vendors.slug}, ${vendors.name} as title
        from ${vendors} where ${first.length > 0 ? inArray(vendors.id, first) : sql`false`}
      union all select ${recommendations.id}, ${vendors.slug}, ${products.name}
        from ${recommendations} join ${products} on ${products.id} = ${recommendations.productId} join ${vendors} on ${vendors.id} = ${recommendations.vendorId}
        where ${edited.length > 0 ? inArray(recommendations.id, edited) : sql`false`} and ${mine}`),
  )
  return new Map(found.map((place) => [place.subjectId, place]))
}
