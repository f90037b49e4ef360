import { randomBytes, randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { io, type Socket } from 'socket.io-client'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { addresses } from '../../support/addresses'
import { aNewcomer, ask, atMost, demoSeats, done, readWorld, recordOf, screens, seatOf, type Seat } from './seats'

// Each field of a vault says something that nothing else says. Whatever a seat can fetch is searched for it.

const token = () => `kestrel${randomBytes(6).toString('hex')}`
const FIELDS: Record<string, string> = {
  'real-name': token(),
  location: token(),
  organisation: token(),
  role: token(),
  industry: token(),
  'products-in-use': token(),
  'e-mail': `${token()}@people.example`,
  phone: `+49 30 ${randomInt(1e9, 1e10 - 1)}`,
}
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const TWO_SECONDS = 2000

type Scene = { vendor: string; record: string; grant: string; handle: string }

/** Every address of the portal, with what this is about wherever an address takes something. */
function everywhere({ vendor, record, grant, handle }: Scene): string[] {
  const filled = (path: string, id: string) =>
    `/${path.replace(/:(\w+)\??/g, (_, name: string) => (name === 'handle' ? handle : /^(slug|vendor)$/.test(name) ? (path.startsWith('c/') ? 'tern-mail' : vendor) : name === 'key' ? 'role' : name === 'kind' ? 'person' : id))}`
  const searched = Object.values(FIELDS).flatMap((said) => [
    `/search?q=${encodeURIComponent(said)}`,
    `/search/quick?q=${encodeURIComponent(said)}`,
    `/vendors/${vendor}/people?q=${encodeURIComponent(said)}`,
  ])
  const named = ['answer', 'relationship', 'offer', 'research'].map((purpose) => `/relationships/${record}?purpose=${purpose}`)
  return [...new Set([...screens.flatMap(({ path }) => [filled(path, record), filled(path, grant)]), ...searched, ...named])].filter(
    (path) => !/^\/(sign-out|dev\/sign)/.test(path),
  )
}

/** The address at which a page asks for its data alone. */
function asData(path: string): string {
  const [address = '', query] = path.split('?')
  return `${address === '/' ? '/_root' : address}.data${query ? `?${query}` : ''}`
}

/** What may not be here and is: the address, and what it says. */
async function toldTo(seat: Seat, places: string[], alsoAsData = false): Promise<string[]> {
  const told: string[] = []
  await atMost(
    6,
    places.flatMap((path) => (alsoAsData ? [path, asData(path)] : [path])),
    async (path) => {
      const { body } = await ask(seat, path)
      // What somebody typed into a search stands in its own box.
      const shown = path.includes('?q=') ? body.replaceAll(decodeURIComponent(path.split('?q=')[1] ?? ''), '') : body
      for (const [key, said] of Object.entries(FIELDS)) if (shown.includes(said)) told.push(`${path}: ${key}`)
      // Nor is anybody found by it.
      if (path.includes('/people?q=') && /\/relationships\/[\w-]{36}/.test(body)) told.push(`${path}: found`)
    },
  )
  return told.sort()
}

async function listening(seat: Seat, rooms: string[]): Promise<{ heard: string[]; line: Socket }> {
  const heard: string[] = []
  const line = io(seat.base, {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { origin: seat.base, cookie: seat.cookie },
  })
  line.onAny((...message: unknown[]) => heard.push(JSON.stringify(message)))
  await new Promise((resolve, reject) => {
    line.once('connect', () => resolve(undefined))
    line.once('connect_error', reject)
  })
  for (const room of rooms) heard.push(JSON.stringify(await line.timeout(5000).emitWithAck('enter', { room, since: null, ago: 0 })))
  return { heard, line }
}

test('what somebody shared is nowhere two seconds after it ended: revoked, run out, the reader suspended or gone', async ({ baseURL }) => {
  test.setTimeout(240_000)
  const base = baseURL ?? ''
  const [olu, ana, stef] = [await seatOf(base, 'olu'), await aNewcomer(base), await aNewcomer(base)]
  const vendor = `canary-${randomBytes(3).toString('hex')}`
  await done(olu, '/operate/vendors/new', { name: 'Canary & Co', slug: vendor, summary: 'Makes cages, and sells them.' })
  await done(olu, `/operate/vendors/${vendor}/staff`, { handle: stef.handle, role: 'support' })
  for (const [key, value] of Object.entries(FIELDS)) await done(ana.seat, `/me/vault/${key}`, { value })

  const give = async () => {
    await done(ana.seat, '/me/grants/new', { vendor, attributes: Object.keys(FIELDS), purpose: 'relationship', until: inAMonth() })
    const page = await ask(ana.seat, '/me/vault')
    return /\/me\/grants\/([\w-]{36})\/revocation/.exec(page.body)?.[1] ?? ''
  }
  let grant = await give()
  let record = ''
  await expect.poll(async () => (record = await recordOf(stef.seat, vendor, ana.handle).catch(() => ''))).not.toBe('')
  const places = () => everywhere({ vendor, record, grant, handle: ana.handle })
  const reads = async () => new Set((await toldTo(stef.seat, [`/relationships/${record}`])).map((line) => line.split(': ')[1]))
  const isDark = async (seat: Seat, why: string) => {
    await new Promise((resolve) => setTimeout(resolve, TWO_SECONDS))
    expect(await toldTo(seat, places(), true), why).toEqual([])
  }
  const { heard, line } = await listening(stef.seat, [`relationship:${record}`])

  expect(await reads(), 'while it is shared, everything is found').toEqual(new Set(Object.keys(FIELDS)))
  await done(ana.seat, `/me/grants/${grant}/revocation`, {})
  await isDark(stef.seat, 'revoked')

  grant = await give()
  expect(await reads()).toEqual(new Set(Object.keys(FIELDS)))
  await inDatabase(
    (sql) => sql`update grants set starts_at = now() - interval '3 days', ends_at = date_trunc('second', now()) where id = ${grant}`,
  )
  await isDark(stef.seat, 'run out')

  grant = await give()
  expect(await reads()).toEqual(new Set(Object.keys(FIELDS)))
  await done(olu, `/moderation/people/${stef.handle}`, {
    act: 'suspend',
    rule: 'advertising',
    facts: 'Sent the same advertisement to everybody.',
    why: 'Nobody had asked for it.',
    days: '7',
    seen: '',
  })
  await isDark(stef.seat, 'the reader is suspended')

  await done(olu, `/operate/vendors/${vendor}/staff/end`, { handle: stef.handle })
  await isDark(stef.seat, 'the reader has left the vendor')

  // It is still shared with that vendor; nobody else ever held it.
  const seats = await demoSeats(base)
  const world = await readWorld(seats)
  const samples = Object.values(addresses).flatMap((of) => of.map(({ at }) => at(world)))
  for (const role of ['visitor', 'dara', 'joost', 'bo', 'olu'] as const) {
    const elsewhere = [...places(), ...samples].filter((path) => !path.startsWith('/sign-out'))
    expect(await toldTo(seats[role], [...new Set(elsewhere)]), role).toEqual([])
  }
  line.close()
  expect(heard.filter((message) => Object.values(FIELDS).some((said) => message.includes(said)))).toEqual([])

  // Shared or not, it stands in the clear in no table: in no mail that went or waits, no event, no job, no index.
  expect(await inClear()).toEqual([])
  const log = readFileSync(join(process.env.PARLEY_JOURNEY_DATA ?? '', 'journeys.log'), 'utf8')
  expect(Object.entries(FIELDS).flatMap(([key, said]) => (log.includes(said) ? [key] : []))).toEqual([])

  await done(ana.seat, '/me/erasure', { posts: 'removed', when: 'now', handle: ana.handle })
  await expect.poll(async () => (await ask(olu, `/people/${ana.handle}`)).status, { timeout: 30_000 }).toBe(404)
  for (const seat of [olu, stef.seat, seats.visitor]) expect(await toldTo(seat, places(), true), 'erased').toEqual([])
})

/** Tables in which one of the values can be read as it is. */
async function inClear(): Promise<string[]> {
  const found: string[] = []
  await inDatabase(async (sql) => {
    const tables = await sql<{ name: string }[]>`select c.oid::regclass::text as name from pg_class c
      where c.relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition`
    const words = Object.values(FIELDS).map((said) => said.replaceAll('+', '\\+')).join('|') // prettier-ignore
    for (const { name } of tables)
      for (const { row } of await sql.unsafe<{ row: string }[]>(`select x::text as row from ${name} x where x::text ~* $1 limit 1`, [
        words,
      ]))
        found.push(`${name}: ${row.slice(0, 200)}`)
  })
  return found
}

/** The dates of a grant are moved where nobody but the owner of the tables could. */
async function inDatabase(work: (sql: postgres.Sql) => Promise<unknown>) {
  const database = await startEmbeddedPostgres({ dataDir: process.env.PARLEY_JOURNEY_DATA ?? '', fast: true })
  const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  await work(sql)
  await sql.end()
  await database.stop()
}
