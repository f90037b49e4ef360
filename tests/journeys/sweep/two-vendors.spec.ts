import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { io } from 'socket.io-client'
import { paths } from '~/app/paths'
import { aNewcomer, asData, everyAddressWith, ask, atMost, done, recordOf, seatOf, send, type Seat } from './seats'
import { fetchExport, inDatabase, leftIn, makeExport } from './traces'

// What one vendor's staff write down says something that nothing else says. Whatever the staff of another can fetch is searched for it.

const word = () => `heron${randomBytes(6).toString('hex')}`
const SAID = {
  note: word(),
  task: word(),
  meeting: word(),
  company: word(),
  segment: word(),
  constraints: word(),
  field: word(),
  contest: word(),
  person: word(),
  address: word(),
  ownField: word(),
  value: word(),
  meaning: word(),
  stage: word(),
  bought: word(),
}
const WORDS = Object.values(SAID)
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

async function aHouse(olu: Seat, base: string, name: string) {
  const slug = `${name.toLowerCase()}-${randomBytes(3).toString('hex')}`
  const staff = await aNewcomer(base)
  await done(olu, '/operate/vendors/new', { name, slug, summary: 'Makes nests, and sells them.' })
  await done(olu, `/operate/vendors/${slug}/staff`, { handle: staff.handle, role: 'support' })
  return { slug, ...staff }
}

/** Everything that the one writes down about Ana, and what Ana lets it read and tells it. */
async function aRecordFull(house: Awaited<ReturnType<typeof aHouse>>, ana: { seat: Seat; handle: string }) {
  await done(ana.seat, '/me/vault/organisation', { value: SAID.field })
  await done(ana.seat, '/me/grants/new', { vendor: house.slug, attributes: ['organisation'], purpose: 'relationship', until: inAMonth() })
  const grant = /\/me\/grants\/([\w-]{36})\/revocation/.exec((await ask(ana.seat, '/me/vault')).body)?.[1] ?? ''
  let record = ''
  await expect.poll(async () => (record = await recordOf(house.seat, house.slug, ana.handle).catch(() => ''))).not.toBe('')
  await done(house.seat, paths.addNote(record), { body: `About ${SAID.note}.` })
  await done(house.seat, paths.addTask(record), { what: `Send ${SAID.task}`, owner: house.handle, due: inAMonth() })
  await done(house.seat, paths.logMeeting(record), { outcome: `She wants ${SAID.meeting}.` })
  await done(ana.seat, paths.contest(house.slug), { about: `Not ${SAID.contest}`, body: 'That was never so.' })
  const made = await send(house.seat, paths.newAccount(house.slug), {
    ...{ name: SAID.company, segment: SAID.segment, constraints: SAID.constraints, owner: house.handle, urgency: 'none', country: '' },
  })
  expect(made.status, made.body.slice(0, 300)).toBe(302)
  const account = idIn(made.location)
  const kept = await send(house.seat, paths.newContact(house.slug), {
    ...{ name: SAID.person, email: `${SAID.address}@nests.example`, country: '', cameFrom: 'event', basis: 'contract' },
  })
  const defined = await send(house.seat, paths.newField(house.slug), {
    ...{
      name: SAID.ownField,
      group: 'Nests',
      owner: house.handle,
      decision: 'Which nest we offer them next.',
      choices: '',
      sources: ['staff'],
    },
    ...{ object: 'account', kind: 'text', class: 'business' },
  })
  const [contact, ownField] = [idIn(kept.location), idIn(defined.location)]
  await done(house.seat, paths.fieldValue(ownField, 'account', account), { value: SAID.value })
  await done(house.seat, paths.glossary(house.slug), { term: 'Nest', sentence: `Where somebody lives who wants ${SAID.meaning}.` })
  await done(house.seat, paths.buying(house.slug), { turn: 'on', reason: 'Two of us sell nests, and lose sight of each other.' })
  await done(house.seat, paths.stages(house.slug), { motion: 'new', sentence: `They have measured ${SAID.stage}.` })
  const opened = await send(house.seat, paths.openOpportunity(account), {
    ...{ name: SAID.bought, motion: 'new', amount: '10', currency: 'EUR', expected: inAMonth() },
  })
  return { record, grant, account, contact, ownField, opportunity: idIn(opened.location) }
}

/** The last id of an address that a form leads to. */
const idIn = (address: string) => address.match(/[\w-]{36}/g)?.at(-1) ?? ''

