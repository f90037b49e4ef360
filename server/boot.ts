import type { Server as HttpServer } from 'node:http'
import { closeDatabase, configureDatabase } from '~/db/client'
import { seedDemoWorld } from './demo'
import { erasureTasks } from './erasure'
import { beginMail, LARGEST_MAIL_BYTES, pushTasks, receiveMail } from './notifications'
import { dataFolder, migrateDatabase, resolveDatabase } from './platform/database'
import { env, publicOrigins } from './platform/env'
import { listenForMail } from './platform/inbound-smtp'
import { startJobs } from './platform/jobs'
import { log } from './platform/log'
import { mailTasks } from './platform/mail'
import { claimDataFolder } from './platform/one-server'
import { startRelay } from './platform/outbox'
import { importTasks } from './crm-imports'
import { exportTasks } from './portability'
import { mustHoldMasterKeys } from './platform/person-keys'
import { startRealtime } from './platform/realtime'
import { reactor } from './reactions'
import { mayEnter } from './rooms'
import { makeInteractionMonths, schedule } from './schedule'

/** In-flight requests get this long when the process is asked to end. */
const DRAIN_SECONDS = 5

type Ending = () => unknown

/** Everything but the site itself: database, migrations, demo world, sockets, relay and clock, in one process. Ends in reverse order. */
export async function boot(http: HttpServer) {
  const endings: Ending[] = []
  let stopping: Promise<void> | null = null
  const stop = () =>
    (stopping ??= (async () => {
      for (let ending = endings.pop(); ending; ending = endings.pop()) await ending()
    })())
  const exit = (code: number) =>
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void exit(0))

  try {
    return { address: await start(http, endings), stop }
  } catch (error) {
    // Asked to end before it was up: what was under way fails because its database is being closed.
    if (!stopping) say((error as { code?: string }).code === 'EADDRINUSE' ? `Port ${env.PORT} is taken. Set PORT to a free one.` : error)
    return exit(stopping ? 0 : 1)
  }
}

/** Words for whoever started it, on the terminal; everything else is in the log. */
function say(line: unknown) {
  process.stdout.write(`${line instanceof Error ? (line.stack ?? line.message) : String(line)}\n`)
}

async function start(http: HttpServer, endings: Ending[]) {
  const address = `http://${env.HOST === '0.0.0.0' ? 'localhost' : env.HOST}:${env.PORT}`
  const claim = claimDataFolder(dataFolder(env), address)
  if (!('release' in claim)) {
    say(`Parley is already running at ${claim.runningAt} (process ${claim.process}).`)
    process.exit(1)
  }
  endings.push(claim.release)
  const database = await resolveDatabase(env)
  endings.push(database.stop)
  await migrateDatabase(database.ownerUrl, database.appUrl)
  configureDatabase(database.appUrl)
  endings.push(closeDatabase)
  // Better not to start than to find out at the first vault that is opened.
  await mustHoldMasterKeys()
  await makeInteractionMonths()
  if (env.PARLEY_DEMO) await seedDemoWorld(say)

  beginMail()
  const jobs = await startJobs({
    connectionString: database.appUrl,
    tasks: {
      ...mailTasks,
      ...pushTasks,
      ...exportTasks,
      ...erasureTasks,
      ...importTasks,
      ...Object.fromEntries(schedule.map(({ name, job }) => [name, job])),
    },
    crontab: schedule.map(({ cron, name }) => `${cron} ${name}`).join('\n'),
  })
  endings.push(jobs.stop)
  if (env.MAIL_LISTEN && env.MAIL_REPLY_DOMAIN) endings.push((await listenForMail(env.MAIL_LISTEN, LARGEST_MAIL_BYTES, receiveMail)).stop)
  const relay = await startRelay(reactor)
  endings.push(relay.stop)
  const io = startRealtime(http, { origins: publicOrigins(env), mayEnter })
  endings.push(() => {
    setTimeout(() => http.closeAllConnections(), DRAIN_SECONDS * 1000).unref()
    return io.close()
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.headersTimeout = 15_000
    // A large file takes its time on a slow line.
    http.requestTimeout = 120_000
    http.listen(env.PORT, env.HOST, resolve)
  })
  return address
}
