import type { Server as HttpServer } from 'node:http'
import { closeDatabase, configureDatabase } from '~/db/client'
import { seedDemoWorld } from './demo'
import { dataFolder, migrateDatabase, resolveDatabase } from './platform/database'
import { env, publicOrigins } from './platform/env'
import { startJobs } from './platform/jobs'
import { log } from './platform/log'
import { sendMail } from './platform/mail'
import { claimDataFolder } from './platform/one-server'
import { startRelay } from './platform/outbox'
import { startRealtime } from './platform/realtime'
import { reactor } from './reactions'
import { mayEnter } from './rooms'
import { makeInteractionMonths, schedule } from './schedule'

/** Everything but the site itself: database, migrations, demo world, sockets, relay and clock, in one process. */
export async function boot(http: HttpServer) {
  const address = `http://${env.HOST === '0.0.0.0' ? 'localhost' : env.HOST}:${env.PORT}`
  const claim = claimDataFolder(dataFolder(env), address)
  if (!('release' in claim)) {
    console.log(`Parley is already running at ${claim.runningAt} (process ${claim.process}).`)
    process.exit(1)
  }
  const database = await resolveDatabase(env)
  await migrateDatabase(database.ownerUrl, database.appUrl)
  configureDatabase(database.appUrl)
  await makeInteractionMonths()
  if (env.PARLEY_DEMO) await seedDemoWorld((line) => console.log(line))

  const jobs = await startJobs({
    connectionString: database.appUrl,
    tasks: { 'send-mail': sendMail, ...Object.fromEntries(schedule.map(({ name, job }) => [name, job])) },
    crontab: schedule.map(({ cron, name }) => `${cron} ${name}`).join('\n'),
  })
  const io = startRealtime(http, { origins: publicOrigins(env), mayEnter })
  const relay = await startRelay(reactor)
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.headersTimeout = 15_000
    http.requestTimeout = 30_000
    http.listen(env.PORT, env.HOST, resolve)
  })

  let stopping: Promise<void> | null = null
  const stop = () =>
    (stopping ??= (async () => {
      await io.close()
      http.closeAllConnections()
      await relay.stop()
      await jobs.stop()
      await closeDatabase()
      await database.stop()
      claim.release()
    })())
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () =>
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed')
          process.exit(1)
        },
      ),
    )
  return { address, stop }
}
