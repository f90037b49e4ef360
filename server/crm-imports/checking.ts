import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { say } from '~/words'
import { decide } from './fates'
import { FileRefused } from './file-refused'
import { type KnownRow, KnownRows } from './known-rows'
import { squashed } from './likeness'
import { proposedMapping, recognised, type Values, valuesOf } from './mapping'
import { type FoundRow, openRecordFile, type RecordFile } from './record-file'
import { KINDS, type Shape } from './shapes'
import { Tally } from './tally'
import type { CheckedFile, CrmCheck, RowFate } from './types'
import { isYes } from './values'

export const MOST_FILES = 50
export const MOST_ROWS_TOGETHER = 500_000

type Opened = { checked: CheckedFile; file: RecordFile; shape: Shape | undefined; isTree: boolean }

/** One row on its way: what becomes of it, what stands in it in our words, and what it was taken for. */
export type Walked = { fate: RowFate; values: Values; source: Shape['source'] | null }

/**
 * Says what an import of these files would do with every row. Reads each file three times, row by row: whether it can be read at all, then
 * the ids, so that the order of rows does not matter, then the fates. Writes nothing and asks no database. `basis`: the lawful ground that the caller declares for all.
 */
export async function checkCrm(place: string, { basis = false }: { basis?: boolean } = {}): Promise<CrmCheck> {
  const { files, known, rows } = await walkCrm(place, { basis })
  const tally = new Tally(known)
  for await (const { fate, values } of rows) tally.add(fate, values)
  return { files, ...tally.result() }
}

/** The same, row by row with what stands in them: organisations first, then those that point to them. */
export async function walkCrm(place: string, { basis = false, most = MOST_ROWS_TOGETHER }: { basis?: boolean; most?: number } = {}) {
  const known = new KnownRows()
  const files: CheckedFile[] = []
  const opened: Opened[] = []
  let rows = 0
  for (const path of await recordFilesAt(place)) {
    const checked: CheckedFile = { file: basename(path), source: null, object: null, kind: null, rows: 0, columns: [], refused: null }
    files.push(checked)
    try {
      const one = await firstReading(path, checked, most - rows)
      rows += checked.rows
      opened.push(one)
    } catch (error) {
      checked.refused = refusalOf(error)
      checked.rows = 0
    }
  }
  // A refused file teaches nothing: what points into it is held.
  for (const one of opened) await learn(one, known)
  return { files, known, rows: walked(opened, known, basis) }
}

async function* walked(opened: Opened[], known: KnownRows, basis: boolean): AsyncGenerator<Walked> {
  for (const { checked, file, shape } of opened.sort(byTurn)) {
    for await (const found of file.rows()) {
      const values = valuesOf(checked.columns, found.cells)
      const at = placeOf(checked, shape, values, found, known)
      const decided =
        found.cells.length !== checked.columns.length
          ? { fate: 'refused' as const, because: ['columnCount' as const] }
          : shape
            ? decide(shape.kind, values, at, known, basis)
            : { fate: 'refused' as const, because: ['notOurs' as const] }
      at.fate = decided.fate
      yield { fate: { file: checked.file, row: found.row, kind: shape?.kind ?? null, ...decided }, values, source: shape?.source ?? null }
    }
  }
}

async function firstReading(path: string, checked: CheckedFile, rowsLeft: number): Promise<Opened> {
  const file = await openRecordFile(path)
  const shape = recognised(file.columns, file.object)
  checked.columns = proposedMapping(shape, file.columns).map((column) => ({ ...column, blank: 0 }))
  for await (const { cells } of file.rows()) {
    checked.rows += 1
    if (checked.rows > rowsLeft) throw new FileRefused('tooManyTogether', undefined, { max: MOST_ROWS_TOGETHER })
    for (const [n, column] of checked.columns.entries()) if (!cells[n]?.trim()) column.blank += 1
  }
  Object.assign(checked, { source: shape?.source ?? null, object: shape?.object ?? file.object ?? null, kind: shape?.kind ?? null })
  return { checked, file, shape, isTree: file.object !== undefined }
}

async function learn({ checked, file, shape }: Opened, known: KnownRows) {
  if (!shape) return
  for await (const { row, cells } of file.rows()) {
    const values = valuesOf(checked.columns, cells)
    if (isYes(values.deleted) && !values.mergedInto) continue
    known.learn(shape.kind, values, { file: checked.file, row })
    if (shape.kind === 'product' && values.name) known.learnProduct(values.name, squashed(values.name))
  }
}

/** The row as others know it, or one that nobody points to. */
function placeOf(checked: CheckedFile, shape: Shape | undefined, values: Values, { row }: FoundRow, known: KnownRows): KnownRow {
  const there = shape && values.id ? known.of(shape.kind, values.id) : undefined
  return there && there.file === checked.file && there.row === row ? there : { file: checked.file, row }
}

/** Those that others point to come first; a tree before a table, since it holds the references. */
function byTurn(a: Opened, b: Opened) {
  const turn = ({ shape }: Opened) => (shape ? KINDS.indexOf(shape.kind) : KINDS.length)
  return turn(a) - turn(b) || Number(b.isTree) - Number(a.isTree) || (a.checked.file < b.checked.file ? -1 : 1)
}

async function recordFilesAt(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined)
  if (!found) throw new Error(say('crm.nothingThere', { place }))
  if (found.isFile()) return [place]
  const names = (await readdir(place, { withFileTypes: true })).filter((entry) => entry.isFile() && /\.(?:csv|json)$/iu.test(entry.name))
  if (names.length === 0) throw new Error(say('crm.nothingThere', { place }))
  if (names.length > MOST_FILES) throw new Error(say('crm.tooManyFiles', { max: MOST_FILES }))
  return names.map(({ name }) => join(place, name)).sort()
}

function refusalOf(error: unknown): NonNullable<CheckedFile['refused']> {
  if (!(error instanceof FileRefused)) throw error
  return { because: error.because, reason: error.message, row: error.row ?? null }
}
