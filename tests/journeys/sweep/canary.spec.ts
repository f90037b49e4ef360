import { randomBytes, randomInt } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type postgres from 'postgres'
import { io, type Socket } from 'socket.io-client'
import { addresses } from '../../support/addresses'
import {
  asData,
  everyAddressWith,
  aNewcomer,
  ask,
  atMost,
  demoSeats,
  done,
  readWorld,
  recordOf,
  screens,
  seatOf,
  send,
  type Seat,
} from './seats'
import { fetchExport, freshBackup, inDatabase, leftIn, logs, mailsAfterAll, makeExport, tablesSaying } from './traces'

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
/** What the field of their role said before it was put right. */
const EARLIER = token()
const WORDS: Record<string, string> = { ...FIELDS, 'role, before': EARLIER }
/** The part of each that nothing else says, in small letters and digits alone. */
const spoken = (said: string) => /kestrel[0-9a-f]+|\d+$/.exec(said)?.[0] ?? said
const SPOKEN = Object.values(WORDS).map(spoken)
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const TWO_SECONDS = 2000

type Scene = { vendor: string; record: string; grant: string; handle: string; taken: string }

/** Every address of the portal, with what this is about wherever an address takes something. */
function everywhere({ vendor, record, grant, handle, taken }: Scene): string[] {
  const named = ['answer', 'relationship', 'offer', 'research'].map((purpose) => `/relationships/${record}?purpose=${purpose}`)
  return [...everyAddressWith({ vendor, handle }, [record, grant], Object.values(FIELDS)), ...named, taken]
}

/**
 * What may not be here and is: the address, and what it says. Every address is asked for its data, of which its page is drawn; `drawn` says
 * which pages are asked for too. What is no page is always asked for as it is.
 */
async function toldTo(seat: Seat, places: string[], drawn: 'all' | 'shown' | 'none' = 'shown'): Promise<string[]> {
  const told: string[] = []
  const looksAt = (path: string, body: string) => {
    // What somebody typed into a search stands in its own box.
    const shown = path.includes('?q=') ? body.replaceAll(decodeURIComponent(path.split('?q=')[1] ?? ''), '') : body
    for (const [key, said] of Object.entries(WORDS)) if (shown.includes(said)) told.push(`${path}: ${key}`)
    // Nor is anybody found by it.
    if (path.includes('/people?q=') && /relationshipId|\/relationships\/[\w-]{36}/.test(body)) told.push(`${path}: found`)
  }
  await atMost(6, places, async (path) => {
    const data = await ask(seat, asData(path))
    looksAt(asData(path), data.body)
    const asPage = drawn === 'all' || (drawn === 'shown' && data.status === 200)
    if (asPage || files.test(path)) looksAt(path, (await ask(seat, path)).body)
  })
  return [...new Set(told)].sort()
}

/** Addresses that are no pages: what they answer is no data either. */
const files = new RegExp(
  `^(${screens
    .filter(({ page }) => !page)
    .map(
      ({ path }) =>
        `/${path
          .replaceAll('.', '\\.')
          .replace(/\/:\w+\?/g, '(/[^/]+)?')
          .replace(/:\w+/g, '[^/]+')}`,
    )
    .join('|')})(\\?|$)`,
)

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