test('as staff of one vendor, nothing of another vendor is had: by page, data, search, export, socket or SQL', async ({ baseURL }) => {
  test.setTimeout(200_000)
  const base = baseURL ?? ''
  const olu = await seatOf(base, 'olu')
  const [ours, theirs] = [await aHouse(olu, base, 'Nest'), await aHouse(olu, base, 'Perch')]
  const ana = await aNewcomer(base)
  // Who is named first owns what nobody owns, and may turn opportunities on.
  const { record, grant, account, contact, ownField, opportunity } = await aRecordFull(theirs, ana)
  // She deals with both: that she does is all that they have in common.
  await done(ana.seat, '/me/vault/role', { value: 'Keeper' })
  await done(ana.seat, '/me/grants/new', { vendor: ours.slug, attributes: ['role'], purpose: 'answer', until: inAMonth() })

  const places = everyAddressWith({ vendor: theirs.slug, handle: ana.handle }, [record, grant, account], WORDS)
  const mine = everyAddressWith({ vendor: ours.slug, handle: ana.handle }, [record, account], WORDS)
  const deeper = everyAddressWith({ vendor: theirs.slug, handle: ana.handle }, [contact, ownField, opportunity], []).filter((path) =>
    /\/(contacts|fields|opportunities|steps|plans|kept|duplicates|merges|glossary|register)\/.*[\w-]{36}/.test(path),
  )
  await test.step('its own staff find all of it', async () => {
    const own = [
      ...[paths.relationship(record), paths.accountPage(account), paths.accounts(theirs.slug), paths.contactPage(theirs.slug, contact)],
      ...[paths.glossary(theirs.slug), paths.opportunity(opportunity)],
    ]
    expect(new Set((await toldTo(theirs.seat, own)).map((line) => line.split(': ')[1]))).toEqual(new Set(Object.keys(SAID)))
  })

  await test.step('the other’s find nothing, at any address, as a page or as data', async () => {
    expect(await toldTo(ours.seat, [...new Set([...places, ...mine, ...deeper])])).toEqual([])
    expect((await ask(ours.seat, paths.relationship(record))).status).toBe(404)
    for (const path of [
      paths.accountPage(account),
      paths.contactPage(theirs.slug, contact),
      paths.field(ownField),
      paths.opportunity(opportunity),
    ])
      expect((await ask(ours.seat, path)).status, path).toBe(404)
  })

  await test.step('nor by what they take along, nor in a live room', async () => {
    expect(leftIn(await fetchExport(ours.seat, await makeExport(ours.seat)), WORDS)).toEqual([])
    const line = io(base, {
      path: '/live',
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { origin: base, cookie: ours.seat.cookie },
    })
    const heard: string[] = []
    line.onAny((...message: unknown[]) => heard.push(JSON.stringify(message)))
    await new Promise((resolve, reject) => line.once('connect', () => resolve(undefined)).once('connect_error', reject))
    for (const room of [`relationship:${record}`]) {
      const answer: unknown = await line.timeout(5000).emitWithAck('enter', { room, since: null, ago: 0 })
      expect(JSON.stringify(answer)).not.toMatch(/"ok":true|"seq":[1-9]/)
    }
    await done(theirs.seat, paths.addNote(record), { body: `Once more ${SAID.note}.` })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    line.close()
    expect(heard.filter((message) => message.includes(record) || WORDS.some((said) => message.includes(said)))).toEqual([])
  })

  await test.step('nor by SQL under the role of the application, as that person', async () => {
    const [person] = await inDatabase((sql) => sql<{ id: string }[]>`select person_id as id from handles where handle = ${ours.handle}`)
    const found = await inDatabase(
      (sql) =>
        sql.begin(async (tx) => {
          const tables = await tx<{ name: string }[]>`select c.oid::regclass::text as name from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and has_table_privilege(c.oid, 'select')`
          expect(tables.length).toBeGreaterThan(100)
          await tx`select set_config('parley.person_id', ${person?.id ?? ''}, true), set_config('parley.purpose', 'answer,relationship,offer,research', true)`
          const rows: string[] = []
          for (const { name } of tables) {
            const sought = `select x::text as row from ${name} x where x::text ~* $1 limit 1`
            for (const { row } of await tx.unsafe<{ row: string }[]>(sought, [WORDS.join('|')])) rows.push(`${name}: ${row.slice(0, 200)}`)
          }
          return rows
        }),
      'appUrl',
    )
    expect(found).toEqual([])
  })
})

async function toldTo(seat: Seat, where: string[]): Promise<string[]> {
  const told: string[] = []
  await atMost(6, where, async (path) => {
    const [, query] = path.split('?')
    for (const asked of [path, asData(path)]) {
      const { body } = await ask(seat, asked)
      const shown = query?.startsWith('q=') ? body.replaceAll(query.slice(2), '') : body
      for (const [what, said] of Object.entries(SAID)) if (shown.includes(said)) told.push(`${asked}: ${what}`)
    }
  })
  return told.sort()
}
