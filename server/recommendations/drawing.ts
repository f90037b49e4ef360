import { and, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { disputes, products, recommendationReplies, recommendations, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { now } from '~/server/platform/clock'
import { can } from '~/server/policy'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { say } from '~/words'
import { aYearBefore, dayOf } from './rules'
import { factorsOf, monthOf, monthsOld } from './score'
import type { Rating, RecommendationShown } from './types'

type Row = Awaited<ReturnType<typeof rows>>[number]

/** What a card shows, newest first. Where all are of one vendor, its customers are counted once. */
export function rows(tx: Tx, which: SQL, most: number, vendorId?: string) {
  const vendor = vendorId ? sql`${vendorId}::uuid` : sql`${recommendations.vendorId}`
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
      organisationSize: recommendations.organisationSize,
      industry: recommendations.industry,
      authorRole: recommendations.authorRole,
      willingAsReference: recommendations.willingAsReference,
      named: recommendations.named,
      amongMany: sql<boolean>`${recommendations.named} or (select confirmed_customers_are_many(${vendor}))`,
      evidence: recommendations.evidence,
      source: recommendations.source,
      isPartner: recommendations.isPartner,
      conflict: recommendations.conflict,
      confirmedAt: recommendations.confirmedAt,
      createdAt: recommendations.createdAt,
      editedAt: recommendations.editedAt,
      hiddenBy: recommendations.hiddenByDecisionId,
      disputedRule: disputes.rule,
      disputedAt: disputes.createdAt,
      disputeDue: disputes.dueAt,
      repliedBy: recommendationReplies.handleId,
      replyHtml: recommendationReplies.html,
      repliedAt: recommendationReplies.createdAt,
      replyEditedAt: recommendationReplies.editedAt,
    })
    .from(recommendations)
    .innerJoin(products, eq(products.id, recommendations.productId))
    .innerJoin(vendors, eq(vendors.id, recommendations.vendorId))
    .leftJoin(recommendationReplies, eq(recommendationReplies.recommendationId, recommendations.id))
    .leftJoin(disputes, and(eq(disputes.recommendationId, recommendations.id), isNull(disputes.outcome)))
    .where(which)
    .orderBy(desc(recommendations.createdAt), desc(recommendations.id))
    .limit(most)
}

/** All of one vendor: the seats beside the names are those of its page. */
export async function drawn(viewer: Viewer, found: Row[]): Promise<RecommendationShown[]> {
  const names = await handlesShown(
    found.flatMap((row) => [row.named ? row.handleId : null, row.repliedBy]),
    { vendorId: found[0]?.vendorId },
  )
  return found.map((row) => draw(viewer, row, names))
}

/** Where few customers are confirmed, either would show whose an unnamed recommendation is. */
const UNTOLD = { evidence: null, organisationSize: null }

/** Who it is, is not said; what shows that it is somebody, is. */
function unnamed({ evidence, organisationSize }: Pick<RecommendationShown, 'evidence' | 'organisationSize'>): HandleInfo {
  const displayName = say(evidence === 'relationship' ? 'recommendation.unnamed.verified' : 'recommendation.unnamed', {
    size: organisationSize ? say(`recommendation.size.${organisationSize}`) : 'none',
  })
  return { handle: null, displayName, placeholder: true, seat: { kind: 'member' } }
}

const nobody: HandleInfo = { handle: null, displayName: '', placeholder: true, seat: { kind: 'member' } }

export function draw(viewer: Viewer, row: Row, names: Map<string, HandleInfo>): RecommendationShown {
  const {
    vendorSlug,
    vendorName,
    productSlug,
    productName,
    ease,
    support,
    value,
    hiddenBy,
    repliedBy,
    replyHtml,
    repliedAt,
    replyEditedAt,
    handleId,
    amongMany,
    disputedRule,
    disputedAt,
    disputeDue,
    ...shown
  } = row
  const aged = row.confirmedAt < aYearBefore(now())
  const facts = { vendorId: row.vendorId, handleId, hidden: hiddenBy !== null }
  const mine = viewer.kind === 'person' && viewer.handleId === handleId
  const moderates = can(viewer, 'recommendation.hide', facts)
  const told = mine || moderates
  const traits = told || amongMany ? { evidence: row.evidence, organisationSize: row.organisationSize } : UNTOLD
  const at = (moment: Date) => (row.named || told ? moment : dayOf(moment))
  const uncounted = row.isPartner || row.conflict || hiddenBy || !traits.evidence
  return {
    ...shown,
    ...traits,
    hiddenBy,
    ...(row.named || mine ? {} : { industry: null, authorRole: null }),
    conflict: row.conflict && !told ? 'tie' : row.conflict,
    createdAt: at(row.createdAt),
    confirmedAt: at(row.confirmedAt),
    editedAt: row.editedAt && at(row.editedAt),
    counts: uncounted ? null : factorsOf({ source: row.source, evidence: row.evidence, month: monthOf(row.confirmedAt) }, now()),
    vendor: { slug: vendorSlug, name: vendorName },
    product: { slug: productSlug, name: productName },
    by: row.named ? (names.get(handleId) ?? nobody) : unnamed(traits),
    mine,
    verdict: row.verdict as Rating,
    ratings: { ease: ease as Rating | null, support: support as Rating | null, value: value as Rating | null },
    reply:
      replyHtml !== null && repliedAt
        ? { by: names.get(repliedBy ?? '') ?? nobody, html: replyHtml, createdAt: repliedAt, editedAt: replyEditedAt }
        : null,
    disputed: disputedRule && disputedAt && disputeDue ? { rule: disputedRule, at: disputedAt, dueAt: disputeDue } : null,
    agedMonths: aged ? monthsOld(monthOf(row.confirmedAt), now()) : null,
    may: {
      // The vendor disputes: openly, by a rule, with a day by which it is decided.
      flag: can(viewer, 'recommendation.flag', facts) && !can(viewer, 'recommendation.dispute', facts),
      report: viewer.kind === 'visitor' && can(viewer, 'recommendation.report', facts),
      dispute: can(viewer, 'recommendation.dispute', facts),
      edit: can(viewer, 'recommendation.edit', facts),
      showEvidence: !row.conflict && !['relationship', 'document'].includes(row.evidence) && can(viewer, 'evidence.show', facts),
      confirm: aged && can(viewer, 'recommendation.confirm', facts),
      readVersions: row.editedAt !== null && can(viewer, 'recommendation.read-versions', facts),
      editReply: replyHtml !== null && can(viewer, 'recommendation.reply', facts),
      withdraw: can(viewer, 'recommendation.withdraw', facts),
      reply: replyHtml === null && can(viewer, 'recommendation.reply', facts),
      moderate: moderates,
      askReference:
        row.willingAsReference &&
        !row.conflict &&
        hiddenBy === null &&
        (viewer.kind !== 'person' || can(viewer, 'reference.ask', { ...facts, willing: true })),
    },
  }
}
