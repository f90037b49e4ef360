import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { shownEvidence } from '~/db/schema'
import { Conflict, Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { foundRecommendation, recommendationFacts, recommendationPage, writer } from '~/server/recommendations'
import { sayPlaceOfWork } from '~/server/vault'
import { systemViewer, type Viewer } from '~/server/viewer'
import type { DecideEvidenceInput } from './input'
import { orTold } from './refusing'
import type { WaitingEvidence } from './types'

/** What nobody has looked at by then is deleted, and may be shown again. */
export const EVIDENCE_KEPT_DAYS = 30
const MOST_SHOWN = 20
const MOST_COUNTED = 100
const job = systemViewer('end-evidence')

type File = { id: string; name: string; bytes: number; width: number | null; height: number | null; small: boolean }
export type FoundEvidence = { id: string; headline: string; vendor: string; shown: string; waiting: number }

/** Those that wait and that the viewer may decide on, the oldest first, as a query: row-level security leaves out the others. */
export const EVIDENCE_WAITING = sql`
  select e.recommendation_id as id, r.headline, v.name as vendor, e.shown_at::text as shown, count(*) over ()::int as waiting
  from (select * from shown_evidence where outcome is null and not viewer_owns_handle(handle_id) order by shown_at, id limit ${MOST_COUNTED}) e
    join recommendations r on r.id = e.recommendation_id join vendors v on v.id = e.vendor_id
  where exists (select 1 from attachments a where a.kind = 'evidence' and a.subject_id = e.recommendation_id)
  order by e.shown_at, e.id limit ${MOST_SHOWN}`

export function waitingEvidence(found: FoundEvidence[]): WaitingEvidence {
  const due = (shown: string) => new Date(new Date(shown).getTime() + EVIDENCE_KEPT_DAYS * 86_400_000)
  return {
    waiting: found[0]?.waiting ?? 0,
    rows: found.map(({ id, headline, vendor, shown }) => ({ id, headline, vendor, dueAt: due(shown), overdue: due(shown) < now() })),
  }
}

/** What an author shows, for moderators without ties to the vendor; for anybody else there is nothing. */
export async function evidenceItemPage(viewer: Viewer, recommendationId: string) {
  const recommendation = await recommendationPage(viewer, recommendationId)
  return transaction(viewer, async (tx) => {
    const { level, words, shownAt, files, stamp } = await openEvidence(viewer, tx, recommendationId)
    return { recommendation, level, words, shownAt, files, stamp, deletedOn: new Date(shownAt.getTime() + EVIDENCE_KEPT_DAYS * 86_400_000) }
  })
}

/** Yes or no, by a rule, and what was seen: sealed. The files are deleted with it. */
export async function decideEvidence(viewer: Viewer, recommendationId: string, { rule, seen, stamp }: DecideEvidenceInput) {
  const about = () => ({ kind: 'recommendation', id: recommendationId })
  return orTold(viewer, about, () =>
    transaction(viewer, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`evidence:${recommendationId}`}, 0))`)
      const open = await openEvidence(viewer, tx, recommendationId)
      if (open.stamp !== stamp) throw new Conflict('evidence.changed')
      const outcome = rule === 'shows-use' ? ('accepted' as const) : ('declined' as const)
      const ended = await tx
        .update(shownEvidence)
        .set({ outcome, rule, seen, decidedBy: writer(viewer).personId, endedAt: now() })
        .where(and(eq(shownEvidence.id, open.id), isNull(shownEvidence.outcome)))
        .returning({ id: shownEvidence.id })
      if (ended.length === 0) throw new Conflict('evidence.over')
      const { vendorId, productId } = open.found
      // Who looked is in the sealed statement; the author hears it from the portal.
      await record(tx, systemViewer('evidence'), 'evidence.decided', { recommendationId, vendorId, productId, outcomeKind: outcome })
    }),
  )
}

async function openEvidence(viewer: Viewer, tx: Tx, recommendationId: string) {
  const found = await foundRecommendation(viewer, tx, recommendationId)
  authorize(viewer, 'evidence.decide', found, 'evidence.untiedOnly')
  await sayPlaceOfWork(tx, viewer)
  const [tie] = await tx.execute<{ tied: boolean }>(sql`select viewer_is_tied_to(${found.vendorId}::uuid) as tied`)
  if (tie?.tied) throw new Forbidden('evidence.tied.you')
  const { id, level, words, version, shownAt } = shownEvidence
  const [open] = await tx
    .select({ id, level, words, version, shownAt })
    .from(shownEvidence)
    .where(and(eq(shownEvidence.recommendationId, recommendationId), isNull(shownEvidence.outcome)))
  if (!open) throw new Conflict('evidence.over')
  const files = await tx.execute<File>(sql`
    select a.id, a.name, a.bytes, a.width, a.height, a.small from attachments a where a.kind = 'evidence' and a.subject_id = ${recommendationId}::uuid order by a.created_at, a.id`)
  if (files.length === 0) throw new Conflict('evidence.over')
  return { ...open, found, files: [...files], stamp: `${open.version}.${files.length}.${files.at(-1)?.id}` }
}

/** By night: what has waited too long ends, and its files go. */
export async function endOldEvidence(): Promise<void> {
  const before = new Date(now().getTime() - EVIDENCE_KEPT_DAYS * 86_400_000)
  const old = await transaction(job, (tx) =>
    tx
      .select({ id: shownEvidence.id, recommendationId: shownEvidence.recommendationId })
      .from(shownEvidence)
      .where(and(isNull(shownEvidence.outcome), lt(shownEvidence.shownAt, before)))
      .orderBy(shownEvidence.shownAt, shownEvidence.id),
  )
  for (const { id, recommendationId } of old)
    await transaction(job, async (tx) => {
      const ended = await tx
        .update(shownEvidence)
        .set({ outcome: 'expired', endedAt: now() })
        .where(and(eq(shownEvidence.id, id), isNull(shownEvidence.outcome)))
        .returning({ id: shownEvidence.id })
      const found = ended.length > 0 ? await recommendationFacts(tx, recommendationId) : null
      if (!found) return
      const { vendorId, productId } = found
      await record(tx, job, 'evidence.decided', { recommendationId, vendorId, productId, outcomeKind: 'expired' })
    })
}
