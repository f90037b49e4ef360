import { appendFileSync } from 'node:fs'

/** Loaded before the portal (`node --import`), it writes down every query with its parameters. */
const log = process.env.BENCH_QUERY_LOG
if (log) globalThis.parleyQueryWatcher = (_, query, parameters) => appendFileSync(log, `${JSON.stringify({ query, parameters })}\n`)
