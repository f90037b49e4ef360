import { open } from 'node:fs/promises'
import { storage } from '~/server/platform/storage'

/** What is held in memory of a file at once, on its way into the store and out of it. */
const PIECE_BYTES = 4 * 1024 * 1024

export const pieceKey = (exportId: string, piece: number) => `export-${exportId}-${String(piece).padStart(5, '0')}`

export async function keepPieces(exportId: string, file: string): Promise<{ bytes: number; pieces: number }> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    let pieces = 0
    for (let at = 0; at < size; at += PIECE_BYTES) {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, size - at))
      await handle.read(piece, 0, piece.length, at)
      await storage().put(pieceKey(exportId, pieces), piece)
      pieces += 1
    }
    return { bytes: size, pieces }
  } finally {
    await handle.close()
  }
}

export async function* readPieces(exportId: string, pieces: number): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < pieces; piece += 1) {
    const content = await storage().read(pieceKey(exportId, piece))
    if (!content) throw new Error('a piece of an export is missing')
    yield* content as unknown as AsyncIterable<Uint8Array>
  }
}

export async function removePieces(exportId: string, pieces: number): Promise<void> {
  for (let piece = 0; piece < pieces; piece += 1) await storage().remove(pieceKey(exportId, piece))
}
