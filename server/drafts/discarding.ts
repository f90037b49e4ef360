import { and, eq, isNotNull, isNull, lt, ne, type SQL } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { drafts } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import { daysAfter, DISCARDED_KEPT_DAYS, DRAFTS_KEPT_DAYS } from './rules'

/** Set aside; it can be brought back for a week. */
export async function discardDraft(viewer: Viewer, draftId: string) {
  return transaction(viewer, async (tx) => {
    const draft = await foundDraft(tx, viewer, draftId)
    await discard(tx, draft.personId, eq(drafts.id, draftId))
    return draft
  })
}

/** As it was. Where something else was typed meanwhile, both are there. */
export async function restoreDraft(viewer: Viewer, draftId: string) {
  return transaction(viewer, async (tx) => {
    const draft = await foundDraft(tx, viewer, draftId)
    await tx
      .update(drafts)
      .set({ discardedAt: null, keptUntil: daysAfter(now(), DRAFTS_KEPT_DAYS) })
      .where(and(eq(drafts.id, draftId), isNotNull(drafts.discardedAt)))
    return draft
  })
}

/** Of several texts for one place, this is the one; the others are discarded, and can be brought back. */
export async function chooseDraft(viewer: Viewer, draftId: string) {
  return transaction(viewer, async (tx) => {
    const draft = await foundDraft(tx, viewer, draftId)
    const { personId, kind, subjectId } = draft
    await discard(tx, personId, and(eq(drafts.kind, kind), eq(drafts.subjectId, subjectId), ne(drafts.id, draftId)) as SQL)
    await tx
      .update(drafts)
      .set({ discardedAt: null })
      .where(and(eq(drafts.id, draftId), isNotNull(drafts.discardedAt)))
    return draft
  })
}

/** By the clock: what nobody touched for so long, and what was discarded. */
export async function forgetDrafts(): Promise<void> {
  await transaction(systemViewer('forget-drafts'), (tx) => tx.delete(drafts).where(lt(drafts.keptUntil, now())))
}

export async function discard(tx: Tx, personId: string, which: SQL) {
  await tx
    .update(drafts)
    .set({ discardedAt: now(), keptUntil: daysAfter(now(), DISCARDED_KEPT_DAYS) })
    .where(and(eq(drafts.personId, personId), isNull(drafts.discardedAt), which))
}

export function own(viewer: Viewer): PersonViewer {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  return viewer
}

async function foundDraft(tx: Tx, viewer: Viewer, draftId: string) {
  authorize(viewer, 'draft.keep', null)
  const [draft] = isId(draftId) ? await tx.select().from(drafts).where(eq(drafts.id, draftId)).for('update') : []
  if (!draft) throw new NotFound()
  mustBeFound(viewer, 'draft.view', draft)
  return draft
}
