import { pino } from 'pino'
import { env } from './env'

/** One JSON line a happening. Ids, names of events and counts only: never text that people wrote, never an address. */
export const log = pino(
  {
    level: env.NODE_ENV === 'test' ? 'silent' : env.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
  },
  // Standard output belongs to the answers of the command line.
  pino.destination(2),
)

/** Database errors carry the offending values in `detail`, `parameters` and `where`; those stay out. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { code, table_name: table, constraint_name: constraint } = error as Error & Record<string, unknown>
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined
  const message = error.message.startsWith('Failed query:') ? 'Failed query' : error.message
  return { type: error.name, message, code, table, constraint, stack: error.stack?.replace(error.message, message), cause }
}
