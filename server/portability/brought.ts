import { and, eq, isNotNull } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { broughtArchives } from '~/db/schema'
import { openArchive, type Archive, type Bounds } from '~/server/platform/archive'
import { keyOf } from '~/server/platform/person-keys'
import type { PersonViewer } from '~/server/viewer'
import { sealedFile } from './pieces'

/** As large as a file may be that somebody brings along, and what comes out of it. */
export const LARGEST_ARCHIVE_BYTES = 256 * 1024 * 1024
const BOUNDS: Bounds = { parts: 50_000, bytes: 1024 * 1024 * 1024, manifest: 16 * 1024 * 1024 }
/** All that somebody may bring along over time: whoever moves does so a few times. */
export const MOST_KEPT = 10

/** What its owner brought along: nobody else finds it. */
export const visibleTo = (viewer: PersonViewer) => eq(broughtArchives.personId, viewer.personId)

export function openBrought(key: Buffer, { id, bytes }: { id: string; bytes: number }): Promise<Archive> {
  return openArchive(sealedFile(key, { kind: 'brought', id }, bytes), BOUNDS)
}

/** Everything that its owner has brought along and taken, oldest first, for as long as `work` looks at it. */
export async function withBrought<T>(viewer: PersonViewer, work: (archives: Archive[]) => AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const [key, rows] = await transaction(viewer, async (tx) => [
    await keyOf(tx, viewer.personId),
    await tx
      .select({ id: broughtArchives.id, bytes: broughtArchives.bytes })
      .from(broughtArchives)
      .where(and(visibleTo(viewer), isNotNull(broughtArchives.takenAt)))
      .orderBy(broughtArchives.takenAt, broughtArchives.id),
  ])
  const archives: Archive[] = []
  for (const { id, bytes } of rows) archives.push(await openBrought(key, { id, bytes: bytes ?? 0 }))
  return (async function* () {
    try {
      yield* work(archives)
    } finally {
      for (const archive of archives) archive.close()
    }
  })()
}

/** A small part that was brought along, where it says what such a part says. */
export async function knownPart<T>(
  archive: Archive,
  name: string,
  schema: { safeParse: (value: unknown) => { data?: T } },
): Promise<T | null> {
  if (!archive.parts.has(name)) return null
  try {
    return schema.safeParse(JSON.parse((await archive.bytes(name, 8_000_000)).toString())).data ?? null
  } catch {
    return null
  }
}
