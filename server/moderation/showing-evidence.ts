import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { shownEvidence } from '~/db/schema'
import { filesFor, MOST_EVIDENCE } from '~/server/attachments'
import type { FilePlace } from '~/server/attachments/types'
import { Conflict, Forbidden, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { foundRecommendation, recommendationPage, writer } from '~/server/recommendations'
import type { Viewer } from '~/server/viewer'
import type { ShowEvidenceInput } from './input'

const MOST_SHOWN = 10
/** Whoever was not believed so often is not believed by showing more of the same. */
const MOST_DECIDED = 5

export const evidencePlaceOf = (recommendationId: string): FilePlace => ({ kind: 'evidence', subjectId: recommendationId })

/** For its author: what waits to be looked at, what became of what was shown before, and the form. */
export async function showEvidencePage(viewer: Viewer, recommendationId: string) {
  const recommendation = await recommendationPage(viewer, recommendationId)
  const { shown, may } = await transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, recommendationId)
    if (!recommendation.mine) authorize(viewer, 'evidence.show', found, 'evidence.authorOnly')
    const { id, level, words, outcome, rule, seen, shownAt, endedAt } = shownEvidence
    const shown = await tx
      .select({ id, level, words, outcome, rule, seen, shownAt, endedAt })
      .from(shownEvidence)
      .where(eq(shownEvidence.recommendationId, recommendationId))
      .orderBy(desc(shownEvidence.shownAt), desc(shownEvidence.id))
      .limit(MOST_SHOWN)
    return { shown, may: can(viewer, 'evidence.show', found) }
  })
  const waiting = shown.find(({ outcome }) => outcome === null) ?? null
  const decided = shown.filter(({ outcome }) => outcome !== null)
  return {
    recommendation,
    waiting,
    decided,
    files: await filesFor(viewer, evidencePlaceOf(recommendationId)),
    most: MOST_EVIDENCE,
    may: {
      show: may && recommendation.evidence !== 'relationship' && recommendation.evidence !== 'document' && decided.length < MOST_DECIDED,
    },
  }
}

/** Where files that were sent along belong, for whoever may show them. */
export async function evidencePlace(viewer: Viewer, recommendationId: string): Promise<FilePlace> {
  await transaction(viewer, (tx) => mayShow(viewer, tx, recommendationId))
  return evidencePlaceOf(recommendationId)
}

/** By at least one file; put better as long as it waits. The vendor hears nothing of it. */
export async function showEvidence(viewer: Viewer, recommendationId: string, { level, words = '' }: ShowEvidenceInput) {
  const author = writer(viewer)
  await transaction(viewer, (tx) => mayShow(viewer, tx, recommendationId))
  await countAgainst('evidence', author.personId)
  return transaction(viewer, async (tx) => {
    // One at a time: what is decided just now is decided, and what is withdrawn shows nothing.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`evidence:${recommendationId}`}, 0))`)
    const found = await mayShow(viewer, tx, recommendationId)
    const files = await tx.execute(
      sql`select 1 from attachments where person_id = ${author.personId}::uuid and kind = 'evidence' and subject_id = ${recommendationId}::uuid and post_id is null limit 1`,
    )
    if (files.length === 0) throw new Invalid({ attach: 'evidence.fileNeeded' })
    const said = { level, words: words ?? '', shownAt: now() }
    const better = await tx
      .update(shownEvidence)
      .set({ level, words: said.words, version: sql`${shownEvidence.version} + 1` })
      .where(and(eq(shownEvidence.recommendationId, recommendationId), isNull(shownEvidence.outcome)))
      .returning({ id: shownEvidence.id })
    if (better.length === 0) {
      const { vendorId, handleId } = found
      await tx.insert(shownEvidence).values({ id: newId(), recommendationId, vendorId, handleId, ...said })
    }
    await record(tx, viewer, 'evidence.shown', { recommendationId })
    return found
  })
}

async function mayShow(viewer: Viewer, tx: Tx, recommendationId: string) {
  const found = await foundRecommendation(viewer, tx, recommendationId)
  authorize(viewer, 'evidence.show', found, found.hidden ? 'recommendation.hidden' : 'evidence.authorOnly')
  const [it] = await tx.execute<{ evidence: string; decided: number; tied: boolean }>(sql`
    select r.evidence, r.conflict is not null as tied,
      (select count(*)::int from shown_evidence e where e.recommendation_id = r.id and e.outcome is not null) as decided
    from recommendations r where r.id = ${recommendationId}::uuid`)
  if (it?.tied) throw new Forbidden('evidence.tied')
  if (it?.evidence === 'relationship' || it?.evidence === 'document') throw new Conflict('evidence.already')
  if ((it?.decided ?? 0) >= MOST_DECIDED) throw new Conflict('evidence.enough')
  return found
}
