import { desc, eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { disputes, disputeWords } from '~/db/schema'
import { Conflict, Forbidden } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { foundRecommendation, recommendationPage } from '~/server/recommendations'
import type { Viewer } from '~/server/viewer'
import { DISPUTE_RULES } from '~/db/kinds'
import type { DisputeRule } from './input'
import { DISPUTE_WORKING_DAYS, workingDaysAfter } from './rules'

/**
 * What a vendor disputes of one recommendation, the newest first: for its staff, its author and those who decide. Row-level security shows the
 * author's proof to the author and to those who decide alone.
 */
export async function disputePage(viewer: Viewer, recommendationId: string) {
  const recommendation = await recommendationPage(viewer, recommendationId)
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, recommendationId)
    authorize(viewer, 'dispute.read', found, 'dispute.partiesOnly')
    const rows = await tx
      .select({
        ...{ id: disputes.id, rule: disputes.rule, dueAt: disputes.dueAt, createdAt: disputes.createdAt },
        ...{ outcome: disputes.outcome, endedAt: disputes.endedAt, decisionId: disputes.decisionId },
        ...{ side: disputeWords.side, words: disputeWords.words },
      })
      .from(disputes)
      .leftJoin(disputeWords, eq(disputeWords.disputeId, disputes.id))
      .where(eq(disputes.recommendationId, recommendationId))
      .orderBy(desc(disputes.createdAt), desc(disputes.id))
      .limit(DISPUTE_RULES.length * 2)
    const all = [...new Map(rows.map((row) => [row.id, row])).values()].map(({ side: _side, words: _words, ...dispute }) => ({
      ...dispute,
      said: wordsOf(rows, dispute.id, 'vendor'),
      proof: wordsOf(rows, dispute.id, 'author'),
    }))
    const open = all.find(({ outcome }) => outcome === null) ?? null
    const used = new Set<DisputeRule>(all.map(({ rule }) => rule))
    const rules = DISPUTE_RULES.filter((rule) => !used.has(rule))
    return {
      recommendation,
      open,
      ended: all.filter(({ outcome }) => outcome !== null),
      rules,
      wouldBeDue: workingDaysAfter(now(), DISPUTE_WORKING_DAYS),
      may: {
        dispute: !open && rules.length > 0 && can(viewer, 'recommendation.dispute', found),
        drop: open !== null && can(viewer, 'dispute.drop', found),
        prove: open !== null && can(viewer, 'dispute.prove', found),
      },
    }
  })
}

/** The same for its author, where something is left to show. */
export async function provePage(viewer: Viewer, recommendationId: string) {
  const { recommendation, open, may } = await disputePage(viewer, recommendationId)
  if (open && !may.prove) throw new Forbidden('dispute.authorOnly')
  if (!open) throw new Conflict('dispute.over')
  return { recommendation, open }
}

type Said = { id: string; side: 'vendor' | 'author' | null; words: string | null }
const wordsOf = (rows: Said[], id: string, side: Said['side']) => rows.find((row) => row.id === id && row.side === side)?.words ?? null
