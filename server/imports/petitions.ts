import { say } from '~/words'
import type { ImportedAuthor, ImportedThread, ImportSet } from './imported'
import { csvRows } from './source-file'
import type { SourceRow } from './source-row'

const FILE = 'petitions.csv'
const LICENCE = 'CC BY 3.0'
const COLUMNS = ['id', 'url', 'title', 'content', 'statement', 'tags', 'signs', 'Month', 'Day', 'Year']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
/** What stands where nothing is known. */
const NOTHING = 'null'
const CODE = /^[A-Za-z0-9]{4,5}$/u

/** Each row of the file as it came, kept with the petition that it is a row of. */
export type PetitionRow = { id: string; title: string; signs: number; year: string; tags: string; statement: boolean }

/**
 * Petitions with their signatures: one idea an address, however many rows repeat it under another id. The bytes are neither UTF-8
 * nor quite Windows-1252; what that table does not know is left out.
 */
export async function readPetitions(directory: string): Promise<ImportSet> {
  const threads = new Map<string, ImportedThread>()
  const ids = new Map<string, true>()
  const author: ImportedAuthor = {
    sourceId: 'unknown',
    displayName: say('import.unknownAuthor'),
    aboutHtml: '',
    sourceUrl: null,
    createdAt: null,
  }
  let repeated = 0
  const seen = { high: 0, undefined: 0 }
  for await (const row of csvRows(directory, FILE, COLUMNS, { encoding: 'windows-1252', onBytes: (bytes) => tally(bytes, seen) })) {
    const id = row.required('id')
    if (ids.has(id)) row.refuse('duplicate', { name: 'id', value: id.slice(0, 40) })
    ids.set(id, true)
    const url = row.required('url')
    const first = threads.get(url)
    const line = rowFrom(row, id)
    if (first) {
      repeated += 1
      ;(first.meta.rows as PetitionRow[]).push(line)
    } else {
      threads.set(url, petitionFrom(row, url, line))
    }
  }
  const source = 'petitions.obamawhitehouse.archives.gov'
  return {
    format: 'petitions',
    source,
    sourceUrl: `https://${source}`,
    licence: LICENCE,
    authors: new Map([[author.sourceId, author]]),
    threads: [...threads.values()].sort((one, other) => one.opening.createdAt.getTime() - other.opening.createdAt.getTime()),
    notImported: repeated > 0 ? [{ kind: 'repeatedPetition', count: repeated, reason: say('import.left.repeatedPetition') }] : [],
    countsFromFiles: {
      bytes_0x80_or_above: seen.high,
      'one_byte_undefined_in_cp1252(0x9d)': seen.undefined,
    },
  }
}

function rowFrom(row: SourceRow, id: string): PetitionRow {
  const tags = row.text('tags')
  return {
    id,
    title: row.line('title'),
    signs: row.integer('signs'),
    year: row.required('Year'),
    tags: tags === NOTHING ? '' : tags,
    statement: row.text('statement') !== NOTHING && row.text('statement') !== '',
  }
}

function petitionFrom(row: SourceRow, url: string, line: PetitionRow): ImportedThread {
  if (!/^https:\/\/[a-z0-9.-]+\/[\w%./~-]+$/iu.test(url)) row.refuse('missingValue', { name: 'url' })
  const createdAt = dayOf(row)
  const content = row.text('content')
  return {
    sourceId: url,
    title: line.title,
    idea: { status: 'open', at: createdAt, response: null },
    opening: {
      sourceId: url,
      authorId: 'unknown',
      body: { markdown: content === NOTHING || content.trim() === '' ? line.title : content },
      createdAt,
      editedAt: null,
      tally: { up: line.signs, down: 0 },
      spam: false,
      sourceUrl: url,
      licence: LICENCE,
      meta: {},
      comments: [],
    },
    answers: [],
    accepted: null,
    tags: listed(line.tags),
    locked: false,
    activeAt: createdAt,
    meta: { rows: [line] },
  }
}

export const listed = (tags: string) =>
  tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)

export const hasJunk = (id: string) => !CODE.test(id)

/** `September`, `25.0`, `2011.0`. */
function dayOf(row: SourceRow): Date {
  const [month, day, year] = [MONTHS.indexOf(row.required('Month')), Number(row.required('Day')), Number(row.required('Year'))]
  const date = new Date(Date.UTC(year, month, day))
  if (month < 0 || !Number.isInteger(day) || !Number.isInteger(year) || date.getUTCDate() !== day)
    row.refuse('notDate', { name: 'Day', value: `${row.text('Month')} ${row.text('Day')} ${row.text('Year')}`.slice(0, 40) })
  return date
}

function tally(bytes: Uint8Array, seen: { high: number; undefined: number }) {
  for (const byte of bytes) {
    if (byte >= 0x80) seen.high += 1
    if (byte === 0x9d) seen.undefined += 1
  }
}
