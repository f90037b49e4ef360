import autocannon from 'autocannon'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrateDatabase } from '~/server/platform/database'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { projectRoot } from '~/server/platform/root'

const seconds = Number(process.argv[process.argv.indexOf('--seconds') + 1]) || 6
/** Only how many queries and which plans, at the large size: nothing is timed. */
const onlyPlans = process.argv.includes('--plans')
const SIZES = onlyPlans ? [200_000] : [20_000, 200_000]
const MOST_QUERIES = 8
const POSTING = 'posting an answer'
const PEOPLE = 20_000
/** Tables that grow with use: no plan may read one of them whole. */
const GROWING =
  /^(threads|posts|search_documents|interactions|handles|people|votes|thread_tags|thread_follows|answer_acceptances|notifications|timeline_entries|deliveries|memberships|flags|recommendations|relationships|relationship_notes|relationship_tasks|vault_attributes|grants|grant_attributes|access_records|sessions|account_emails)/

type Logged = { query: string; parameters: unknown[] }
type Measure = { perSecond: number; p50: number; p99: number }
type Page = { page: string; path: string; headers?: Record<string, string>; body?: string; everybody?: true }
type Watched = { page: string; size: number; queries: number; scans: string[] }
type Row = { page: string; size: number; queries: number; scans: string[]; site: Measure; bytes: Measure; sql: Measure | null }

const scratch = mkdtempSync(join(tmpdir(), 'parley-bench-'))
chmodSync(scratch, 0o711)
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const site of running) site.kill('SIGKILL')
  rmSync(scratch, { recursive: true, force: true })
})

async function measureAt(posts: number): Promise<Row[]> {
  const database = await startEmbeddedPostgres({ dataDir: join(scratch, String(posts)) })
  process.once('exit', () => void database.stop())
  await migrateDatabase(database.ownerUrl, database.appUrl)
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  const threads = Math.round(posts / 5)
  await owner.unsafe(
    readFileSync(join(projectRoot, 'bench/load.sql'), 'utf8').replaceAll(':threads', String(threads)).replaceAll(':people', String(PEOPLE)),
  )
  const secret = randomBytes(16).toString('hex')
  await owner`insert into sessions (id, person_id, expires_at)
    select encode(sha256(convert_to(${secret} || i, 'UTF8')), 'hex'), bench_id('person' || i), now() + interval '1 day' from generate_series(1, ${PEOPLE}) i`
  const cookieOf = (person: number) => `parley_session=${secret}${person}`
  const [long] = await owner<{ number: string }[]>`select number from threads where id = bench_id('thread1')`
  const [recordOfFirst] = await owner<{ id: string }[]>`select bench_id('relationship1') as id`
  const [quiet] = await owner<{ number: string }[]>`select number from threads where id = bench_id('thread7')`

  const port = 45_000 + randomInt(2000)
  const log = join(scratch, `queries-${posts}.jsonl`)
  const base = `http://127.0.0.1:${port}`
  const cookie = cookieOf(1)
  const thread = `/c/bench/${long?.number}`
  const answer = new URLSearchParams({
    body: 'Repair the folder first, then compact it.',
  }).toString()
  const pages: Page[] = [
    { page: 'thread, 50 answers, anonymous', path: thread },
    { page: 'thread, 50 answers, signed in', path: thread, headers: { cookie } },
    { page: 'community, anonymous', path: '/c/bench' },
    { page: 'community, signed in', path: '/c/bench', headers: { cookie } },
    { page: 'search, rare word', path: '/search?q=word77' },
    { page: 'search, common word', path: '/search?q=folders' },
    {
      page: POSTING,
      path: `/c/bench/${quiet?.number}`,
      headers: { cookie, origin: base, 'content-type': 'application/x-www-form-urlencoded' },
      body: answer,
      everybody: true,
    },
  ]

  const as = (person: number) => ({ cookie: cookieOf(person) })
  const record = `/relationships/${recordOfFirst?.id}`
  // Person 1 asks and is staff of the vendor, 2 moderates its room and has granted, 401 moderates the portal.
  const watchedOnly: Page[] = [
    { page: 'front page', path: '/' },
    { page: 'front page, signed in', path: '/', headers: as(1) },
    { page: 'communities', path: '/communities' },
    { page: 'community, top', path: '/c/bench?view=top' },
    { page: 'community, unanswered', path: '/c/bench?view=unanswered' },
    { page: 'community, one tag', path: '/c/bench?tag=tag-7' },
    { page: 'ask', path: '/c/bench/ask', headers: as(1) },
    { page: 'a person', path: '/people/member-1', headers: as(3) },
    { page: 'notifications', path: '/me/notifications', headers: as(1) },
    { page: 'vendors', path: '/vendors' },
    { page: 'vendor', path: '/vendors/bench-works', headers: as(3) },
    { page: 'vendor’s people', path: '/vendors/bench-works/people', headers: as(1) },
    { page: 'relationship record, staff', path: record, headers: as(1) },
    { page: 'relationship record, own', path: '/me/relationships/bench-works', headers: as(1) },
    { page: 'relationships, own', path: '/me/relationships', headers: as(1) },
    { page: 'vault', path: '/me/vault', headers: as(2) },
    { page: 'readings', path: '/me/readings', headers: as(2) },
    { page: 'account', path: '/me/account', headers: as(2) },
    { page: 'queue of a community', path: '/c/bench/moderation', headers: as(2) },
    { page: 'queue of the portal', path: '/moderation', headers: as(401) },
    { page: 'moderation log', path: '/moderation/log' },
  ]

  // Once with every query written down, then at full speed.
  const watched = await startSite(port, database.appUrl, database.ownerUrl, log)
  const asSite = replaying(database.appUrl, 1)
  const found: { queries: number; scans: string[]; html: string; asker?: Logged; logged: Logged[] }[] = []
  for (const { page, path, headers, body } of [...pages, ...watchedOnly]) {
    console.error(`${posts} posts: ${page}`)
    await fetch(base + path, { headers })
    writeFileSync(log, '')
    const response = await fetch(base + path, { headers, body, method: body ? 'POST' : 'GET', redirect: 'manual' })
    if (response.status >= 400) throw new Error(`${path} answered ${response.status}`)
    const html = await response.text()
    const written = readFileSync(log, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Logged)
    const asker = written.find(({ query }) => query.includes('set_config'))
    const logged = written.filter(counts)
    found.push({ queries: logged.length, scans: body ? [] : await sequentialScans(asSite, asker, logged), html, asker, logged })
  }
  await asSite.end()
  await stopSite(watched)

  const site = await startSite(port, database.appUrl, database.ownerUrl)
  const measured: Row[] = []
  for (const [index, { page, path, headers, body, everybody }] of pages.entries()) {
    const { queries, scans, html, asker, logged } = found[index] as (typeof found)[number]
    if (onlyPlans) others.push({ page, size: posts, queries, scans })
    if (onlyPlans) continue
    measured.push({
      page,
      size: posts,
      queries,
      scans,
      site: await fire(base + path, headers, body, everybody && cookieOf),
      bytes: await rawServer((_, answered) => answered(html)),
      sql: body ? null : await rawSql(database.appUrl, asker, logged),
    })
  }
  for (const [index, { page }] of watchedOnly.entries()) {
    const { queries, scans } = found[pages.length + index] as (typeof found)[number]
    others.push({ page, size: posts, queries, scans })
  }
  await stopSite(site)
  await owner.end()
  await database.stop()
  return measured
}

