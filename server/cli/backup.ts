import { closeDatabase, configureDatabase } from '~/db/client'
import { eraseAgain } from '~/server/erasure'
import type { Command } from 'commander'
import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { NotTaken } from '~/server/platform/archive'
import {
  asAdmin,
  type Backup,
  databaseName,
  dropDatabase,
  inDatabase,
  loadBackup,
  makeDatabaseLike,
  openBackup,
  restoreFiles,
  switchDatabases,
  whoIsIn,
  writeBackup,
} from '~/server/platform/backup'
import { type Database, dataFolder, migrateDatabase } from '~/server/platform/database'
import { env } from '~/server/platform/env'
import { storage } from '~/server/platform/storage'
import { BROUGHT_KEYS } from '~/server/portability'
import { answering } from './answering'

/** The files that rows name. Those that wait to be removed, and those that nobody knows, are not taken along. */
const FILE_KEYS = `select storage_key as key from attachments union all select storage_key || '-small' from attachments where small union all ${BROUGHT_KEYS} order by 1`

/** What would open a door that has been closed since: sign-ins, half ones, and links sent by mail. Everybody signs in again. */
const STAYS_CLOSED = ['sessions', 'half_sign_ins', 'account_tokens', 'passkey_challenges', 'provider_visits']

export function addBackup(program: Command) {
  program
    .command('backup <file>')
    .description('copies everything the portal keeps into one private file, beside a running server')
    .action(
      answering(async (database, name: string) => {
        const file = resolve(name)
        if (existsSync(file)) throw new Error(`${file} exists already. A backup overwrites nothing.`)
        const { tables, files, missing } = await writeBackup({ file, ownerUrl: database.ownerUrl, storage: storage(), fileKeys: FILE_KEYS })
        const rows = tables.reduce((sum, table) => sum + table.rows, 0)
        return {
          json: { file, tables: tables.length, rows, files: files.length, missing },
          text: `${file}: ${rows} rows of ${tables.length} tables and ${files.length} files${missing.length > 0 ? `; ${missing.length} files were missing` : ''}. It holds no key of the vault: keep that elsewhere.`,
        }
      }),
    )

  program
    .command('verify <file>')
    .description('reads a backup to its end and says whether it could be restored here')
    .action(
      answering(
        async (_, name: string) => {
          const { archive, manifest, migrations } = await told(name)
          archive.close()
          const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
          return {
            json: {
              whole: true,
              createdAt: manifest.createdAt,
              migrations,
              tables: manifest.tables.length,
              rows,
              files: manifest.files.length,
            },
            text: `Whole. Written ${manifest.createdAt}: ${rows} rows of ${manifest.tables.length} tables, ${manifest.files.length} files, ${migrations} migrations.`,
          }
        },
        { asItIs: true },
      ),
    )

  program
    .command('restore <file>')
    .description('loads a backup into a new database, compares every byte, and only then puts it in the place of the present one')
    .option('--drop-old', 'removes the replaced database at once; otherwise it is kept under another name')
    .action(
      answering(
        async (database, name: string, { dropOld = false }: { dropOld?: boolean }) => {
          const backup = await told(name)
          try {
            return await restored(database, backup, dropOld)
          } finally {
            backup.archive.close()
          }
        },
        { asItIs: true },
      ),
    )
}

async function restored(database: Database, backup: Backup, dropOld: boolean) {
  const present = databaseName(database.ownerUrl)
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const [fresh, kept] = [`${present.slice(0, 40)}_restoring`, `${present.slice(0, 40)}_before_${stamp}`]
  const [ownerUrl, appUrl] = [inDatabase(database.ownerUrl, fresh), inDatabase(database.appUrl, fresh)]
  let again = 0
  await asAdmin(inDatabase(database.adminUrl, 'postgres'), async (admin) => {
    await mustBeAlone(admin, present)
    // Of a restore that was cut off.
    await dropDatabase(admin, fresh)
    await makeDatabaseLike(admin, present, fresh)
    try {
      await loadBackup(backup, ownerUrl, appUrl)
      await migrateDatabase(ownerUrl, appUrl)
      await keepClosed(ownerUrl)
      await restoreFiles(backup, storage())
      again = await erasedAgain(appUrl)
      await mustBeAlone(admin, present)
      await switchDatabases(admin, present, fresh, kept)
    } catch (error) {
      await dropDatabase(admin, fresh)
      throw error
    }
    if (dropOld) await dropDatabase(admin, kept)
  })
  const rows = backup.manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const old = dropOld ? 'The replaced database is gone.' : `The replaced database is kept as ${kept}: drop it when you are sure.`
  return {
    json: {
      rows,
      files: backup.manifest.files.length,
      createdAt: backup.manifest.createdAt,
      kept: dropOld ? null : kept,
      erasedAgain: again,
    },
    text: `Restored as of ${backup.manifest.createdAt}: ${rows} rows, ${backup.manifest.files.length} files. Everybody signs in again. ${again > 0 ? `${again} who were erased since are erased again. ` : ''}${old}`,
  }
}

/** Whoever was erased after the backup was written is erased before anybody is served from it. */
async function erasedAgain(appUrl: string): Promise<number> {
  configureDatabase(appUrl)
  try {
    return await eraseAgain()
  } finally {
    await closeDatabase()
  }
}

async function mustBeAlone(admin: postgres.Sql, present: string) {
  if ((await whoIsIn(admin, present)) > 0) throw new Error('The portal is running on this database. Stop it first; nothing was changed.')
}

async function keepClosed(ownerUrl: string) {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.begin(async (tx) => {
      for (const table of STAYS_CLOSED) await tx`delete from ${tx(table)}`
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function told(name: string): Promise<Backup> {
  const file = resolve(name)
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  if (realpathSync(file).startsWith(join(dataFolder(env), 'postgres'))) throw new Error(`${file} is part of the database itself.`)
  try {
    return await openBackup(file)
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error
    throw new Error(`${WHY[error.reason]} Nothing was changed.`, { cause: error })
  }
}

const WHY: Record<NotTaken['reason'], string> = {
  'not-an-archive': 'This is not a backup of Parley.',
  changed: 'The backup was cut off or changed since it was written.',
  'too-large': 'The backup is larger than it says.',
  'no-manifest': 'The backup does not say what is in it.',
  'other-version': 'The backup was written by a newer or another version of Parley. Update Parley, then try again.',
  'missing-part': 'A part of the backup is missing.',
}
