import { type Archive, checkParts, checkSeal, openArchive } from '../archive'
import { type Manifest, readManifest, standsAt } from './manifest'

/** A backup is the operator's own: bounds are against accidents alone. */
const BOUNDS = { parts: 20_000_000, bytes: Number.MAX_SAFE_INTEGER }

export type Backup = { archive: Archive; manifest: Manifest; migrations: number }

/** Looks at every byte before anything is taken from it: cut off, changed, newer than this Parley, or short of a part is refused. */
export async function openBackup(file: string): Promise<Backup> {
  await checkSeal(file)
  const archive = await openArchive(file, BOUNDS)
  try {
    const manifest = readManifest(archive.manifest)
    const migrations = standsAt(manifest)
    await checkParts(archive, [
      ...manifest.tables.map(({ part, bytes, sha256 }) => ({ name: part, bytes, sha256 })),
      ...manifest.files.map(({ key, bytes, sha256 }) => ({ name: `files/${key}`, bytes, sha256 })),
    ])
    return { archive, manifest, migrations }
  } catch (error) {
    archive.close()
    throw error
  }
}