function counts({ query }: Logged): boolean {
  return !/^\s*(begin|commit|rollback|savepoint|release|listen)|set_config|outbox|deliveries|graphile_worker|pg_catalog|limit_counters/i.test(
    query,
  )
}

/** As the portal's own role and in the name of whoever asked, so that the plans are those of row-level security too. */
async function sequentialScans(site: postgres.Sql, asker: Logged | undefined, logged: Logged[]): Promise<string[]> {
  const scans: string[] = []
  for (const { query, parameters } of logged) {
    if (!/^\s*(select|with)/i.test(query)) continue
    const [row] = await site.begin(async (tx) => {
      if (asker) await tx.unsafe(asker.query, asker.parameters as never[])
      return tx.unsafe(`explain (format json) ${query}`, parameters as never[])
    })
    const visit = (node: Record<string, unknown>) => {
      if (node['Node Type'] === 'Seq Scan' && GROWING.test(String(node['Relation Name']))) scans.push(String(node['Relation Name']))
      for (const child of (node.Plans as Record<string, unknown>[] | undefined) ?? []) visit(child)
    }
    visit((row as unknown as { 'QUERY PLAN': { Plan: Record<string, unknown> }[] })['QUERY PLAN'][0]?.Plan ?? {})
  }
  return scans
}

/** Ten connections for a while. With `cookieOf`, each connection goes through all people, so that no limit on one person is met. */
async function fire(
  url: string,
  headers: Record<string, string> = {},
  body?: string,
  cookieOf?: (person: number) => string,
): Promise<Measure> {
  const result = await autocannon({
    url,
    headers,
    body,
    method: body ? 'POST' : 'GET',
    connections: 10,
    duration: seconds,
    requests:
      cookieOf &&
      Array.from({ length: PEOPLE }, (_, person) => ({ headers: { ...headers, cookie: cookieOf(person + 1) }, method: 'POST', body })),
  })
  if (result.errors + result.timeouts + result['4xx'] + result['5xx'] > 0)
    throw new Error(`${url}: ${result.errors} errors, ${result.timeouts} timeouts, ${result['4xx']} times 4xx, ${result['5xx']} times 5xx`)
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}

