import { Writable } from 'node:stream'
import { closed, opened } from '~/server/platform/closed'
import { storage } from '~/server/platform/storage'

/** What is held in memory of a file at once, on its way into the store and out of it. */
const PIECE_BYTES = 4 * 1024 * 1024

const pieceKey = (exportId: string, piece: number) => `export-${exportId}-${String(piece).padStart(5, '0')}`
const boundTo = (exportId: string, piece: number) => `export\0${exportId}\0${piece}`

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
    private readonly exportId: string,
  ) {
    super()
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void) {
    this.bytes += chunk.length
    this.held.push(chunk)
    this.heldBytes += chunk.length
    if (this.heldBytes < PIECE_BYTES) return done()
    this.keep().then(() => done(), done)
  }

  override _final(done: (error?: Error | null) => void) {
    this.keep().then(() => done(), done)
  }

  private async keep() {
    if (this.heldBytes === 0) return
    const piece = this.pieces
    await storage().put(pieceKey(this.exportId, piece), closed(this.key, boundTo(this.exportId, piece), Buffer.concat(this.held)))
    this.pieces += 1
    this.held = []
    this.heldBytes = 0
  }
}

export async function* openPieces(key: Buffer, exportId: string, pieces: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < pieces; piece += 1) {
    const content = await storage().read(pieceKey(exportId, piece))
    if (!content) throw new Error('a piece of an export is missing')
    yield opened(key, boundTo(exportId, piece), Buffer.from(await new Response(content as ReadableStream).arrayBuffer()))
  }
}

export async function removePieces(exportId: string, pieces: number): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) await storage().remove(pieceKey(exportId, piece))
}
