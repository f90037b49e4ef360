import type { Readable } from 'node:stream'
import type postgres from 'postgres'

export type Sql = postgres.Sql | postgres.TransactionSql

/** A table as it is copied: its columns but the generated ones. */
export type Table = { name: string; columns: string[]; partitionedBy: string[] | null }

/** What the migrations of the job runner note of themselves is written by the migrations themselves. */
const LEFT_OUT = ['graphile_worker.migrations']

/** Every table of the portal and of its job queue; of a partitioned one the whole, and its order. */
export async function tablesOf(sql: Sql): Promise<Table[]> {
  const rows = await sql<{ name: string; columns: string[]; key: string[]; partitioned: boolean }[]>`
    select format('%I.%I', n.nspname, c.relname) as name, c.relkind = 'p' as partitioned,
      array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select quote_ident(a.attname) from pg_index i, unnest(i.indkey) with ordinality k(n, at) join pg_attribute a on a.attnum = k.n
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by k.at) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'graphile_worker') and c.relpersistence <> 't'
    order by 1`
  return rows
    .filter(({ name }) => !LEFT_OUT.includes(name))
    .map(({ name, columns, key, partitioned }) => ({ name, columns, partitionedBy: partitioned ? key : null }))
}

/** Rows in the order in which they lie, which is the order in which they are loaded; partitions by their key. */
export function copyOut({ name, columns, partitionedBy }: Table): string {
  const list = columns.join(', ')
  return partitionedBy
    ? `copy (select ${list} from ${name} order by ${partitionedBy.join(', ')}) to stdout`
    : `copy ${name} (${list}) to stdout`
}

/**
 * To be called when a table has been read to its end. The driver leaves its line to the database alone while nobody takes what came, and for good
 * where the end of the table came with it: the next statement would wait for ever.
 */
export const listenAgain = (content: Readable) => content._read(0)

export const copyIn = ({ name, columns }: Table) => `copy ${name} (${columns.join(', ')}) from stdin`

/** Where each sequence stands; null where it was never asked. */
export async function sequencesOf(sql: Sql): Promise<{ name: string; last: string | null }[]> {
  return [
    ...(await sql<{ name: string; last: string | null }[]>`
      select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
      where schemaname in ('public', 'graphile_worker') order by 1`),
  ]
}

/** The months that the log has a partition for, as 2026-11. */
export async function monthsOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`
    select replace(substr(c.relname, 14), '_', '-') as month from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.interactions'::regclass and c.relname ~ '^interactions_[0-9]{4}_[0-9]{2}$' order by 1`
  return rows.map(({ month }) => month)
}

/** What the text of values depends on, said once, so that the same rows are the same bytes everywhere. */
export const COPY_SETTINGS = {
  client_encoding: 'UTF8',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  // A scan that begins in the middle of a table would give its rows in another order.
  synchronize_seqscans: 'off',
  statement_timeout: 0,
  idle_in_transaction_session_timeout: 0,
}
