import { and, eq, sql } from 'drizzle-orm'
import type { Readable } from 'node:stream'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { crmImportFiles, crmImportRows, crmImports } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now, today } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { colleagueCalled, colleaguesOf } from '~/server/relationships'
import { foldedLine, isPlainText } from '~/server/platform/text'
import type { PersonViewer } from '~/server/viewer'
import { walkCrm, type Walked } from './checking'
import { staffImport, vendorServed } from './facts'
import { nthOf, withFiles } from './files'
import type { ImportInput } from './input'

export const LARGEST_IMPORT_FILE = 10_000_000
const MOST_FILES = 12
/** Of what is brought in from a page; the command line checks more. */
const MOST_ROWS = 20_000
const ROWS_AT_ONCE = 1000
const A_YEAR = 366 * 86_400_000
const USUAL_DAYS_TO_ASK = 30

/** The form to begin one. */
export async function importForm(viewer: PersonViewer, vendorSlug: string) {
  return transaction(viewer, async (tx) => {
    const { vendorId, slug, name } = await vendorServed(tx, viewer, vendorSlug)
    authorize(viewer, 'import.run', { vendorId })
    const askBy = new Date(now().getTime() + USUAL_DAYS_TO_ASK * 86_400_000).toISOString().slice(0, 10)
    return { vendor: { slug, name }, colleagues: await colleaguesOf(tx, vendorId), me: viewer.handle, askBy }
  })
}

/** Begins an import, into which nothing has been put yet. Returns its id. */
export async function beginImport(viewer: PersonViewer, vendorSlug: string, { owner, basis, askBy }: ImportInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  if (askBy < today() || Date.parse(askBy) > now().getTime() + A_YEAR) throw new Invalid({ askBy: 'contact.askBySoon' })
  return transaction(viewer, async (tx) => {
    const { vendorId } = await vendorServed(tx, viewer, vendorSlug)
    authorize(viewer, 'import.run', { vendorId })
    const ownerId = await colleagueCalled(tx, vendorId, owner)
    const importId = newId()
    await tx.insert(crmImports).values({
      id: importId,
      vendorId,
      basis: basis === 'none' ? null : basis,
      askBy,
      ownerId,
      startedBy: viewer.personId,
      createdAt: now(),
    })
    await record(tx, viewer, 'import.begun', { vendorId, importId })
    return importId
  })
}

/** Throws where somebody may put no file into it. */
export async function mayAddFile(viewer: PersonViewer, id: string): Promise<void> {
  await transaction(viewer, async (tx) => authorize(viewer, 'import.run', await staffImport(tx, viewer, id)))
}

/** Another file for it. Then all of them are looked at anew: what becomes of a row hangs on the others. */
export async function addImportFile(viewer: PersonViewer, id: string, filename: string, content: Readable): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  const name = plainName(filename)
  if (!/\.(?:csv|json)$/iu.test(name)) throw new Invalid({ file: 'import.csvOrJson' })
  const bytes = await wholeOf(content)
  if (bytes.length === 0) throw new Invalid({ file: 'required' })
  await transaction(viewer, async (tx) => {
    const it = await staffImport(tx, viewer, id, { lock: true })
    authorize(viewer, 'import.run', it)
    if (it.state !== 'checked' || it.forgottenAt) throw new Conflict('import.begunAlready')
    const [{ most } = { most: 0 }] = await tx.execute<{ most: number }>(
      sql`select coalesce(max(nth), 0)::int as most from crm_import_files where import_id = ${it.importId}`,
    )
    if (most >= MOST_FILES) throw new Conflict('import.manyFiles')
    await tx.insert(crmImportFiles).values({ importId: it.importId, nth: most + 1, name, content: bytes, found: {} })
    await lookAnew(tx, it)
  })
}

async function lookAnew(tx: Tx, { importId, basis }: { importId: string; basis: string | null }): Promise<void> {
  await tx.delete(crmImportRows).where(eq(crmImportRows.importId, importId))
  await withFiles(tx, importId, async (folder) => {
    const { files, rows } = await walkCrm(folder, { basis: basis !== null, most: MOST_ROWS })
    let together: (typeof crmImportRows.$inferInsert)[] = []
    const keep = async () => {
      if (together.length > 0) await tx.insert(crmImportRows).values(together)
      together = []
    }
    for await (const { fate } of rows) {
      together.push({ importId, ...asKept(fate) })
      if (together.length >= ROWS_AT_ONCE) await keep()
    }
    await keep()
    for (const { file, ...found } of files)
      await tx
        .update(crmImportFiles)
        .set({ found })
        .where(and(eq(crmImportFiles.importId, importId), eq(crmImportFiles.nth, nthOf(file))))
  })
}

const BROUGHT: readonly Walked['fate']['kind'][] = ['organisation', 'person', 'affiliation']

function asKept({ file, row, kind, of, perhaps, ...decided }: Walked['fate']) {
  const outside = decided.fate === 'made' && !BROUGHT.includes(kind)
  const { fate, because } = outside ? { fate: 'held' as const, because: [...decided.because, 'staysOutside' as const] } : decided
  const named = (one: { file: string; row: number }) => ({ file: nthOf(one.file), row: one.row })
  return {
    ...{ fileNth: nthOf(file), row, kind, fate, because },
    of: of ? named(of) : null,
    perhaps: perhaps ? { ...named(perhaps), because: perhaps.because } : null,
  }
}

async function wholeOf(content: Readable): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of content) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

function plainName(filename: string): string {
  const name = foldedLine(filename.toWellFormed().normalize('NFC')).split(/[/\\]/u).at(-1) ?? ''
  if (!isPlainText(name) || name === '') throw new Invalid({ file: 'import.csvOrJson' })
  return [...name].length > 120 ? [...name].slice(-120).join('') : name
}
