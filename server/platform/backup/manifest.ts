import { readMigrationFiles } from 'drizzle-orm/migrator'
import { join } from 'node:path'
import { z } from 'zod'
import { NotTaken } from '../archive'
import { projectRoot } from '../root'
import type { Sql } from './tables'

export const FORMAT = 'parley-backup'
export const FORMAT_VERSION = 1

const name = z.string().regex(/^(public|graphile_worker)\.[a-z_][a-z0-9_]{0,62}$/)
const column = z.string().regex(/^("[a-z_][a-z0-9_]{0,62}"|[a-z_][a-z0-9_]{0,62})$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const bytes = z.number().int().nonnegative()

/** The last part of a backup: what is in it, and of which version. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.literal(FORMAT_VERSION),
  createdAt: z.iso.datetime(),
  postgres: z.number().int(),
  migrations: z.array(z.object({ when: z.number().int(), hash: sha256 })).min(1),
  months: z.array(z.string().regex(/^\d{4}-\d{2}$/)),
  sequences: z.array(
    z.object({
      name,
      last: z
        .string()
        .regex(/^\d{1,19}$/)
        .nullable(),
    }),
  ),
  tables: z.array(
    z.object({ name, columns: z.array(column).min(1), rows: z.number().int().nonnegative(), bytes, sha256, part: z.string() }),
  ),
  files: z.array(z.object({ key: z.string().regex(/^[a-z0-9-]{8,80}$/), bytes, sha256 })),
  /** Files that a row names and that were gone when they were to be copied. */
  missing: z.array(z.string()),
})
export type Manifest = z.infer<typeof Manifest>

const folder = join(projectRoot, 'db/migrations')

/** The migrations that this version of Parley knows. */
export function knownMigrations() {
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash }) => ({ when: folderMillis, hash }))
}

export async function migrationsOf(sql: Sql) {
  const rows = await sql<{ when: string; hash: string }[]>`
    select created_at::text as when, hash from drizzle.__drizzle_migrations order by created_at`
  return rows.map(({ when, hash }) => ({ when: Number(when), hash }))
}

/** How many of our migrations the backup stands at. A newer or a foreign one is refused. */
export function standsAt(manifest: Pick<Manifest, 'migrations'>, known = knownMigrations()): number {
  manifest.migrations.forEach(({ when, hash }, at) => {
    if (known[at]?.when !== when || known[at].hash !== hash) throw new NotTaken('other-version', `migration ${at + 1}`)
  })
  return manifest.migrations.length
}

export function readManifest(found: unknown): Manifest {
  const { format, formatVersion } = (found ?? {}) as { format?: unknown; formatVersion?: unknown }
  if (format !== FORMAT) throw new NotTaken('not-an-archive', 'it is no backup')
  if (typeof formatVersion === 'number' && formatVersion > FORMAT_VERSION) throw new NotTaken('other-version', `format ${formatVersion}`)
  const read = Manifest.safeParse(found)
  if (!read.success) throw new NotTaken('no-manifest', read.error.issues[0]?.path.join('.'))
  return read.data
}
