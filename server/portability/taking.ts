import { and, desc, eq, isNotNull } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { broughtArchives, type BroughtContents } from '~/db/schema'
import { bringTerms } from '~/server/agreements'
import { type BroughtTerms } from '~/server/agreements/input'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { keyOf, openValue, sealValue } from '~/server/platform/person-keys'
import { authorize, mustBeFound } from '~/server/policy'
import { compareBrought, putBack, takeBrought, type Compared, type PutBack } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { forgetArchive } from './bringing'
import { knownPart, MOST_KEPT, openBrought, visibleTo } from './brought'
import { SettingsFile, TermsFile, VaultFile } from './format'
import type { TakeInput } from './input'
import { settings } from './rows'

export type BroughtShown = {
  id: string
  portal: string
  madeAt: Date
  bytes: number
  contents: BroughtContents
  takenAt: Date | null
}

/** What somebody brought along and took, newest first. */
export async function broughtAlong(viewer: PersonViewer): Promise<BroughtShown[]> {
  authorize(viewer, 'export.view', { personId: viewer.personId })
  const rows = await transaction(viewer, (tx) =>
    tx
      .select(shownColumns)
      .from(broughtArchives)
      .where(and(visibleTo(viewer), isNotNull(broughtArchives.takenAt)))
      .orderBy(desc(broughtArchives.takenAt))
      .limit(MOST_KEPT),
  )
  return rows.map(asShown)
}

/** What would become of everything in a file that waits, or what was taken of one. */
export async function broughtPage(
  viewer: PersonViewer,
  id: string,
): Promise<{ archive: BroughtShown; fields: Compared[]; terms: boolean; settings: boolean }> {
  const { row, key } = await transaction(viewer, async (tx) => ({
    row: await found(tx, viewer, id),
    key: await keyOf(tx, viewer.personId),
  }))
  const inside = await insideOf(key, row)
  return {
    archive: asShown(row),
    fields: row.takenAt ? [] : await compareBrought(viewer, inside.vault),
    terms: inside.terms !== null,
    settings: inside.settings !== null,
  }
}

/**
 * Takes over the fields that its owner chose, and their terms where they want that; everything else in the file is theirs here from now on, and
 * goes along when they leave. Taken twice is taken once. Returns how they heard of things elsewhere, for whoever keeps that.
 */
export async function takeArchive(viewer: PersonViewer, id: string, input: TakeInput): Promise<SettingsFile | null> {
  authorize(viewer, 'archive.bring', null)
  await countAgainst('write-down', viewer.personId)
  const asTold = await settings(viewer)
  return transaction(viewer, async (tx) => {
    const row = await found(tx, viewer, id, true)
    if (row.takenAt) return null
    const key = await keyOf(tx, viewer.personId)
    const inside = await insideOf(key, row)
    const fields = await takeBrought(tx, viewer, inside.vault.filter((field) => input.fields.includes(field.key))) // prettier-ignore
    const terms = inside.terms && input.also.includes('terms') ? await bringTerms(tx, viewer, inside.terms) : null
    const told = input.also.includes('settings') ? inside.settings : null
    const undo: Undo = { fields, terms, settings: told && asTold }
    await tx
      .update(broughtArchives)
      .set({ takenAt: now(), sealedUndo: sealValue(key, viewer.personId, boundTo(id), JSON.stringify(undo)) })
      .where(eq(broughtArchives.id, id))
    await record(tx, viewer, 'archive.taken', { personId: viewer.personId, archiveId: id, attributes: fields.length })
    return told
  })
}

/** Puts everything back as it was before, but for what was changed since, and forgets the file. Returns how many fields were left, and how they heard of things. */
export async function undoArchive(viewer: PersonViewer, id: string): Promise<{ left: number; settings: SettingsFile | null }> {
  authorize(viewer, 'archive.bring', null)
  const undone = await transaction(viewer, async (tx) => {
    const row = await found(tx, viewer, id, true)
    if (!row.sealedUndo) return { left: 0, settings: null }
    const key = await keyOf(tx, viewer.personId)
    const undo = JSON.parse(openValue(key, viewer.personId, boundTo(id), row.sealedUndo)) as Undo
    const left = await putBack(tx, viewer, undo.fields)
    if (undo.terms) await bringTerms(tx, viewer, undo.terms)
    await tx.update(broughtArchives).set({ takenAt: null, sealedUndo: null }).where(eq(broughtArchives.id, id))
    await record(tx, viewer, 'archive.undone', { personId: viewer.personId, archiveId: id, attributes: undo.fields.length - left })
    return { left, settings: undo.settings === null ? null : (SettingsFile.safeParse(undo.settings).data ?? null) }
  })
  await forgetArchive(viewer, id)
  return undone
}

type Undo = { fields: PutBack[]; terms: BroughtTerms | null; settings: unknown }
type Row = Awaited<ReturnType<typeof found>>

const boundTo = (id: string) => `brought\0${id}\0undo`

const shownColumns = {
  id: broughtArchives.id,
  personId: broughtArchives.personId,
  portal: broughtArchives.portal,
  madeAt: broughtArchives.madeAt,
  bytes: broughtArchives.bytes,
  contents: broughtArchives.contents,
  takenAt: broughtArchives.takenAt,
  sealedUndo: broughtArchives.sealedUndo,
}

async function found(tx: Tx, viewer: PersonViewer, id: string, forUpdate = false) {
  if (!isId(id)) throw new NotFound()
  const asked = tx
    .select(shownColumns)
    .from(broughtArchives)
    .where(and(visibleTo(viewer), eq(broughtArchives.id, id)))
  const [row] = await (forUpdate ? asked.for('update') : asked)
  if (!row?.contents) throw new NotFound()
  mustBeFound(viewer, 'export.view', row)
  return row
}

function asShown({ id, portal, madeAt, bytes, contents, takenAt }: Row): BroughtShown {
  const none: BroughtContents = { fields: 0, signed: 0, holding: 0, contributions: 0, readings: 0, files: 0 }
  return { id, portal: portal ?? '', madeAt: madeAt ?? new Date(0), bytes: bytes ?? 0, contents: contents ?? none, takenAt }
}

async function insideOf(key: Buffer, { id, bytes }: Row) {
  const archive = await openBrought(key, { id, bytes: bytes ?? 0 })
  try {
    return {
      vault: (await knownPart(archive, 'vault.json', VaultFile))?.fields ?? [],
      terms: await knownPart(archive, 'terms.json', TermsFile),
      settings: await knownPart(archive, 'notifications.json', SettingsFile),
    }
  } finally {
    archive.close()
  }
}
