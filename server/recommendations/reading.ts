import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { products, recommendationReplies, recommendations, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, NotFound } from '~/server/errors'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { foundRecommendation, visibleTo } from './facts'
import { FEWEST_FOR_A_VERDICT } from './rules'
import type { Five, Rating, RecommendationShown, Verdicts } from './types'

const CARDS_A_PAGE = 20

/** What customers say of a vendor's products: the numbers, and a page of recommendations, newest first. */
export async function verdictsOf(viewer: Viewer, vendorId: string, { cursor }: { cursor?: string | null } = {}): Promise<Verdicts> {
  const [beforeAt, beforeId] = cursorFrom(cursor)
  const further = beforeAt
    ? sql`(${recommendations.createdAt}, ${recommendations.id}) < (${beforeAt}::timestamptz, ${beforeId}::uuid)`
    : undefined
  const [counted, found] = await transaction(viewer, (tx) =>
    Promise.all([
      countsOf(tx, vendorId),
      rows(tx, and(eq(recommendations.vendorId, vendorId), visibleTo(viewer), further) as SQL, CARDS_A_PAGE + 1),
    ]),
  )
  const page = found.slice(0, CARDS_A_PAGE)
  const last = page.at(-1)
  return {
    ...counted,
    shown: counted.count >= FEWEST_FOR_A_VERDICT,
    cards: await drawn(viewer, page),
    older: found.length > CARDS_A_PAGE && last ? `${last.createdAt.toISOString()}_${last.id}` : null,
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

/** The form for a new one: the vendor's products, without those that the viewer has recommended. */
export async function recommendPage(viewer: Viewer, vendorSlug: string) {
  const [vendor] = await db
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name })
    .from(vendors)
    .where(eq(vendors.slug, vendorSlug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'recommendation.write', vendor, 'recommendation.ownVendor')
  const own = viewer.kind === 'person' ? viewer.handleId : null
  const found = await transaction(viewer, (tx) =>
    tx
      .select({ slug: products.slug, name: products.name, written: recommendations.id })
      .from(products)
      .leftJoin(
        recommendations,
        and(
          eq(recommendations.productId, products.id),
          sql`${recommendations.handleId} = ${own}::uuid`,
          sql`${recommendations.withdrawnAt} is null`,
        ),
      )
      .where(eq(products.vendorId, vendor.vendorId))
      .orderBy(products.name)
      .limit(200),
  )
  const { slug, name } = vendor
  return {
    vendor: { vendorId: vendor.vendorId, slug, name },
    products: found.filter((product) => product.written === null).map((product) => ({ slug: product.slug, name: product.name })),
    written: found.flatMap((product) => (product.written ? [{ id: product.written, slug: product.slug, name: product.name }] : [])),
  }
}

export async function editRecommendationPage(viewer: Viewer, id: string): Promise<RecommendationShown> {
  const shown = await recommendationPage(viewer, id)
  await transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, id)
    authorize(viewer, 'recommendation.edit', found, found.hidden ? 'recommendation.hidden' : undefined)
  })
  return shown
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

async function countsOf(tx: Tx, vendorId: string): Promise<Pick<Verdicts, 'count' | 'spread' | 'dimensions'>> {
  const five = (column: SQL) => [1, 2, 3, 4, 5].map((value) => sql`count(*) filter (where ${column} = ${sql.raw(String(value))})`)
  const spreads = [sql`verdict`, sql`ease_rating`, sql`support_rating`, sql`value_rating`].map(
    (column) => sql`jsonb_build_array(${sql.join(five(column), sql`, `)})`,
  )
  const [row] = await tx.execute<{ count: number; verdicts: unknown; ease: unknown; support: unknown; value: unknown }>(sql`
    select count(*)::int as count, ${spreads[0]} as verdicts, ${spreads[1]} as ease, ${spreads[2]} as support, ${spreads[3]} as value
    from ${recommendations} where vendor_id = ${vendorId}::uuid and hidden_by_decision_id is null and withdrawn_at is null`)
  const asFive = (value: unknown): Five =>
    typeof value === 'string' ? (JSON.parse(value) as Five) : ((value as Five | undefined) ?? [0, 0, 0, 0, 0])
  return {
    count: row?.count ?? 0,
    spread: asFive(row?.verdicts),
    dimensions: { ease: asFive(row?.ease), support: asFive(row?.support), value: asFive(row?.value) },
  }
}

