import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema'

export type Db = PostgresJsDatabase<typeof schema>
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

/** What row-level security needs to know of whoever asks. */
export type Asker = { kind: 'visitor' } | { kind: 'person'; personId: string; hasSecondStep?: boolean } | { kind: 'system'; job: string }

type Watcher = (connection: number, query: string, parameters: unknown[]) => void

type Options = { max?: number; setRole?: string }
type Connection = { url: string; options: Options; pool: postgres.Sql; db: Db; behind?: { pool: postgres.Sql; db: Db } }
// Editing a server module in development evaluates it anew; the pool outlives that.
// Parameters hold what people wrote, so no setting shows them: only a module that is loaded before this one
// (bench/watch-queries.mjs) can place a watcher.
const kept = globalThis as typeof globalThis & {
  parleyDatabase?: Connection
  parleyQueryWatcher?: Watcher
  parleyBackground?: AsyncLocalStorage<true>
}
const background = (kept.parleyBackground ??= new AsyncLocalStorage<true>())
const BACKGROUND_CONNECTIONS = 4
/** A statement with more is one of its kind: rows that are brought in many at once. */
const MOST_PARAMETERS_KEPT = 200

/** Where the application's role connects. Called once at start; otherwise DATABASE_URL is read at the first query. */
export function configureDatabase(url: string, options: Options = {}) {
  if (kept.parleyDatabase?.url === url) return
  void closeDatabase(1)
  kept.parleyDatabase = { url, options, ...connected(url, options) }
}

function connected(url: string, options: Options) {
  const pool = postgres(url, {
    max: options.max ?? 10,
    fetch_types: false,
    onnotice: () => {},
    debug: kept.parleyQueryWatcher,
    connection: { application_name: 'parley', ...(options.setRole ? { options: `-c role=${options.setRole}` } : {}) },
  })
  return { pool, db: drizzle(prepared(pool), { schema }) }
}

/**
 * The same pool, on which a statement with parameters is prepared once a connection and used again. Otherwise the driver asks the server
 * about its parameters first, each time, and the server plans it anew: for a statement with many joins that is most of its time.
 */
function prepared<T extends postgres.Sql | postgres.TransactionSql>(pool: T): T {
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'unsafe')
        return (text: string, parameters: never[] = [], options = {}) =>
          target.unsafe(text, parameters, { ...options, prepare: parameters.length > 0 && parameters.length <= MOST_PARAMETERS_KEPT })
      if (key === 'begin')
        return (work: (tx: postgres.TransactionSql) => unknown) => (target as postgres.Sql).begin((tx) => work(prepared(tx)))
      if (key === 'savepoint')
        return (work: (tx: postgres.TransactionSql) => unknown) => (target as postgres.TransactionSql).savepoint((tx) => work(prepared(tx)))
      return Reflect.get(target, key) as unknown
    },
  })
}

/**
 * Work that nobody waits for has connections of its own. The driver sends statements after one another down a busy
 * connection, so that on shared ones a slow statement of such work would stand before somebody's page.
 */
export function inBackground<T>(work: () => Promise<T>): Promise<T> {
  return background.run(true, work)
}

function connection(): Pick<Connection, 'pool' | 'db'> {
  if (!kept.parleyDatabase) {
    const url = process.env.DATABASE_URL
    if (!url) throw new Error('No database: set DATABASE_URL or start the embedded one')
    configureDatabase(url, process.env.DATABASE_ROLE ? { setRole: process.env.DATABASE_ROLE } : {})
  }
  const found = kept.parleyDatabase as unknown as Connection
  return background.getStore() ? (found.behind ??= connected(found.url, { ...found.options, max: BACKGROUND_CONNECTIONS })) : found
}

/** Plain queries, asked by nobody: row-level security shows them only what is public. */
export const db: Db = new Proxy({} as Db, { get: (_, key) => Reflect.get(connection().db, key) })

/** The driver underneath, for LISTEN and for streams. */
export function pool(): postgres.Sql {
  return connection().pool
}

export async function closeDatabase(timeout = 5) {
  const open = kept.parleyDatabase
  kept.parleyDatabase = undefined
  await Promise.all([open?.pool.end({ timeout }), open?.behind?.pool.end({ timeout })])
}

/**
 * One transaction in which the database knows who is asking. `purposes` name what vault values are read for;
 * without one a vendor's staff read none.
 */
export function transaction<T>(asker: Asker, work: (tx: Tx) => Promise<T>, purposes: readonly string[] = []): Promise<T> {
  const person = asker.kind === 'person' ? asker.personId : ''
  const secondStep = asker.kind === 'person' && asker.hasSecondStep ? 'yes' : ''
  const system = asker.kind === 'system' ? asker.job : ''
  return connection().db.transaction(async (tx) => {
    // Sent before the first query of the work, not waited for; the connection keeps their order. A query of Drizzle is
    // sent when it is executed, not when it is made.
    const told = tx
      .execute(
        sql`select set_config('parley.person_id', ${person}, true), set_config('parley.second_step', ${secondStep}, true), set_config('parley.system', ${system}, true), set_config('parley.purpose', ${purposes.join(',')}, true)`,
      )
      .execute()
    const [result] = await Promise.all([work(tx), told])
    return result
  })
}

/** Within somebody's transaction, what a job of the portal does by itself: for so long the database knows the job, and not the person. */
export async function asJob<T>(tx: Tx, job: string, work: () => Promise<T>): Promise<T> {
  const [asker] = await tx.execute<{ person: string; system: string }>(
    sql`select coalesce(current_setting('parley.person_id', true), '') as person, coalesce(current_setting('parley.system', true), '') as system`,
  )
  const become = (person: string, system: string) =>
    tx.execute(sql`select set_config('parley.person_id', ${person}, true), set_config('parley.system', ${system}, true)`)
  await become('', job)
  const result = await work()
  await become(asker?.person ?? '', asker?.system ?? '')
  return result
}
