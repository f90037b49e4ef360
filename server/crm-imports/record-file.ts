import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { FileRefused } from './file-refused'

export const MOST_ROWS = 250_000
export const MOST_COLUMNS = 1_000
/** One row with all its cells. */
export const LONGEST_ROW = 1_000_000
export const LARGEST_CSV = 500_000_000
/** A tree is read whole. */
export const LARGEST_TREE = 20_000_000
const FIRST_BYTES = 65_536

/** A row as it stands in the file; the cells are in the order of the columns. */
export interface FoundRow {
  row: number
  cells: string[]
}

export interface RecordFile {
  columns: string[]
  /** The name of the object, where the file says it. */
  object?: string
  rows: () => AsyncIterable<FoundRow>
}

/** Opens a table or a tree of records. The rows can be read more than once, each time from the file. */
export async function openRecordFile(path: string): Promise<RecordFile> {
  return path.toLowerCase().endsWith('.json') ? openTree(path) : openTable(path)
}

async function openTable(path: string): Promise<RecordFile> {
  if ((await stat(path)).size > LARGEST_CSV) throw new FileRefused('tooLarge', undefined, { max: LARGEST_CSV / 1_000_000 })
  const encoding = await encodingOf(path)
  const delimiter = await delimiterOf(path, encoding)
  const records = () => csvRecords(path, encoding, delimiter)
  let columns: string[] | undefined
  for await (const header of records()) {
    columns = header.map((column) => column.trim())
    break
  }
  if (!columns) throw new FileRefused('empty')
  if (columns.length > MOST_COLUMNS) throw new FileRefused('tooManyColumns', undefined, { max: MOST_COLUMNS })
  const seen = new Set<string>()
  for (const column of columns) {
    if (seen.has(column.toLowerCase())) throw new FileRefused('sameColumn', undefined, { column: column.slice(0, 60) })
    seen.add(column.toLowerCase())
  }
  async function* rows() {
    let row = -1
    for await (const cells of records()) {
      row += 1
      if (row > MOST_ROWS) throw new FileRefused('tooManyRows', undefined, { max: MOST_ROWS })
      if (row > 0) yield { row, cells }
    }
  }
  return { columns, rows }
}

async function* csvRecords(path: string, encoding: string, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({ delimiter, relax_column_count: true, skip_empty_lines: true, max_record_size: LONGEST_ROW })
  let count = -1
  // A failure of the reading reaches the loop below through the parser.
  pipeline(Readable.from(textOf(path, encoding)), parser, () => {})
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      count += 1
      yield record
    }
  } catch (error) {
    if (error instanceof CsvError) {
      // The header is counted as a record.
      const row = 'records' in error && typeof error.records === 'number' ? error.records : count + 1
      if (error.code === 'CSV_MAX_RECORD_SIZE') throw new FileRefused('rowTooLong', row, { max: LONGEST_ROW / 1_000_000 })
      throw new FileRefused(error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'truncated' : 'quotes', row)
    }
    throw error
  }
}

async function* textOf(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) yield decodedBy(decoder, bytes, true)
  const rest = decodedBy(decoder, undefined, false)
  if (rest) yield rest
}

function decodedBy(decoder: TextDecoder, bytes: Buffer | undefined, stream: boolean) {
  let text: string
  try {
    text = bytes ? decoder.decode(bytes, { stream }) : decoder.decode()
  } catch {
    throw new FileRefused('encoding')
  }
  if (text.includes('\0')) throw new FileRefused('nul')
  return text
}

async function encodingOf(path: string) {
  const [a, b] = await firstBytes(path)
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
}

async function firstBytes(path: string) {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** What parts the cells of the first line; cells of later lines may hold the others (`;` joins several ids). */
async function delimiterOf(path: string, encoding: string) {
  const text = new TextDecoder(encoding).decode(await firstBytes(path))
  const header = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/u.exec(text)?.[0].replace(/"(?:[^"]|"")*"/gu, '') ?? ''
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: header.split(sign).length }))
  return counted.reduce((most, next) => (next.count > most.count ? next : most)).sign
}

/** `{ "records": [{ "attributes": { "type", "referenceId" }, … }] }`; `@referenceId` names another record. */
async function openTree(path: string): Promise<RecordFile> {
  if ((await stat(path)).size > LARGEST_TREE) throw new FileRefused('tooLarge', undefined, { max: LARGEST_TREE / 1_000_000 })
  const records = recordsIn(await readFile(path))
  if (records.length > MOST_ROWS) throw new FileRefused('tooManyRows', undefined, { max: MOST_ROWS })
  const objects = new Set(records.map((record) => attribute(record, 'type')))
  const [object] = objects
  if (objects.size !== 1 || !object) throw new FileRefused('noRecords')
  const columns = new Set(records.flatMap((record) => Object.keys(record)))
  columns.delete('attributes')
  columns.delete('Id')
  if (columns.size > MOST_COLUMNS) throw new FileRefused('tooManyColumns', undefined, { max: MOST_COLUMNS })
  const names = ['Id', ...columns]
  async function* rows() {
    for (const [n, record] of records.entries()) {
      const reference = attribute(record, 'referenceId')
      const id = reference && `@${reference}`
      yield { row: n + 1, cells: names.map((name) => written(name === 'Id' ? (record.Id ?? id) : record[name])) }
    }
  }
  return { columns: names, object, rows }
}

function recordsIn(bytes: Buffer): Record<string, unknown>[] {
  const text = decodedBy(new TextDecoder('utf-8', { fatal: true }), bytes, false)
  let tree: unknown
  try {
    tree = JSON.parse(text)
  } catch {
    throw new FileRefused('notJson')
  }
  const records: unknown = isRecord(tree) ? tree.records : undefined
  if (!Array.isArray(records) || !records.every(isRecord)) throw new FileRefused('noRecords')
  return records
}

function attribute(record: Record<string, unknown>, name: 'type' | 'referenceId') {
  const value = isRecord(record.attributes) ? record.attributes[name] : undefined
  return typeof value === 'string' ? value : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function written(value: unknown) {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
