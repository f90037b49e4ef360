import { and, desc, eq, gt, isNull, or, sql, type SQL } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { drafts } from '~/db/schema'
import { openingStamp } from '~/server/holding'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { chosenFields, typedFields } from './fields'
import { kindOf, known, of } from './keeping'
import { MOST_DRAFTS, UNDO_MINUTES } from './rules'
import type { DraftKind, DraftShown, DraftText } from './types'

type Found = DraftText & { discardedAt: Date | string | null }

/** What a form continues: the viewer's draft for this place. */
export async function draftFor(viewer: Viewer, kind: DraftKind, subjectId: string): Promise<DraftShown | null> {
  if (viewer.kind !== 'person') return null
  const { personId } = viewer
  const rows = await transaction(viewer, (tx) =>
    tx
      .select(columns)
      .from(drafts)
      .where(
        and(
          of(personId, { kind, subjectId }),
          or(isNull(drafts.discardedAt), gt(drafts.discardedAt, sql`${since().toISOString()}::timestamptz`)),
        ),
      )
      .orderBy(desc(drafts.savedAt))
      .limit(MOST_DRAFTS),
  )
  return shown(kind, subjectId, rows)
}

/** The same as a column of another query, which runs in a transaction of the viewer; `drawn` shows it. */
export function draftColumn(viewer: Viewer, kind: DraftKind, subjectId: SQL): SQL<Found[] | null> {
  if (viewer.kind !== 'person') return sql<null>`null::json`
  return sql<Found[] | null>`(select json_agg(json_build_object('id', d.id, 'version', d.version, 'fields', d.fields, 'savedAt', d.saved_at,
    'discardedAt', d.discarded_at) order by d.saved_at desc) from drafts d where d.person_id = ${viewer.personId}::uuid and d.kind = ${kind}
    and d.subject_id = ${subjectId} and (d.discarded_at is null or d.discarded_at > ${since().toISOString()}::timestamptz))`
}
export async function drawn(viewer: Viewer, kind: DraftKind, subjectId: string, found: Found[] | null): Promise<DraftShown | null> {
  return viewer.kind === 'person' ? shown(kind, subjectId, found ?? []) : null
}

/** Every text for one place, side by side, for whoever wrote them; also when they may no longer read the place. */
export async function draftPage(viewer: PersonViewer, kind: string, subjectId: string) {
  authorize(viewer, 'draft.keep', null)
  const place = { kind: kindOf(kind), subjectId: known(subjectId) }
  const texts = await transaction(viewer, (tx) =>
    tx
      .select(columns)
      .from(drafts)
      .where(and(of(viewer.personId, place), isNull(drafts.discardedAt)))
      .orderBy(desc(drafts.savedAt))
      .limit(MOST_DRAFTS),
  )
  return { ...place, texts, typed: typedFields(place.kind), chosen: chosenFields(place.kind) }
}

/** What the viewer is writing, newest first, and what they discarded and can bring back. */
export async function myDrafts(viewer: PersonViewer) {
  authorize(viewer, 'draft.keep', null)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ ...columns, kind: drafts.kind, subjectId: drafts.subjectId, keptUntil: drafts.keptUntil })
      .from(drafts)
      .where(eq(drafts.personId, viewer.personId))
      .orderBy(desc(drafts.savedAt))
      .limit(MOST_DRAFTS),
  )
  return rows.map(({ fields, ...row }) => ({ ...row, begins: beginning(row.kind, fields) }))
}

const columns = {
  id: drafts.id,
  version: drafts.version,
  fields: drafts.fields,
  savedAt: drafts.savedAt,
  discardedAt: drafts.discardedAt,
}

const since = () => new Date(now().getTime() - UNDO_MINUTES * 60_000)

async function shown(kind: DraftKind, subjectId: string, rows: Found[]): Promise<DraftShown> {
  const live = rows.filter((row) => !row.discardedAt)
  const [newest] = live
  const [discarded] = rows
    .filter((row) => row.discardedAt)
    .map(({ id, discardedAt }) => ({ id, at: new Date(discardedAt ?? 0) }))
    .sort((one, other) => other.at.getTime() - one.at.getTime())
  const { id, version, fields } = newest ?? {}
  return {
    ...{ kind, subjectId },
    newest: newest && id && version && fields ? { id, version, fields, savedAt: new Date(newest.savedAt) } : null,
    others: Math.max(0, live.length - 1),
    discarded: discarded ?? null,
    opened: newest ? '' : await openingStamp(),
  }
}

const LONGEST_BEGINNING = 140

/** The first words typed. */
function beginning(kind: DraftKind, fields: Record<string, string>): string {
  const words =
    typedFields(kind)
      .map((name) => fields[name]?.trim())
      .find(Boolean) ?? ''
  const points = [...words.replace(/\s+/gu, ' ')]
  return points.length > LONGEST_BEGINNING ? `${points.slice(0, LONGEST_BEGINNING).join('')}…` : points.join('')
}
