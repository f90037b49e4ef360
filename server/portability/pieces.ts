import { Readable, Writable } from 'node:stream'
import type { Lying } from '~/server/platform/archive'
import { closed, opened } from '~/server/platform/closed'
import { KEPT_APART, storage } from '~/server/platform/storage'

/** What is held in memory of a file at once, on its way into the store and out of it; every piece but the last is as long. */
const PIECE_BYTES = 4 * 1024 * 1024

/** Where a file lies in pieces: made here, or brought along from elsewhere. Of what was brought the store keeps what no row knows. */
export type Place = { kind: 'export' | 'brought'; id: string }

/** Every piece of what was brought along, as a backup asks for files. */
export const BROUGHT_KEYS = `select '${KEPT_APART}brought-' || id || '-' || lpad(n::text, 5, '0') as key from brought_archives, generate_series(0, (bytes - 1) / ${PIECE_BYTES}) n where bytes > 0`

const pieceKey = ({ kind, id }: Place, piece: number) =>
  `${kind === 'brought' ? KEPT_APART : ''}${kind}-${id}-${String(piece).padStart(5, '0')}`
const boundTo = ({ kind, id }: Place, piece: number) => `${kind}\0${id}\0${piece}`

/**
 * Where a file goes that holds a whole vault: piece by piece into the store, each sealed under its owner’s own key, so that whoever reads the
 * store or a backup reads nothing, and none of it opens once the owner is erased. Nothing lies open on a disk meanwhile.
 */
export class SealedPieces extends Writable {
  bytes = 0
  pieces = 0
  private held: Buffer[] = []
  private heldBytes = 0

  constructor(
    private readonly key: Buffer,
    private readonly place: Place,
  ) {
    super()
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void) {
    this.bytes += chunk.length
    this.held.push(chunk)
    this.heldBytes += chunk.length
    this.keep(PIECE_BYTES).then(() => done(), done)
  }

  override _final(done: (error?: Error | null) => void) {
    this.keep(1).then(() => done(), done)
  }

  private async keep(atLeast: number) {
    if (this.heldBytes < atLeast) return
    let all = Buffer.concat(this.held)
    for (; all.length >= atLeast; all = all.subarray(PIECE_BYTES)) {
      const sealed = closed(this.key, boundTo(this.place, this.pieces), all.subarray(0, PIECE_BYTES))
      await storage().put(pieceKey(this.place, this.pieces), sealed)
      this.pieces += 1
    }
    this.held = [all]
    this.heldBytes = all.length
  }
}

export async function* openPieces(key: Buffer, place: Place, pieces: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < pieces; piece += 1) yield openPiece(key, place, piece)
}

/** The same, read here and there: the piece that was opened last is still at hand. */
export function sealedFile(key: Buffer, place: Place, bytes: number): Lying {
  let last: { piece: number; content: Promise<Buffer> } | undefined
  const pieceAt = (piece: number) => {
    if (last?.piece !== piece) last = { piece, content: openPiece(key, place, piece) }
    return last.content
  }
  async function* stretch(from: number, to: number) {
    for (let at = from; at < to;) {
      const piece = Math.floor(at / PIECE_BYTES)
      const [content, end] = [await pieceAt(piece), Math.min(to, (piece + 1) * PIECE_BYTES)]
      yield content.subarray(at - piece * PIECE_BYTES, end - piece * PIECE_BYTES)
      at = end
    }
  }
  return { bytes, read: (from, to) => Readable.from(stretch(from, to), { objectMode: false }) }
}

async function openPiece(key: Buffer, place: Place, piece: number): Promise<Buffer> {
  const content = await storage().read(pieceKey(place, piece))
  if (!content) throw new Error('a piece of a file is missing')
  return opened(key, boundTo(place, piece), Buffer.from(await new Response(content as ReadableStream).arrayBuffer()))
}

/** Goes on until there is none: of what broke off nobody counted the pieces. */
export async function removePieces(place: Place): Promise<void> {
  for (let piece = 0; await storage().has(pieceKey(place, piece)); piece += 1) await storage().remove(pieceKey(place, piece))
}
