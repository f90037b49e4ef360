import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { NotTaken, type Archive } from '~/server/platform/archive'

/** Longer than any post with all that stands around it. */
const LONGEST_LINE = 4 * 1024 * 1024
/** More of one kind than anybody writes by hand; each is remembered while a file is made, so that none stands in it twice. */
export const MOST_RECORDS = 200_000

/** The lines of a part, one at a time. Throws where one is longer than anything that is written here. */
export async function* linesIn(archive: Archive, name: string): AsyncGenerator<string> {
  if (!archive.parts.has(name)) return
  let rest: Buffer[] = []
  let held = 0
  for await (const chunk of piecesOf(await archive.read(name))) {
    let from = 0
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at)]).toString()
      rest = []
      held = 0
      from = at + 1
    }
    rest.push(chunk.subarray(from))
    held += chunk.length - from
    if (held > LONGEST_LINE) throw new NotTaken('too-large', name)
  }
  if (held > 0) yield Buffer.concat(rest).toString()
}

/** What a part of records says, each as it was written: one a line, in a document of linked data or by itself. What is none is left out. */
export async function* recordsIn(archive: Archive, name: string): AsyncGenerator<string> {
  for await (const line of linesIn(archive, name)) {
    const record = line.startsWith('{"@context"') ? '' : line.replace(/^,|,$/g, '')
    if (record.startsWith('{') && isJson(record)) yield record
  }
}

/** Each record once, whoever says it first. */
export async function* eachOnce(...sources: AsyncIterable<string>[]): AsyncGenerator<string> {
  const said = new Set<string>()
  for (const source of sources)
    for await (const record of source) {
      const hash = createHash('sha256').update(record).digest('base64').slice(0, 22)
      if (said.has(hash)) continue
      said.add(hash)
      yield record
    }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

// A part that is stored as it is ends, but never closes: an iteration of the stream itself would wait for that.
async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = []
  let [done, failed, wake] = [false, null as Error | null, () => {}]
  stream.on('data', (piece: Buffer) => {
    waiting.push(piece)
    stream.pause()
    wake()
  })
  stream.once('end', () => {
    done = true
    wake()
  })
  stream.once('error', (error) => {
    failed = error
    wake()
  })
  try {
    for (;;) {
      const piece = waiting.shift()
      if (piece) yield piece
      else if (failed) throw failed
      else if (done) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
          stream.resume()
        })
    }
  } finally {
    stream.destroy()
  }
}
