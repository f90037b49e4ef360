import { and, count, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { drafts } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { fieldsOf, nothingTyped, sameText } from './fields'
import type { DraftInput, OfDraft } from './input'
import { daysAfter, DRAFTS_KEPT_DAYS, MOST_DRAFTS } from './rules'
import { discard, own } from './discarding'
import { DraftKindInput, type DraftKind, type Kept } from './types'

// A draft leaves no event: it is nobody's business but its writer's. Nor is its place looked up: the answer is the same
// whether somebody may read that place, may no longer, or never could.

/**
 * Keeps a text. One that was typed against an older version overwrites nothing: it is kept beside the other, and its writer
 * chooses. `byItself`: saved while typing, so that a draft which was posted or discarded elsewhere does not come back unasked.
 */
export async function keepDraft(viewer: Viewer, kind: string, subjectId: string, input: DraftInput, byItself = false): Promise<Kept> {
  authorize(viewer, 'draft.keep', null)
  const { personId } = own(viewer)
  const place = { kind: kindOf(kind), subjectId: known(subjectId) }
  await countAgainst('keep-draft', personId)
  const fields = fieldsOf(place.kind, input)
  return transaction(viewer, async (tx) => {
    await holdDrafts(tx, personId)
    const texts = await tx
      .select()
      .from(drafts)
      .where(and(of(personId, place), isNull(drafts.discardedAt)))
    const others = (id: string | null) => texts.filter((text) => text.id !== id).length
    const continued = texts.find(({ id, version }) => id === input.draftId && version === input.draftVersion)
    const same = texts.find((text) => sameText(text.fields, fields))
    if (same) return { id: same.id, version: same.version, others: others(same.id), gone: false }
    if (nothingTyped(place.kind, fields)) {
      if (continued) await discard(tx, personId, eq(drafts.id, continued.id))
      return { id: null, version: 0, others: others(continued?.id ?? null), gone: false }
    }
    const kept = { fields, savedAt: now(), keptUntil: daysAfter(now(), DRAFTS_KEPT_DAYS) }
    if (continued) {
      const version = continued.version + 1
      await tx
        .update(drafts)
        .set({ ...kept, version })
        .where(eq(drafts.id, continued.id))
      return { id: continued.id, version, others: others(continued.id), gone: false }
    }
    const elsewhere = input.draftId && !texts.some(({ id }) => id === input.draftId)
    if (elsewhere && byItself) return { id: null, version: 0, others: others(null), gone: true }
    const [many] = await tx.select({ drafts: count() }).from(drafts).where(eq(drafts.personId, personId))
    if ((many?.drafts ?? 0) >= MOST_DRAFTS && !(await makeRoom(tx, personId))) throw new Conflict('draft.tooMany', { n: MOST_DRAFTS })
    const id = newId()
    await tx.insert(drafts).values({ id, personId, ...place, ...kept, version: 1 })
    return { id, version: 1, others: others(null), gone: false }
  })
}

/** In the transaction of the act: what was posted is no draft any more. Another text for the same place stays. */
export async function endDraft(tx: Tx, viewer: Viewer, kind: DraftKind, subjectId: string, posted: OfDraft & { body?: string }) {
  if (viewer.kind !== 'person') return
  const { draftId, draftVersion, body } = posted
  const continued =
    draftId && isId(draftId) && Number.isSafeInteger(draftVersion)
      ? and(eq(drafts.id, draftId), eq(drafts.version, draftVersion ?? 0))
      : undefined
  const sameBody = body === undefined ? undefined : sql`btrim(${drafts.fields} ->> 'body') = btrim(${body})`
  if (!continued && !sameBody) return
  await tx.delete(drafts).where(and(of(viewer.personId, { kind, subjectId }), isNull(drafts.discardedAt), or(continued, sameBody)))
}

/** What was discarded first gives way. */
async function makeRoom(tx: Tx, personId: string): Promise<boolean> {
  const first = tx
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.personId, personId), isNotNull(drafts.discardedAt)))
    .orderBy(drafts.discardedAt)
    .limit(1)
  return (await tx.delete(drafts).where(inArray(drafts.id, first)).returning({ id: drafts.id })).length > 0
}

/** One save of a person at a time: ten at once are as right as one. */
async function holdDrafts(tx: Tx, personId: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`drafts:${personId}`}, 0))`)
}

export function kindOf(kind: string): DraftKind {
  const known = DraftKindInput.safeParse(kind)
  if (!known.success) throw new NotFound()
  return known.data
}

export function known(id: string): string {
  if (!isId(id)) throw new NotFound()
  return id
}

export const of = (personId: string, { kind, subjectId }: { kind: DraftKind; subjectId: string }) =>
  and(eq(drafts.personId, personId), eq(drafts.kind, kind), eq(drafts.subjectId, subjectId))