async function rawServer(answer: (url: string, answered: (html: string) => void) => void): Promise<Measure> {
  const server = createServer((request, response) =>
    answer(request.url ?? '/', (html) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }
  const measure = await fire(`http://127.0.0.1:${address.port}/`)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return measure
}

/** Parameters were written down as they went out: JSON is not made JSON again. */
function replaying(url: string, max: number): postgres.Sql {
  const sql = postgres(url, { max, fetch_types: false, onnotice: () => {} })
  for (const json of ['114', '3802']) sql.options.serializers[json as never] = ((value: unknown) => value) as never
  return sql
}

/** Nothing but the page's statements, in the name of whoever asked: row-level security binds them too. */
async function rawSql(url: string, asker: Logged | undefined, logged: Logged[]): Promise<Measure> {
  const sql = replaying(url, 10)
  const run = (on: Pick<postgres.Sql, 'unsafe'>, statements: Logged[]) =>
    Promise.all(statements.map(({ query, parameters }) => on.unsafe(query, parameters as never[])))
  const measure = await rawServer((_, answered) => {
    const done = asker ? sql.begin((tx) => run(tx, [asker, ...logged])) : run(sql, logged)
    void done.then(() => answered('done'))
  })
  await sql.end()
  return measure
}

async function startSite(port: number, appUrl: string, ownerUrl: string, log?: string): Promise<ChildProcess> {
  if (!existsSync(join(projectRoot, 'build/server/main.js'))) throw new Error('Run npm run build first')
  const site = spawn(
    process.execPath,
    ['--import', join(projectRoot, 'bench/watch-queries.mjs'), join(projectRoot, 'build/server/main.js')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        HOST: '127.0.0.1',
        DATABASE_URL: appUrl,
        DATABASE_OWNER_URL: ownerUrl,
        PARLEY_VAULT_KEY: `bench:${Buffer.alloc(32).toString('base64url')}`,
        PARLEY_DATA: join(scratch, `site-${port}`),
        PARLEY_ORIGIN: `http://127.0.0.1:${port}`,
        BENCH_QUERY_LOG: log ?? '',
        PARLEY_DEMO: '0',
        LOG_LEVEL: 'error',
      },
    },
  )
  running.add(site)
  for (let tries = 0; tries < 200; tries += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return site
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The site did not start')
}

async function stopSite(site: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => site.once('exit', resolve))
  site.kill('SIGTERM')
  await ended
  running.delete(site)
}

function print(): void {
  const show = ({ perSecond, p50, p99 }: Measure) =>
    `${perSecond.toFixed(0).padStart(6)}/s ${String(p50).padStart(4)} ${String(p99).padStart(5)} ms`
  console.log(
    `\n${'page'.padEnd(32)}${'posts'.padStart(8)}  q  ${'Parley (p50, p99)'.padEnd(22)}${'same bytes'.padEnd(22)}${'same SQL'.padEnd(22)}cost`,
  )
  for (const row of rows) {
    const small = rows.find((other) => other.page === row.page && other.size === SIZES[0])
    const growth = small && row.size !== SIZES[0] ? `×${(small.site.perSecond / row.site.perSecond).toFixed(2)} of ${SIZES[0]}` : ''
    const ratios = `${(row.site.perSecond / row.bytes.perSecond).toFixed(3)} of bytes${row.sql ? `, ${(row.site.perSecond / row.sql.perSecond).toFixed(2)} of SQL` : ''}`
    console.log(
      `${row.page.padEnd(32)}${String(row.size).padStart(8)}  ${row.queries}  ${show(row.site)}  ${show(row.bytes)}  ${row.sql ? show(row.sql) : ''.padEnd(20)}  ${ratios} ${growth}`,
    )
    if (row.scans.length > 0) console.log(`   reads whole: ${[...new Set(row.scans)].join(', ')}`)
  }
}

function printQueries(): void {
  console.log('\nqueries of the other pages')
  for (const { page, size, queries, scans } of others)
    console.log(
      `${page.padEnd(32)}${String(size).padStart(8)}  ${queries}${scans.length > 0 ? `  reads whole: ${[...new Set(scans)].join(', ')}` : ''}`,
    )
}

const rows: Row[] = []
const others: Watched[] = []
for (const posts of SIZES) rows.push(...(await measureAt(posts)))
if (!onlyPlans) print()
printQueries()
// At the small size some tables fit a page or two, and reading them whole is right.
const large = [...rows, ...others].filter((row) => row.size === SIZES.at(-1))
const pages = [...rows, ...others].filter((row) => row.page !== POSTING)
process.exit(pages.every((row) => row.queries <= MOST_QUERIES) && large.every((row) => row.scans.length === 0) ? 0 : 1)