test('what somebody shared is nowhere two seconds after it ended: revoked, run out, the reader suspended or gone, all of it erased', async ({
  baseURL,
}) => {
  test.setTimeout(240_000)
  const base = baseURL ?? ''
  const [olu, ana, stef, kim] = [await seatOf(base, 'olu'), await aNewcomer(base), await aNewcomer(base), await aNewcomer(base)]
  const vendor = `canary-${randomBytes(3).toString('hex')}`
  await done(olu, '/operate/vendors/new', { name: 'Canary & Co', slug: vendor, summary: 'Makes cages, and sells them.' })
  // The first owns the records, and is told what is owed.
  for (const { handle } of [kim, stef]) await done(olu, `/operate/vendors/${vendor}/staff`, { handle, role: 'support' })
  for (const [key, value] of Object.entries({ ...FIELDS, role: EARLIER })) await done(ana.seat, `/me/vault/${key}`, { value })

  const give = async () => {
    await done(ana.seat, '/me/grants/new', { vendor, attributes: Object.keys(FIELDS), purpose: 'relationship', until: inAMonth() })
    const page = await ask(ana.seat, '/me/vault')
    return /\/me\/grants\/([\w-]{36})\/revocation/.exec(page.body)?.[1] ?? ''
  }
  let grant = await give()
  await done(ana.seat, '/me/vault/role', { value: FIELDS.role ?? '' })
  let record = ''
  await expect.poll(async () => (record = await recordOf(stef.seat, vendor, ana.handle).catch(() => ''))).not.toBe('')
  const taken = await makeExport(ana.seat)
  const own = await fetchExport(ana.seat, taken)
  const spokenNow = Object.values(FIELDS).map(spoken)
  expect(leftIn(own, spokenNow).length, 'whose it is takes it along').toBeGreaterThanOrEqual(spokenNow.length)
  const places = () => everywhere({ vendor, record, grant, handle: ana.handle, taken })
  const readBy = async ({ seat }: { seat: Seat }) =>
    new Set((await toldTo(seat, [`/relationships/${record}`])).map((line) => line.split(': ')[1]))
  const isDark = async (seat: Seat, why: string, drawn: 'all' | 'shown' | 'none') => {
    await new Promise((resolve) => setTimeout(resolve, TWO_SECONDS))
    expect(await toldTo(seat, places(), drawn), why).toEqual([])
  }
  const everything = new Set(Object.keys(FIELDS))
  const { heard, line } = await listening(stef.seat, [`relationship:${record}`])

  await test.step('while it is shared, everything is found on the record', async () => {
    expect(await readBy(stef)).toEqual(everything)
    expect(await readBy(kim)).toEqual(everything)
  })
  const takenMeanwhile = await makeExport(stef.seat)

  await test.step('what fails meanwhile is logged without it', async () => {
    const locked = (wrapped: string) =>
      inDatabase((sql) => sql`update person_keys set wrapped = ${sql.unsafe(wrapped)} where person_id = (${idOf(sql, ana.handle)})`)
    await locked(`'not-' || wrapped`)
    expect((await ask(stef.seat, `/relationships/${record}`)).status).toBe(500)
    expect((await send(ana.seat, '/me/vault/location', { value: FIELDS.location ?? '' })).status).toBe(500)
    await locked('substr(wrapped, 5)')
    expect(await readBy(stef)).toEqual(everything)
    expect(
      logs()
        .map(([, text]) => text)
        .join(),
      'the log',
    ).toContain(`/relationships/${record}`)
  })

  await test.step('revoked', async () => {
    await done(ana.seat, `/me/grants/${grant}/revocation`, {})
    await isDark(stef.seat, 'revoked', 'all')
    expect(leftIn(await fetchExport(stef.seat, takenMeanwhile), SPOKEN), 'what was taken along before').toEqual([])
    expect(leftIn(await mailsAfterAll(kim.handle), SPOKEN), 'mails').toEqual([])
  })

  await test.step('run out', async () => {
    grant = await give()
    expect(await readBy(stef)).toEqual(everything)
    await inDatabase(
      (sql) => sql`update grants set starts_at = now() - interval '3 days', ends_at = date_trunc('second', now()) where id = ${grant}`,
    )
    await isDark(stef.seat, 'run out', 'none')
  })

  await test.step('the reader is suspended, and then gone', async () => {
    grant = await give()
    expect(await readBy(stef)).toEqual(everything)
    await done(olu, `/moderation/people/${stef.handle}`, {
      act: 'suspend',
      rule: 'advertising',
      facts: 'Sent the same advertisement to everybody.',
      why: 'Nobody had asked for it.',
      days: '7',
      seen: '',
    })
    await isDark(stef.seat, 'the reader is suspended', 'none')

    await done(olu, `/operate/vendors/${vendor}/staff/end`, { handle: stef.handle })
    await isDark(stef.seat, 'the reader has left the vendor', 'none')
    expect(leftIn(await fetchExport(stef.seat, await makeExport(stef.seat)), SPOKEN), 'what they take along').toEqual([])
  })

  const seats = await demoSeats(base)
  await test.step('it is still shared with that vendor; nobody else ever held it', async () => {
    const world = await readWorld(seats)
    const samples = Object.values(addresses).flatMap((of) => of.map(({ at }) => at(world)))
    const elsewhere = [...new Set(samples)].filter((path) => !path.startsWith('/sign-out'))
    for (const role of ['visitor', 'dara', 'joost', 'bo', 'olu'] as const)
      expect(await toldTo(seats[role], places(), role === 'visitor' ? 'shown' : 'none'), role).toEqual([])
    // Lists that go over everybody and everything: as nobody, as who serves another vendor, and as who keeps the portal.
    for (const role of ['visitor', 'dara', 'olu'] as const) expect(await toldTo(seats[role], elsewhere, 'none'), role).toEqual([])
  })

  await test.step('erased', async () => {
    expect(await readBy(kim)).toEqual(everything)
    expect(await tablesSaying(SPOKEN), 'shared or not, it stands in the clear in no table').toEqual([])
    const [{ id } = { id: '' }] = await inDatabase((sql) => sql<{ id: string }[]>`select x.id from (${idOf(sql, ana.handle)}) x(id)`)
    await done(ana.seat, '/me/erasure', { posts: 'nameless', credit: '', when: 'now', handle: ana.handle })
    await expect.poll(async () => (await ask(seats.visitor, `/people/${ana.handle}`)).status).toBe(404)
    await isDark(kim.seat, 'erased', 'shown')
    for (const seat of [seats.visitor, seats.olu]) expect(await toldTo(seat, places(), 'none'), 'erased').toEqual([])
    expect(await toldTo(ana.seat, ['/me/vault', '/me/vault/role', '/me/export', taken], 'all'), 'erased').toEqual([])
    const backup = await freshBackup()
    const rowsOf = (table: string) => new Map(backup).get(`tables/public.${table}.copy`)
    expect(rowsOf('vendors'), 'what is in a backup').toContain(vendor)
    expect(leftIn(backup, SPOKEN), 'a fresh backup').toEqual([])
    for (const table of ['vault_attributes', 'vault_history', 'person_keys']) expect(rowsOf(table), table).not.toContain(id)
    expect(leftIn(await fetchExport(kim.seat, await makeExport(kim.seat)), SPOKEN), 'what they take along').toEqual([])
    expect(leftIn(await mailsAfterAll(kim.handle), SPOKEN), 'mails').toEqual([])
  })

  line.close()
  expect(leftIn([['socket', heard.join()]], SPOKEN)).toEqual([])
  expect(leftIn(logs(), SPOKEN), 'what the server said all along').toEqual([])
})

const idOf = (sql: postgres.Sql, handle: string) => sql`select person_id from handles where handle = ${handle}`
