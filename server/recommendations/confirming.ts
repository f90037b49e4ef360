import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { recommendationAskings, recommendations } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { systemViewer, type Viewer } from '~/server/viewer'
import { refuseTies } from './conflicts'
import { foundRecommendation, writer } from './facts'
import { aYearBefore } from './rules'

/** Its author says that it is still true: it counts as if written now, and what the records show now is looked at again. Twice is once. */
export async function confirmRecommendation(viewer: Viewer, id: string) {
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, id)
    authorize(viewer, 'recommendation.confirm', found, found.hidden ? 'recommendation.hidden' : undefined)
    await refuseTies(tx, writer(viewer), found.vendorId)
    const confirmed = await tx
      .update(recommendations)
      .set({ confirmedAt: now() })
      .where(and(eq(recommendations.id, id), isNull(recommendations.withdrawnAt), lt(recommendations.confirmedAt, aYearBefore(now()))))
      .returning({ id: recommendations.id })
    const { recommendationId, vendorId, productId, named } = found
    if (confirmed.length > 0)
      await record(tx, viewer, 'recommendation.confirmed', {
        recommendationId,
        vendorId,
        productId,
        signedKind: named ? 'handle' : 'unnamed',
      })
    return found
  })
}

const AT_ONCE = 200
const job = systemViewer('ask-again')

/** Once after each year without a word from its author. */
export async function askWhetherStillTrue(): Promise<void> {
  for (;;) {
    const due = await transaction(job, (tx) =>
      tx.execute<{ recommendationId: string; vendorId: string; productId: string }>(sql`
        select r.id as "recommendationId", r.vendor_id as "vendorId", r.product_id as "productId"
        from recommendations r join handles h on h.id = r.handle_id and h.kind = 'member' left join recommendation_askings a on a.recommendation_id = r.id
        where r.confirmed_at < ${aYearBefore(now()).toISOString()}::timestamptz and r.withdrawn_at is null and r.hidden_by_decision_id is null and r.conflict is null
          and (a.asked_at is null or a.asked_at < r.confirmed_at)
        order by r.confirmed_at limit ${AT_ONCE}`),
    )
    for (const it of due)
      await transaction(job, async (tx) => {
        const [asked] = await tx
          .insert(recommendationAskings)
          .values({ recommendationId: it.recommendationId, askedAt: now() })
          .onConflictDoUpdate({
            target: recommendationAskings.recommendationId,
            set: { askedAt: now() },
            setWhere: sql`${recommendationAskings.askedAt} < (select confirmed_at from recommendations where id = ${it.recommendationId}::uuid)`,
          })
          .returning({ id: recommendationAskings.recommendationId })
        if (asked) await record(tx, job, 'recommendation.asked-again', it)
      })
    if (due.length < AT_ONCE) return
  }
}
