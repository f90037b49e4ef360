import { CsvError, parse } from 'csv-parse'
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SaxesParser } from 'saxes'
import { ImportError } from './import-error'
import { SourceRow } from './source-row'

const LARGEST_CELL = 2_000_000

/** What is known of a file that is not in UTF-8. */
type Encoded = { encoding: 'windows-1252'; onBytes?: (bytes: Uint8Array) => void }

/** The rows of `name` (or `name.gz`) in the directory, a stream: CSV with a header. */
export async function* csvRows(directory: string, name: string, columns: readonly string[], encoded?: Encoded): AsyncGenerator<SourceRow> {
  let count = 0
  let failure: Error | undefined
  let seen: string[] | undefined
  const fail = (error: unknown) => {
    throw csvFailure(name, error, count)
  }
  const parser = parse({
    columns: (header: string[]) => (seen = withColumns(name, header, columns)),
    bom: true,
    skip_empty_lines: true,
    max_record_size: LARGEST_CELL,
  })
  parser.on('error', (error) => (failure = error))
  for await (const text of encoded ? decoded(directory, name, encoded) : utf8(directory, name, () => count + 1)) {
    if (failure) fail(failure)
    parser.write(text)
    for (let values = parser.read(); values !== null; values = parser.read()) yield new SourceRow(name, (count += 1), values)
  }
  if (failure) fail(failure)
  parser.end()
  try {
    for await (const values of parser) yield new SourceRow(name, (count += 1), values)
  } catch (error) {
    fail(error)
  }
  if (!seen) withColumns(name, [], columns)
}

/**
 * The `<row …/>` elements of an XML file, a stream. Document types, and with them entities of the file's own, are
 * refused: nothing in a file can make it grow or point elsewhere.
 */
export async function* xmlRows(directory: string, name: string): AsyncGenerator<SourceRow> {
  let count = 0
  let depth = 0
  let found: SourceRow[] = []
  const parser = new SaxesParser<{ position: false }>({ position: false })
  parser.on('doctype', () => {
    throw new ImportError(name, undefined, 'doctype')
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^utf-?8$/iu.test(encoding)) throw new ImportError(name, undefined, 'declaredEncoding', { encoding })
  })
  parser.on('opentag', (tag) => {
    if (depth > 1 || (depth === 1) !== (tag.name === 'row')) {
      throw new ImportError(name, count + 1, 'unexpectedElement', { name: tag.name.slice(0, 40) })
    }
    depth += 1
    if (depth === 2) found.push(new SourceRow(name, (count += 1), tag.attributes as Record<string, string>))
  })
  parser.on('closetag', () => (depth -= 1))
  parser.on('error', (error) => {
    const ended = /unclosed|unexpected end|must contain a root element/iu.test(error.message)
    if (ended) throw new ImportError(name, count + 1, 'truncated')
    throw new ImportError(name, count + 1, 'malformed', { detail: error.message.replace(/^[\d:]+ /u, '') })
  })
  for await (const text of utf8(directory, name, () => count + 1)) {
    parser.write(text)
    yield* found
    found = []
  }
  parser.close()
  yield* found
}

export async function isThere(directory: string, name: string): Promise<boolean> {
  return (await placeOf(directory, name)) !== undefined
}

async function placeOf(directory: string, name: string) {
  for (const path of [join(directory, name), join(directory, `${name}.gz`)]) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return undefined
}

/** The text of a file. What comes before bytes that are no UTF-8 is given out first, so that the row can be named. */
async function* utf8(directory: string, name: string, row: () => number): AsyncGenerator<string> {
  const path = await placeOf(directory, name)
  if (!path) throw new ImportError(name, undefined, 'missing')
  const strict = new TextDecoder('utf-8', { fatal: true })
  const lenient = new TextDecoder('utf-8')
  for await (const bytes of bytesOf(path, name)) {
    const text = lenient.decode(bytes, { stream: true })
    const wellFormed = decodes(strict, bytes, true) && !text.includes('\0')
    yield wellFormed ? text : (/^[^\uFFFD\0]*/u.exec(text)?.[0] ?? '')
    if (!wellFormed) throw new ImportError(name, row(), 'encoding')
  }
  if (!decodes(strict, new Uint8Array(), false)) throw new ImportError(name, row(), 'encoding')
}

/** The text of a file in which every byte is a character. */
async function* decoded(directory: string, name: string, { encoding, onBytes }: Encoded): AsyncGenerator<string> {
  const path = await placeOf(directory, name)
  if (!path) throw new ImportError(name, undefined, 'missing')
  const decoder = new TextDecoder(encoding)
  for await (const bytes of bytesOf(path, name)) {
    onBytes?.(bytes)
    yield decoder.decode(bytes, { stream: true })
  }
}

async function* bytesOf(path: string, name: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path)
  const stream: Readable = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  file.on('error', (error) => stream.destroy(error))
  try {
    yield* stream
  } catch (error) {
    if (path.endsWith('.gz')) throw new ImportError(name, undefined, 'gzip')
    throw error
  }
}

function decodes(decoder: TextDecoder, bytes: Uint8Array, stream: boolean) {
  try {
    decoder.decode(bytes, { stream })
    return true
  } catch {
    return false
  }
}

function withColumns(file: string, header: string[], columns: readonly string[]) {
  const missing = columns.filter((column) => !header.includes(column))
  if (missing.length > 0) throw new ImportError(file, undefined, 'missingColumns', { names: missing.join(', ') })
  return header
}

function csvFailure(file: string, error: unknown, count: number) {
  if (error instanceof ImportError || !(error instanceof CsvError)) return error
  const records = 'records' in error && typeof error.records === 'number' ? error.records : count
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new ImportError(file, records + 1, 'truncated')
  if (error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS') return new ImportError(file, records + 1, 'columnCount')
  return new ImportError(file, records + 1, 'malformed', { detail: error.code })
}
