import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import { Readable, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { ZipFile } from 'yazl'

/** One file of an archive, as its manifest names it. */
export type Part = { name: string; bytes: number; sha256: string }
export type Source = { name: string; content: Readable | Buffer; stored?: boolean }

/** Why an archive is not taken; `reason` is for people to be told in their own words. */
export class NotTaken extends Error {
  constructor(
    readonly reason: 'not-an-archive' | 'changed' | 'too-large' | 'no-manifest' | 'other-version' | 'missing-part',
    readonly detail = '',
  ) {
    super(detail ? `${reason}: ${detail}` : reason)
  }
}

const SEAL = 64
const MANIFEST = 'manifest.json'
/** Of a backup of millions of files; what somebody sends is held to less. */
const LARGEST_MANIFEST = 256 * 1024 * 1024

/** Counts and hashes what passes, and the lines of it. */
export function counting() {
  const hash = createHash('sha256')
  const seen = { bytes: 0, lines: 0, sha256: () => hash.copy().digest('hex') }
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      seen.bytes += chunk.length
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) seen.lines += 1
      done(null, chunk)
    },
  })
  return { stream, seen }
}

/**
 * A ZIP, written as its parts come, with a manifest as its last part. Its comment is the SHA-256 of everything before the comment, so that
 * one changed or missing byte anywhere is found before a part is looked at.
 */
export async function writeArchive(
  to: Writable,
  parts: AsyncIterable<Source>,
  manifest: (parts: Part[]) => unknown,
  { large = false }: { large?: boolean } = {},
): Promise<void> {
  const zip = new ZipFile()
  const failed = once(zip, 'error').then(([error]) => Promise.reject(error as Error))
  const out = pipeline(zip.outputStream as Readable, sealing(), to)
  const both = <T>(work: Promise<T>) => Promise.race([work, failed, out.then(() => work)])
  failed.catch(() => {})
  out.catch(() => {})
  const written: Part[] = []
  try {
    for await (const { name, content, stored } of parts) {
      const { stream, seen } = counting()
      zip.addReadStream(stream, name, { compress: !stored, forceZip64Format: large, mode: 0o100600 })
      await both(pipeline(Buffer.isBuffer(content) ? Readable.from([content]) : content, stream))
      written.push({ name, bytes: seen.bytes, sha256: seen.sha256() })
    }
    zip.addBuffer(Buffer.from(JSON.stringify(manifest(written), null, 1)), MANIFEST, { mode: 0o100600 })
    zip.end({ comment: '0'.repeat(SEAL), forceZip64Format: false })
    await both(out)
  } catch (error) {
    ;(zip.outputStream as Readable).destroy(error as Error)
    throw error
  }
}

/** The comment is the end of a ZIP and is written as zeros; in their place goes the hash of what came before. */
function sealing() {
  const hash = createHash('sha256')
  let held: Buffer = Buffer.alloc(0)
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const all = Buffer.concat([held, chunk])
      const sure = all.subarray(0, Math.max(0, all.length - SEAL))
      held = all.subarray(sure.length)
      hash.update(sure)
      done(null, sure)
    },
    flush(done) {
      done(null, Buffer.from(hash.digest('hex')))
    },
  })
}

/** Reads the whole file once, and returns its seal. Throws where it was cut off or changed since it was written. */
export async function checkSeal(file: string | AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of typeof file === 'string' ? createReadStream(file) : file) {
    const all = Buffer.concat([held, chunk as Uint8Array])
    held = all.subarray(Math.max(0, all.length - SEAL))
    hash.update(all.subarray(0, all.length - held.length))
  }
  const seal = held.toString('latin1')
  if (!/^[0-9a-f]{64}$/.test(seal) || hash.digest('hex') !== seal) throw new NotTaken('changed')
  return seal
}

export type Bounds = { parts: number; bytes: number; manifest?: number }
export type Archive = {
  manifest: unknown
  parts: ReadonlyMap<string, number>
  /** The part as a stream; a part that is not there is refused. */
  read: (name: string) => Promise<Readable>
  /** A part that fits in memory, no larger than said. */
  bytes: (name: string, atMost: number) => Promise<Buffer>
  close: () => void
}

