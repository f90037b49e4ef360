import { sql } from 'drizzle-orm'
import { Logger, run, type TaskList } from 'graphile-worker'
import { inBackground, type Tx } from '~/db/client'
import { log } from './log'

export type Task = (payload: unknown, about: { attempt: number; lastAttempt: boolean; signal?: AbortSignal }) => Promise<void>
export type JobOptions = { runAt?: Date; maxAttempts?: number; queue?: string; key?: string }

/** Jobs are logged by their number and name; payloads and routine stay out. */
export const quietLogger = new Logger(() => (level, message, meta) => {
  if (level !== 'error' && level !== 'warning') return
  const job = meta?.job as { id?: string; task_identifier?: string } | undefined
  log[level === 'error' ? 'error' : 'warn']({ job: job?.id, task: job?.task_identifier, err: meta?.error }, job ? 'job failed' : message)
})

/** Works off the job queue. `crontab` has one line a task: `0 7 * * 1 weekly-digest`. */
export async function startJobs(options: {
  connectionString: string
  tasks: Record<string, Task>
  crontab?: string
  concurrency?: number
}) {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(options.tasks).map(([name, task]) => [
      name,
      (payload, { job, abortSignal }) =>
        inBackground(() => task(payload, { attempt: job.attempts, lastAttempt: job.attempts >= job.max_attempts, signal: abortSignal })),
    ]),
  )
  const runner = await run({
    connectionString: options.connectionString,
    taskList,
    crontab: options.crontab ?? '',
    concurrency: options.concurrency ?? 2,
    maxPoolSize: (options.concurrency ?? 2) + 2,
    logger: quietLogger,
    noHandleSignals: true,
  })
  return { stop: () => runner.stop() }
}

/** The job exists if, and only if, the transaction commits. With a `key`, a waiting job of that key is replaced. */
export async function addJob(tx: Pick<Tx, 'execute'>, name: string, payload: Record<string, unknown> = {}, options: JobOptions = {}) {
  await tx.execute(sql`select graphile_worker.add_job(
    ${name}, payload := ${JSON.stringify(payload)}::json, queue_name := ${options.queue ?? null}, run_at := ${options.runAt?.toISOString() ?? null}::timestamptz,
    max_attempts := ${options.maxAttempts ?? null}::int, job_key := ${options.key ?? null})`)
}