type Row = Awaited<ReturnType<typeof rows>>[number]

function rows(tx: Tx, which: SQL, most: number) {
  return tx
    .select({
      id: recommendations.id,
      vendorId: recommendations.vendorId,
      vendorSlug: vendors.slug,
      vendorName: vendors.name,
      productSlug: products.slug,
      productName: products.name,
      handleId: recommendations.handleId,
      headline: recommendations.headline,
      useCase: recommendations.useCase,
      whatIsGood: recommendations.whatIsGood,
      whatIsNot: recommendations.whatIsNot,
      forWhom: recommendations.forWhom,
      verdict: recommendations.verdict,
      ease: recommendations.easeRating,
      support: recommendations.supportRating,
      value: recommendations.valueRating,
      timeUsed: recommendations.timeUsed,
      chooseAgain: recommendations.chooseAgain,
      relation: recommendations.relation,
      incentive: recommendations.incentive,
      invitedBy: recommendations.invitedBy,
      evidence: recommendations.evidence,
      createdAt: recommendations.createdAt,
      editedAt: recommendations.editedAt,
      hiddenBy: recommendations.hiddenByDecisionId,
      repliedBy: recommendationReplies.handleId,
      replyHtml: recommendationReplies.html,
      repliedAt: recommendationReplies.createdAt,
    })
    .from(recommendations)
    .innerJoin(products, eq(products.id, recommendations.productId))
    .innerJoin(vendors, eq(vendors.id, recommendations.vendorId))
    .leftJoin(recommendationReplies, eq(recommendationReplies.recommendationId, recommendations.id))
    .where(which)
    .orderBy(desc(recommendations.createdAt), desc(recommendations.id))
    .limit(most)
}

/** All of one vendor: the seats beside the names are those of its page. */
async function drawn(viewer: Viewer, found: Row[]): Promise<RecommendationShown[]> {
  const names = await handlesShown(
    found.flatMap((row) => [row.handleId, row.repliedBy]),
    { vendorId: found[0]?.vendorId },
  )
  return found.map((row) => draw(viewer, row, names))
}

const nobody: HandleInfo = { handle: null, displayName: '', placeholder: true, seat: { kind: 'member' } }

function draw(viewer: Viewer, row: Row, names: Map<string, HandleInfo>): RecommendationShown {
  const {
    id,
    headline,
    useCase,
    whatIsGood,
    whatIsNot,
    forWhom,
    timeUsed,
    chooseAgain,
    relation,
    incentive,
    invitedBy,
    evidence,
    createdAt,
    editedAt,
    hiddenBy,
  } = row
  const facts = { vendorId: row.vendorId, handleId: row.handleId, hidden: hiddenBy !== null }
  return {
    ...{
      id,
      headline,
      useCase,
      whatIsGood,
      whatIsNot,
      forWhom,
      timeUsed,
      chooseAgain,
      relation,
      incentive,
      invitedBy,
      evidence,
      createdAt,
      editedAt,
      hiddenBy,
    },
    vendorId: row.vendorId,
    vendor: { slug: row.vendorSlug, name: row.vendorName },
    product: { slug: row.productSlug, name: row.productName },
    by: names.get(row.handleId) ?? nobody,
    mine: viewer.kind === 'person' && viewer.handleId === row.handleId,
    verdict: row.verdict as Rating,
    ratings: { ease: row.ease as Rating | null, support: row.support as Rating | null, value: row.value as Rating | null },
    reply:
      row.replyHtml !== null && row.repliedAt
        ? { by: names.get(row.repliedBy ?? '') ?? nobody, html: row.replyHtml, createdAt: row.repliedAt }
        : null,
    may: {
      flag: can(viewer, 'recommendation.flag', facts),
      edit: can(viewer, 'recommendation.edit', facts),
      withdraw: can(viewer, 'recommendation.withdraw', facts),
      reply: row.replyHtml === null && can(viewer, 'recommendation.reply', facts),
      moderate: can(viewer, 'recommendation.hide', facts),
    },
  }
}

function cursorFrom(cursor: string | null | undefined): [string, string] | [] {
  const [at = '', id = ''] = (cursor ?? '').split('_')
  return isId(id) && !Number.isNaN(Date.parse(at)) ? [new Date(at).toISOString(), id] : []
}
