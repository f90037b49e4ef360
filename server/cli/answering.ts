import type { Command } from 'commander'
import { closeDatabase, configureDatabase } from '~/db/client'
import { Invalid, Refusal } from '~/server/errors'
import { type Database, migrateDatabase, resolveDatabase } from '~/server/platform/database'
import { env } from '~/server/platform/env'
import { sayError } from '~/words'

/** What a command found out: for programs, and for people. `failed` makes the exit code 1. */
export type Answer = { json: unknown; text: string; failed?: boolean }

type Work<Args extends unknown[]> = (database: Database, ...args: Args) => Promise<Answer>

/**
 * Runs a command on the database of the environment, or on the embedded one, beside a running server too. `asItIs`: the database is not
 * brought up to date first, nor connected to.
 */
export function answering<Args extends unknown[]>(work: Work<Args>, { asItIs = false }: { asItIs?: boolean } = {}) {
  return answered(async (given: Args) => {
    let database: Database | undefined
    try {
      database = await resolveDatabase(env)
      if (!asItIs) {
        await migrateDatabase(database.ownerUrl, database.appUrl)
        configureDatabase(database.appUrl, { max: 4 })
      }
      return await work(database, ...given)
    } finally {
      await closeDatabase()
      await database?.stop()
    }
  })
}

/** Runs a command that needs no database and starts none. */
export function answeringAlone<Args extends unknown[]>(work: (...args: Args) => Promise<Answer>) {
  return answered((given: Args) => work(...given))
}

function answered<Args extends unknown[]>(work: (given: Args) => Promise<Answer>) {
  return async (...given: unknown[]) => {
    const command = given.at(-1) as Command
    const asJson = command.optsWithGlobals().json === true
    try {
      const answer = await work(given.slice(0, -1) as Args)
      console.log(asJson ? JSON.stringify(answer.json, null, 2) : answer.text)
      if (answer.failed) process.exitCode = 1
    } catch (error) {
      const said = explain(error)
      if (asJson) console.log(JSON.stringify({ error: said }, null, 2))
      else console.error(said)
      process.exitCode = 1
    }
  }
}

function explain(error: unknown): string {
  if (error instanceof Invalid) {
    return Object.entries(error.fields)
      .map(([field, key]) => `${field}: ${sayError(key)}`)
      .join('\n')
  }
  if (error instanceof Refusal) return sayError(error.key, error.values)
  return error instanceof Error ? error.message : String(error)
}

/** Columns of equal width, for people. */
export function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