/** A file that lies somewhere else than on a disk: how long it is, and any stretch of it, up to the byte that is not in it any more. */
export type Lying = { bytes: number; read: (from: number, to: number) => Readable }

class Stretches extends yauzl.RandomAccessReader {
  constructor(private readonly lying: Lying) {
    super()
  }

  override _readStreamForRange(from: number, to: number) {
    return this.lying.read(from, to)
  }
}

/** Names are looked up and never written to a disk; sizes are held to what the directory says, and that to `bounds`. */
export async function openArchive(file: string | Lying, bounds: Bounds): Promise<Archive> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    const found = (error: Error | null, opened: yauzl.ZipFile) =>
      error ? reject(new NotTaken('not-an-archive', error.message)) : resolve(opened)
    const manner = { lazyEntries: true, autoClose: false }
    if (typeof file === 'string') yauzl.open(file, manner, found)
    else yauzl.fromRandomAccessReader(new Stretches(file), file.bytes, manner, found)
  })
  const entries = await entriesOf(zip, bounds).catch((error: unknown) => {
    zip.close()
    throw error instanceof NotTaken ? error : new NotTaken('not-an-archive', (error as Error).message)
  })
  const read = async (name: string) => {
    const entry = entries.get(name)
    if (!entry) throw new NotTaken('missing-part', name)
    return new Promise<Readable>((resolve, reject) =>
      zip.openReadStream(entry, (error, stream) => (error ? reject(new NotTaken('not-an-archive', error.message)) : resolve(stream))),
    )
  }
  const bytes = async (name: string, atMost: number) => {
    if ((entries.get(name)?.uncompressedSize ?? 0) > atMost) throw new NotTaken('too-large', name)
    const stream = await read(name)
    const pieces: Buffer[] = []
    // Not iterated: what reads a part that is stored as it is never closes, and an iteration would wait for that.
    return new Promise<Buffer>((resolve, reject) => {
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.once('end', () => resolve(Buffer.concat(pieces)))
      stream.once('error', (error) => reject(new NotTaken('changed', `${name} ${error.message}`)))
    })
  }
  try {
    if (!entries.has(MANIFEST)) throw new NotTaken('no-manifest')
    const manifest: unknown = JSON.parse((await bytes(MANIFEST, Math.min(bounds.bytes, bounds.manifest ?? LARGEST_MANIFEST))).toString())
    const parts = new Map([...entries].filter(([name]) => name !== MANIFEST).map(([name, entry]) => [name, entry.uncompressedSize]))
    return { manifest, parts, read, bytes, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error instanceof NotTaken ? error : new NotTaken('no-manifest')
  }
}

function entriesOf(zip: yauzl.ZipFile, bounds: Bounds) {
  return new Promise<Map<string, yauzl.Entry>>((resolve, reject) => {
    const entries = new Map<string, yauzl.Entry>()
    let bytes = 0
    if (zip.entryCount > bounds.parts) return reject(new NotTaken('too-large', `${zip.entryCount} parts`))
    zip.on('error', reject)
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      bytes += entry.uncompressedSize
      if (bytes > bounds.bytes) return reject(new NotTaken('too-large', `${bytes} bytes`))
      if (entries.has(entry.fileName)) return reject(new NotTaken('not-an-archive', 'a name stands in it twice'))
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

/** Every part that the manifest names is there, as long and of the same hash; nothing else is in the archive. */
export async function checkParts(archive: Archive, named: Part[]): Promise<void> {
  const names = new Set(named.map(({ name }) => name))
  const stranger = [...archive.parts.keys()].find((name) => !names.has(name))
  if (stranger !== undefined) throw new NotTaken('changed', stranger)
  for (const { name, bytes, sha256 } of named) {
    const { stream, seen } = counting()
    stream.resume()
    await pipeline(await archive.read(name), stream).catch((error: Error) => {
      throw new NotTaken('changed', `${name} ${error.message}`)
    })
    if (seen.bytes !== bytes || seen.sha256() !== sha256) throw new NotTaken('changed', name)
  }
}
