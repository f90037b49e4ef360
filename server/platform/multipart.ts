import busboy from 'busboy'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'

/** What a form sent: the words of its fields, and its files. `bytes` is null for one that was larger than may be. */
export type Sent = { fields: [name: string, value: string][]; files: SentFile[] }
export type SentFile = { field: string; name: string; bytes: Buffer | null }

type Bounds = { fileBytes: number; files: number; fieldBytes: number }
const MOST_FIELDS = 500

export const isMultipart = (request: Request) => /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')

/** Reads a form as it arrives; of a file that is too large nothing is kept, and where `files` is 0 nothing of any. */
export async function readMultipart(request: Request, { fileBytes, files: mostFiles, fieldBytes }: Bounds): Promise<Sent> {
  const sent: Sent = { fields: [], files: [] }
  if (!request.body) return sent
  const parser = busboy({
    headers: Object.fromEntries(request.headers),
    defParamCharset: 'utf8',
    preservePath: false,
    limits: {
      fileSize: fileBytes,
      files: Math.max(mostFiles, 1),
      fieldSize: fieldBytes,
      fields: MOST_FIELDS,
      parts: MOST_FIELDS + mostFiles + 1,
    },
  })
  parser.on('field', (name, value) => void sent.fields.push([name, value]))
  parser.on('file', (field, stream, { filename }) => {
    if (!filename || mostFiles === 0) {
      if (filename) sent.files.push({ field, name: filename, bytes: null })
      return void stream.resume()
    }
    const pieces: Buffer[] = []
    const file: SentFile = { field, name: filename, bytes: null }
    sent.files.push(file)
    stream.on('data', (piece: Buffer) => void pieces.push(piece))
    stream.on('limit', () => void (pieces.length = 0))
    stream.on('close', () => {
      if (!stream.truncated) file.bytes = Buffer.concat(pieces)
      pieces.length = 0
    })
  })
  await new Promise<void>((resolve, reject) => {
    parser.on('close', resolve)
    parser.on('error', reject)
    const body = Readable.fromWeb(request.body as NodeStream)
    body.on('error', reject)
    body.pipe(parser)
  })
  return sent
}
