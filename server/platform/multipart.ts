import busboy from 'busboy'
import { PassThrough, Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'

/**
 * What a form sent: the words of its fields, and its files. `bytes` is null for one that was larger than may be. Where something is wrong
 * with the form, what was read of it until then is there all the same. Whoever has kept the files says that they are `done`.
 */
export type Sent = { fields: [name: string, value: string][]; files: SentFile[]; problem: Problem | null; done: () => void }
export type SentFile = { field: string; name: string; bytes: Buffer | null }
/** Not a whole form; more words than any form has; files while others of the same sender are still being read. */
type Problem = 'invalid' | 'tooMuch' | 'files.busy'

/** `files`: how many at most, and whose they are; nothing is kept of any where there are none. */
type Bounds = { fileBytes: number; fieldBytes: number; wordBytes: number; files: { most: number; of: string } | null }
/** The longest form is a question of 30,000 characters; four bytes each at worst, percent-encoded. */
export const LARGEST_FORM_BYTES = 512 * 1024
const MOST_FIELDS = 500
/** Files lie in memory until they are kept: of one sender in so many forms, and of everybody in so many. */
const MOST_AT_ONCE = 4
const MOST_OF_ALL = 16

export const isMultipart = (request: Request) => /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')

const inMemory = new Map<string, number>()

/** Reads a form as it arrives; of a file that is too large nothing is kept. One more file than may be is read, so that somebody says so. */
export async function readMultipart(request: Request, { files, ...bounds }: Bounds): Promise<Sent> {
  if (!files) return read(request, { ...bounds, most: 0 })
  const [own, all] = [inMemory.get(files.of) ?? 0, [...inMemory.values()].reduce((sum, n) => sum + n, 0)]
  if (own >= MOST_AT_ONCE || all >= MOST_OF_ALL) {
    const sent = await read(request, { ...bounds, most: 0 })
    return sent.files.length > 0 ? { ...sent, files: [], problem: sent.problem ?? 'files.busy' } : sent
  }
  inMemory.set(files.of, own + 1)
  try {
    return { ...(await read(request, { ...bounds, most: files.most + 1 })), done: () => oneLess(files.of) }
  } catch (error) {
    oneLess(files.of)
    throw error
  }
}

function oneLess(of: string) {
  const left = (inMemory.get(of) ?? 1) - 1
  if (left > 0) inMemory.set(of, left)
  else inMemory.delete(of)
}

async function read(request: Request, { most, fileBytes, fieldBytes, wordBytes }: Omit<Bounds, 'files'> & { most: number }): Promise<Sent> {
  const sent: Sent = { fields: [], files: [], problem: null, done: () => undefined }
  if (!request.body) return sent
  let words = 0
  const parser = parserOf(request, { fileSize: fileBytes, fieldSize: fieldBytes, files: Math.max(most, 1), parts: MOST_FIELDS + most + 1 })
  if (!parser) {
    await request.body.cancel()
    return { ...sent, problem: 'invalid' }
  }
  parser.on('field', (name, value) => {
    words += Buffer.byteLength(name) + Buffer.byteLength(value)
    if (words > wordBytes) sent.problem = 'tooMuch'
    else sent.fields.push([name, value])
  })
  parser.on('file', (field, stream, { filename }) => {
    // A form that breaks off within a file breaks the file as well; unheard, that would end the process.
    stream.on('error', () => undefined)
    if (!filename) return void stream.resume()
    const file: SentFile = { field, name: filename, bytes: null }
    sent.files.push(file)
    if (most === 0) return void stream.resume()
    const pieces: Buffer[] = []
    stream.on('data', (piece: Buffer) => void pieces.push(piece))
    stream.on('limit', () => void (pieces.length = 0))
    stream.on('close', () => {
      if (!stream.truncated) file.bytes = Buffer.concat(pieces)
      pieces.length = 0
    })
  })
  const whole = await new Promise<boolean>((resolve) => {
    const body = Readable.fromWeb(request.body as NodeStream)
    const broken = () => {
      body.resume()
      resolve(false)
    }
    parser.on('close', () => resolve(true))
    parser.on('error', broken)
    body.on('error', broken)
    body.pipe(parser)
  })
  return whole ? sent : { ...sent, files: [], problem: 'invalid' }
}

/**
 * Hands on the one file of a form as it arrives, larger than any that lies in memory. `take` gets its bytes, and an error within them where
 * there are too many, or where the form breaks off. Null where no file was sent.
 */
export async function takeOneFile<T>(
  request: Request,
  { field, bytes }: { field: string; bytes: number },
  take: (content: Readable, filename: string) => Promise<T>,
): Promise<{ taken: T } | { problem: 'invalid' | 'tooLarge' } | null> {
  const parser = request.body ? parserOf(request, { fileSize: bytes, fieldSize: 1000, files: 1, parts: MOST_FIELDS }) : null
  if (!parser) {
    await request.body?.cancel()
    return { problem: 'invalid' }
  }
  let taking: Promise<{ taken: T } | { failed: unknown }> | undefined
  let problem: 'invalid' | 'tooLarge' | undefined
  parser.on('file', (name, stream, { filename }) => {
    if (name !== field || !filename || taking) return void stream.on('error', () => undefined).resume()
    const content = new PassThrough()
    stream.on('error', () => content.destroy(new Error('broke off')))
    stream.on('limit', () => {
      problem = 'tooLarge'
      stream.unpipe(content).resume()
      content.destroy(new Error('too large'))
    })
    // Whoever takes it may have had enough: the rest of the form is read all the same.
    content.on('close', () => stream.unpipe(content).resume())
    taking = take(content, filename)
      .then(
        (taken) => ({ taken }),
        (failed: unknown) => ({ failed }),
      )
      .finally(() => content.destroy())
    stream.pipe(content)
  })
  const body = Readable.fromWeb(request.body as NodeStream)
  const whole = await new Promise<boolean>((resolve) => {
    const broken = () => {
      body.resume()
      resolve(false)
    }
    parser.on('close', () => resolve(true))
    parser.on('error', broken)
    body.on('error', broken)
    body.pipe(parser)
  })
  const done = await taking
  if (!done) return whole ? null : { problem: 'invalid' }
  if (problem || !whole) return { problem: problem ?? 'invalid' }
  if ('failed' in done) throw done.failed
  return done
}

/** Null where the form does not say what ends its parts. */
function parserOf(request: Request, limits: NonNullable<busboy.BusboyConfig['limits']>) {
  try {
    return busboy({
      headers: Object.fromEntries(request.headers),
      defParamCharset: 'utf8',
      preservePath: false,
      limits: { ...limits, fields: MOST_FIELDS },
    })
  } catch {
    return null
  }
}
