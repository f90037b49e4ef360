import { and, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { broughtArchives, type BroughtContents } from '~/db/schema'
import { Invalid, NotFound, TooMany } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { checkParts, checkSeal, NotTaken, type Archive } from '~/server/platform/archive'
import { now } from '~/server/platform/clock'
import { keyOf } from '~/server/platform/person-keys'
import { authorize } from '~/server/policy'
import { checkSigned } from '~/server/receipts'
import type { PersonViewer } from '~/server/viewer'
import { knownPart, MOST_KEPT, openBrought, visibleTo } from './brought'
import { ATTACHED, KeysFile, Manifest, RECORDS, SIGNED, VaultFile } from './format'
import { MOST_RECORDS, recordsIn } from './lines'
import { openPieces, removePieces, SealedPieces } from './pieces'

/**
 * Takes in the file of an export as it arrives, seals it piece by piece, and looks at all of it: nothing of the vault changes yet. Only the
 * newest one waits. A file that was brought before is the one that is there. Returns its id; throws Invalid where it is no whole export.
 */
export async function bringArchive(viewer: PersonViewer, content: Readable): Promise<string> {
  authorize(viewer, 'archive.bring', null)
  if (arriving.has(viewer.personId) || arriving.size >= MOST_ARRIVING) throw new TooMany(5, 'files.busy')
  arriving.add(viewer.personId)
  try {
    await countAgainst('bring-archive', viewer.personId)
    return await takeIn(viewer, content)
  } finally {
    arriving.delete(viewer.personId)
  }
}

/** Each is read to its end and unpacked twice: one at a time of anybody, and few of all. */
const MOST_ARRIVING = 3
const arriving = new Set<string>()

async function takeIn(viewer: PersonViewer, content: Readable): Promise<string> {
  const { personId } = viewer
  const id = newId()
  const key = await transaction(viewer, async (tx) => {
    if ((await tx.$count(broughtArchives, and(visibleTo(viewer), isNotNull(broughtArchives.takenAt)))) >= MOST_KEPT)
      throw new Invalid({ file: 'portability.mostKept' })
    await tx.insert(broughtArchives).values({ id, personId, createdAt: now() })
    return keyOf(tx, personId)
  })
  try {
    const to = new SealedPieces(key, { kind: 'brought', id })
    await pipeline(content, to)
    const hash = await checkSeal(openPieces(key, { kind: 'brought', id }, to.pieces))
    const looked = await lookAt(await openBrought(key, { id, bytes: to.bytes }))
    const there = await transaction(viewer, async (tx) => {
      // The same file may arrive twice at once: one at a time looks whether it is there.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`bring:${personId}`}, 0))`)
      const [same] = await tx
        .select({ id: broughtArchives.id })
        .from(broughtArchives)
        .where(and(visibleTo(viewer), eq(broughtArchives.hash, hash)))
      if (same) return same.id
      const kept = await tx
        .update(broughtArchives)
        .set({ hash, bytes: to.bytes, ...looked })
        .where(eq(broughtArchives.id, id))
        .returning({ id: broughtArchives.id })
      // Its owner was erased meanwhile: then nothing of it may lie here either.
      if (kept.length === 0) throw new NotFound()
      await record(tx, viewer, 'archive.brought', { personId, archiveId: id })
      return id
    })
    if (there !== id) await forgetArchive(viewer, id)
    else await forgetOthers(viewer, id)
    return there
  } catch (error) {
    await forgetArchive(viewer, id)
    throw error instanceof NotTaken ? new Invalid({ file: `portability.notTaken.${error.reason}` }) : error
  }
}

/** Every part is as the manifest says, and how much of what there is. */
async function lookAt(archive: Archive): Promise<{ portal: string; madeAt: Date; contents: BroughtContents }> {
  try {
    const manifest = Manifest.safeParse(archive.manifest)
    if (!manifest.success) throw new NotTaken(isNewer(archive.manifest) ? 'other-version' : 'no-manifest')
    const { portal, createdAt, files } = manifest.data
    await checkParts(archive, files)
    const vault = await knownPart(archive, 'vault.json', VaultFile)
    const names = files.map(({ name }) => name)
    const many = new Map<string, number>()
    for (const name of RECORDS) many.set(name, await countIn(archive, name))
    return {
      portal: shown(portal),
      madeAt: new Date(createdAt),
      contents: {
        fields: vault?.fields.length ?? 0,
        ...(await signatures(archive, names.filter((name) => SIGNED.test(name)))), // prettier-ignore
        contributions: many.get('contributions.jsonld') ?? 0,
        readings: many.get('access-log.ndjson') ?? 0,
        files: names.filter((name) => ATTACHED.test(name)).length,
      },
    }
  } finally {
    archive.close()
  }
}

async function signatures(archive: Archive, names: string[]): Promise<{ signed: number; holding: number }> {
  const keys = new Map(((await knownPart(archive, 'keys.jwks.json', KeysFile))?.keys ?? []).map((key) => [key.kid, key]))
  let holding = 0
  for (const name of names) {
    const { holds } = await checkSigned((await archive.bytes(name, 1_000_000)).toString(), (kid) => keys.get(kid) ?? null)
    if (holds) holding += 1
  }
  return { signed: names.length, holding }
}

async function countIn(archive: Archive, name: string): Promise<number> {
  let count = 0
  for await (const _ of recordsIn(archive, name)) if ((count += 1) > MOST_RECORDS) throw new NotTaken('too-large', name)
  return count
}

const isNewer = (manifest: unknown) => Number((manifest as { formatVersion?: unknown } | null)?.formatVersion) > 0

/** A portal is called by its host, where it says an address. */
const shown = (portal: string) => (URL.canParse(portal) ? new URL(portal).host : '').slice(0, 100)

async function forgetOthers(viewer: PersonViewer, id: string): Promise<void> {
  const others = await transaction(viewer, (tx) =>
    tx
      .select({ id: broughtArchives.id })
      .from(broughtArchives)
      .where(and(visibleTo(viewer), isNull(broughtArchives.takenAt), ne(broughtArchives.id, id))),
  )
  for (const other of others) await forgetArchive(viewer, other.id)
}

/** First the file goes, then the row that knew of it. */
export async function forgetArchive(viewer: PersonViewer, id: string): Promise<void> {
  await removePieces({ kind: 'brought', id })
  await transaction(viewer, (tx) => tx.delete(broughtArchives).where(and(visibleTo(viewer), eq(broughtArchives.id, id))))
}
