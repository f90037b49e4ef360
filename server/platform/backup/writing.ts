import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import postgres from 'postgres'
import { type Source, writeArchive } from '../archive'
import { now } from '../clock'
import type { Storage } from '../storage'
import { FORMAT, FORMAT_VERSION, type Manifest, migrationsOf } from './manifest'
import { COPY_SETTINGS, copyOut, listenAgain, monthsOf, sequencesOf, tablesOf } from './tables'

type Options = {
  file: string
  /** The role that owns the tables: row-level security hides nothing from it. */
  ownerUrl: string
  storage: Storage
  /** A query for the keys of the files that rows name. */
  fileKeys: string
}

/**
 * Everything that the portal keeps, as it stood at one moment: tables in one snapshot, and the files that their rows name. Written beside its
 * name and moved there whole; readable by whoever ran it and by nobody else.
 */
export async function writeBackup({ file, ownerUrl, storage, fileKeys }: Options): Promise<Manifest> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'parley-backup', ...COPY_SETTINGS } })
  const draft = `${file}.part`
  try {
    // Of an earlier try that was cut off: its mode may not be ours.
    await rm(draft, { force: true })
    const out = createWriteStream(draft, { flags: 'wx', mode: 0o600 })
    const manifest = await sql.begin('isolation level repeatable read read only', (tx) => copyAll(tx, out, storage, fileKeys))
    await settled(draft)
    await rename(draft, file)
    await settled(dirname(file))
    return manifest
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function copyAll(tx: postgres.TransactionSql, out: NodeJS.WritableStream, storage: Storage, fileKeys: string): Promise<Manifest> {
  const tables = await tablesOf(tx)
  const [server] = await tx<{ version: number }[]>`select current_setting('server_version_num')::int as version`
  const stands = {
    postgres: server?.version ?? 0,
    migrations: await migrationsOf(tx),
    months: await monthsOf(tx),
    sequences: await sequencesOf(tx),
  }
  const rows = new Map<string, number>()
  const missing: string[] = []
  const keys: string[] = []

  async function* everything(): AsyncGenerator<Source> {
    for (const table of tables) {
      const content = await tx.unsafe(copyOut(table)).readable()
      let lines = 0
      content.on('data', (chunk: Buffer) => {
        for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1
      })
      content.pause()
      yield { name: partOf(table.name), content }
      listenAgain(content)
      rows.set(table.name, lines)
    }
    for await (const found of tx.unsafe<{ key: string }[]>(fileKeys).cursor(500)) {
      for (const { key } of found) {
        const content = await storage.read(key)
        if (!content) missing.push(key)
        else {
          keys.push(key)
          yield { name: `files/${key}`, content: Readable.fromWeb(content as ReadableStream), stored: true }
        }
      }
    }
  }

  let manifest: Manifest | undefined
  await writeArchive(
    out as import('node:stream').Writable,
    everything(),
    (parts) => {
      const of = new Map(parts.map((part) => [part.name, part]))
      const part = (name: string) => {
        const { bytes, sha256 } = of.get(name) as NonNullable<ReturnType<typeof of.get>>
        return { bytes, sha256 }
      }
      return (manifest = {
        format: FORMAT,
        formatVersion: FORMAT_VERSION,
        createdAt: now().toISOString(),
        ...stands,
        tables: tables.map(({ name, columns }) => ({
          name,
          columns,
          rows: rows.get(name) ?? 0,
          ...part(partOf(name)),
          part: partOf(name),
        })),
        files: keys.map((key) => ({ key, ...part(`files/${key}`) })),
        missing,
      })
    },
    { large: true },
  )
  return manifest as unknown as Manifest
}

const partOf = (table: string) => `tables/${table}.copy`

async function settled(path: string) {
  const handle = await open(path)
  await handle.sync().finally(() => handle.close())
}
