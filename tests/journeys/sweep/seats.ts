import { randomBytes, randomInt } from 'node:crypto'
import { expect } from '@playwright/test'
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import routes from '~/app/routes'
import { DEMO_PASSWORD } from '~/db/seed/world'
import { ROLES, type DemoRole, type Place, type Role, type World } from '../../support/addresses'

export type Told = { status: number; location: string; body: string }
export type Seat = { cookie: string; base: string }
export type Seats = Record<Role, Seat>
export type DemoSeats = Record<DemoRole, Seat>

export const NOBODY = '01900000-0000-7000-8000-000000000000'

/** One question to the portal, as a browser asks it, without following where it leads. */
export async function ask(seat: Seat, path: string): Promise<Told> {
  return told(await fetch(seat.base + path, { redirect: 'manual', headers: { cookie: seat.cookie } }))
}

export type Sent = Record<string, string | string[]> | string

/** Nobody posts as often as this from one network. */
export const someNetwork = () => ({ 'x-forwarded-for': `198.19.${randomInt(256)}.${randomInt(256)}` })

/** A form, sent from one of the portal's own pages unless another origin is named; null is none. A string is sent byte for byte. */
export async function send(seat: Seat, path: string, fields: Sent, origin: string | null = seat.base): Promise<Told> {
  const body =
    typeof fields === 'string'
      ? fields
      : new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))).toString()
  const sent = { cookie: seat.cookie, 'content-type': 'application/x-www-form-urlencoded', ...someNetwork() }
  const headers = { ...sent, ...(origin === null ? {} : { origin }) }
  return told(await fetch(seat.base + path, { method: 'POST', redirect: 'manual', headers, body }))
}

async function told(answer: Response): Promise<Told> {
  return { status: answer.status, location: answer.headers.get('location') ?? '', body: await answer.text() }
}

/** Every screen of app/routes.ts: its pattern, Remix's name for it, and whether it takes a form. */
export const screens = routes.map(({ path = '', file }) => {
  const source = readFileSync(new URL(`../../../app/${file}`, import.meta.url), 'utf8')
  return {
    path,
    id: file.replace(/\.tsx?$/, ''),
    acts: /^export (const|async function|function) action\b/m.test(source),
    page: /^export default\b/m.test(source),
  }
})

/** The request that a browser makes which has the portal open already. */
export function asData(path: string): string {
  const [address = '', query] = path.split('?')
  return `${address === '/' ? '/_root' : address}.data${query ? `?${query}` : ''}`
}

/** Every address of the portal, with each of these ids wherever one takes something; and what people and companies may be searched for. */
export function everyAddressWith({ vendor, handle }: { vendor: string; handle: string }, ids: string[], words: string[]): string[] {
  const named: Record<string, string> = { handle, key: 'role', kind: 'person' }
  const filled = (path: string, id: string) =>
    `/${path.replace(/:(\w+)\??/g, (_, name: string) => (/^(slug|vendor)$/.test(name) ? (path.startsWith('c/') ? 'tern-mail' : vendor) : (named[name] ?? id)))}`
  const searched = words
    .map(encodeURIComponent)
    .flatMap((said) => [
      `/search?q=${said}`,
      `/search/quick?q=${said}`,
      `/vendors/${vendor}/people?q=${said}`,
      `/vendors/${vendor}/accounts?q=${said}`,
    ])
  return [...new Set([...screens.flatMap(({ path }) => ids.map((id) => filled(path, id))), ...searched])].filter(
    (path) => !/^\/(sign-out|dev\/sign)/.test(path),
  )
}

export async function atMost<T>(many: number, items: T[], each: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: many }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await each(next)
    }),
  )
}

export async function seatOf(base: string, handle: string): Promise<Seat> {
  return { base, cookie: cookieOf(await signedIn(base, '/dev/sign-in-as', { handle })) }
}

async function signedIn(base: string, path: string, fields: Record<string, string>) {
  const answer = await fetch(base + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: base },
    body: new URLSearchParams(fields),
  })
  expect(
    answer.status,
    `${path} as ${Object.values(fields)[0] ?? ''}: ${answer.status === 302 ? '' : (await answer.text()).replace(/<[^>]+>/g, ' ').slice(0, 400)}`,
  ).toBe(302)
  return answer
}

const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Those of the demo world whom one may sit down as. */
export async function demoSeats(base: string): Promise<DemoSeats> {
  const named = ROLES.filter((role) => !['visitor', 'unconfirmed', 'suspended'].includes(role))
  const taken = await Promise.all(named.map(async (role) => [role, await seatOf(base, role)] as const))
  return { visitor: { base, cookie: '' }, ...Object.fromEntries(taken) } as DemoSeats
}

/** All nine: two more sign up through the form, and Olu suspends one of them. */
export async function allSeats(base: string): Promise<{ seats: Seats; newcomer: string; suspended: string }> {
  const seats = await demoSeats(base)
  const [newcomer, suspended] = [someHandle(), someHandle()]
  const [unconfirmed, sent] = await Promise.all([signUp(base, newcomer), signUp(base, suspended)])
  const { status } = await send(sent, linkTo(await ask(seats.visitor, '/dev/mailbox'), `${suspended}@people.example`, 'confirm-email'), {})
  expect(status).toBe(302)
  const decided = await send(seats.olu, `/moderation/people/${suspended}`, {
    act: 'suspend',
    rule: 'advertising',
    facts: 'Sent the same advertisement to everybody.',
    why: 'Nobody had asked for it.',
    days: '7',
    seen: '',
  })
  expect(decided.status, wordsOf(decided.body).slice(0, 400)).toBe(302)
  return { seats: { ...seats, unconfirmed, suspended: sent }, newcomer, suspended }
}

const someHandle = () => `new-${randomBytes(4).toString('hex')}`

/** Somebody who comes today, by way of the form and the mail. */
export async function aNewcomer(base: string): Promise<{ seat: Seat; handle: string }> {
  const handle = someHandle()
  const seat = await signUp(base, handle)
  const visitor = { base, cookie: '' }
  await done(seat, linkTo(await ask(visitor, '/dev/mailbox'), `${handle}@people.example`, 'confirm-email'), {})
  return { seat, handle }
}

async function signUp(base: string, handle: string): Promise<Seat> {
  return {
    base,
    cookie: cookieOf(
      await signedIn(base, '/sign-up', { email: `${handle}@people.example`, handle, displayName: '', password: DEMO_PASSWORD }),
    ),
  }
}

/** The newest link of a kind that was mailed to somebody. */
function linkTo(mailbox: Told, address: string, kind: string): string {
  const mail = mailbox.body.split('<section').find((section) => section.includes(address) && section.includes(`/${kind}/`)) ?? ''
  return found(mail, new RegExp(`/${kind}/[\\w-]+`), `a mail to ${address}`)
}

/** The record of exactly this handle: others of the same name may have come meanwhile. */
export async function recordOf(seat: Seat, vendor: string, handle: string): Promise<string> {
  const { body } = await ask(seat, `/vendors/${vendor}/people?q=${handle}`)
  const records = [...new Set([...body.matchAll(/\/relationships\/([\w-]{36})/g)].map((match) => match[1] ?? ''))]
  const theirs = await Promise.all(
    records.map(async (record) => ((await ask(seat, `/relationships/${record}`)).body.includes(`@<!-- -->${handle}</span>`) ? record : '')),
  )
  return found(theirs.join(''), /[\w-]{36}/, `a record of ${handle}`)
}

/** What can be found of the world by reading its pages. */
export async function readWorld(seats: DemoSeats): Promise<World> {
  const { visitor, amina, dara, bo } = seats
  const hrefs = async (seat: Seat, path: string, link: RegExp) => found((await ask(seat, path)).body, link, `${path} has ${link.source}`)
  const imported = async () => {
    const thread = await hrefs(visitor, '/c/thunderbird', /\/c\/thunderbird\/\d+/)
    return hrefs(visitor, thread, /\/imported\/([\w-]{36})/)
  }
  const [
    open,
    request,
    invited,
    idea,
    ofJun,
    unreplied,
    grant,
    record,
    account,
    contact,
    field,
    term,
    system,
    opportunity,
    handOff,
    brought,
    stage,
    queue,
    recommendations,
    notice,
    author,
  ] = await Promise.all([
    place(visitor, 'tern-mail', /deleted-messages/),
    place(amina, 'moving-a-small-office', /what-did-you-forget/),
    place(bo, 'tern-mail-testers', /filter-export/),
    hrefs(visitor, '/c/tern-mail/ideas?view=new', /\/c\/tern-mail\/(\d+)\/move-a-whole/),
    hrefs(visitor, '/people/jun', /\/recommendations\/([\w-]{36})/),
    hrefs(visitor, '/people/priya', /\/recommendations\/([\w-]{36})/),
    hrefs(amina, '/me/vault', /\/me\/grants\/([\w-]{36})\/revocation/),
    recordOf(dara, 'tern-works', 'amina'),
    hrefs(dara, '/vendors/tern-works/accounts?q=norrhavn+shipping', /\/accounts\/([\w-]{36})/),
    hrefs(dara, '/vendors/tern-works/contacts?q=signe.lindqvist', /\/contacts\/([\w-]{36})/),
    hrefs(dara, '/vendors/tern-works/fields', /\/fields\/([\w-]{36})/),
    hrefs(dara, '/vendors/tern-works/glossary', /\/glossary\/([\w-]{36})/),
    hrefs(dara, '/vendors/tern-works/register', /\/register\/([\w-]{36})\/edit/),
    hrefs(dara, '/vendors/tern-works/opportunities', /\/opportunities\/([\w-]{36})/),
    hrefs(dara, '/vendors/tern-works/hand-offs', /\/hand-offs\/([\w-]{36})/),
    hrefs(dara, '/vendors/tern-works/imports', /\/imports\/([\w-]{36})/),
    hrefs(dara, '/vendors/tern-works/stages', /\/stages\/([\w-]{36})/),
    hrefs(bo, '/c/tern-mail/moderation', /post(?::|%3A|\/)([\w-]{36})/),
    hrefs(visitor, '/people/mateo', /\/recommendations\/([\w-]{36})/),
    hrefs(amina, '/me/notifications', /\/me\/notifications\/([\w-]{36})/),
    imported(),
  ])
  const nothingYet = {
    suggestion: '',
    peerRequest: 0,
    reference: '',
    case: '',
    file: '',
    invitedFile: '',
    task: '',
    contest: '',
    decision: '',
    ofJoost: '',
    appeal: '',
    waitingRequest: '',
    invitation: '',
    suspended: 'lena',
    confirmation: '',
    reset: '',
  }
  return {
    open,
    request,
    invited,
    idea: Number(idea),
    ofJun,
    unreplied,
    grant,
    record,
    account,
    contact,
    kept: found((await ask(seats.jun, '/me/kept')).body, /\/me\/kept\/([\w-]{36})\/corrections/, 'what is kept of Jun'),
    pair: found((await ask(dara, '/vendors/tern-works/duplicates')).body, /\/duplicates\/([\w-]{36})/, 'two that may be one'),
    contactKey: found((await ask(dara, `/vendors/tern-works/contacts/${contact}`)).body, /\/keys\/([\w-]{36})\/removal/, 'an address'),
    work: found((await ask(dara, `/vendors/tern-works/contacts/${contact}`)).body, /\/work\/([\w-]{36})\/end/, 'where they work'),
    accountTask: found((await ask(dara, `/accounts/${account}`)).body, /\/tasks\/([\w-]{36})\/done/, 'something to do for a company'),
    part: found((await ask(dara, `/accounts/${account}`)).body, /\/parts\/([\w-]{36})\/end/, 'who decides there'),
    field,
    term,
    system,
    opportunity,
    handOff,
    import: brought,
    handedOver: found(
      (await ask(dara, '/vendors/tern-works/hand-offs')).body,
      /\/hand-offs\/([\w-]{36})"[^>]*><bdi[^>]*>Brandt/,
      'what Dara hands over',
    ),
    step: found((await ask(amina, `/me/plans/${opportunity}`)).body, /\/steps\/([\w-]{36})/, 'a step of theirs'),
    stage,
    place: found((await ask(dara, `/accounts/${account}`)).body, /\/places\/([\w-]{36})\/end/, 'a company above it'),
    notice,
    imported: author,
    flaggedPost: queue,
    flaggedRecommendation: recommendations,
    ...nothingYet,
  }
}

async function place(seat: Seat, slug: string, title: RegExp): Promise<Place> {
  const room = await ask(seat, `/c/${slug}`)
  const number = Number(found(room.body, new RegExp(`/c/${slug}/(\\d+)/${title.source}`), `${slug} has ${title.source}`))
  const page = await ask(seat, `/c/${slug}/${number}`)
  const posts = [...new Set([...page.body.matchAll(/id="post-([\w-]{36})"/g)].map((match) => match[1] ?? ''))]
  return { number, opening: posts[0] ?? '', answer: posts[1] ?? posts[0] ?? '' }
}

const HELD_AT_MOST_MS = 150_000

/** One at a time, whichever worker: who furnishes the world, and who looks whether anything in it changes. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const lock = join(process.env.PARLEY_JOURNEY_DATA ?? '', 'furnishing')
  const held = () => Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < HELD_AT_MOST_MS
  for (;;)
    try {
      mkdirSync(lock)
      break
    } catch {
      // Whoever was stopped in the middle gives it back no more.
      if (!held()) rmSync(lock, { recursive: true, force: true })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** The world with one of everything that has an address: a task, a contest, a request, an invitation, a decision, a link by mail. */
export const furnishedWorld = (base: string): Promise<{ seats: DemoSeats; world: World }> => alone(() => furnish(base))

async function furnish(base: string): Promise<{ seats: DemoSeats; world: World }> {
  const seats = await demoSeats(base)
  const world = await readWorld(seats)
  const { amina, dara, bo, visitor } = seats
  const guest = `${someHandle()}@people.example`
  // Links by mail are counted: not always the same person. Mateo is not among them: his address is one that no page may show.
  const forgetful = `${['henk', 'lena', 'noor', 'tomas', 'ravi', 'ilse'][Date.now() % 6] ?? 'henk'}@demo.example`
  const due = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  await done(dara, `/relationships/${world.record}/tasks`, { what: 'Ask whether the fix holds', owner: 'dara', due })
  await done(amina, '/me/relationships/tern-works/contests', { about: 'What we use', body: 'We use Tern Mail on Linux only.' })
  await done(await seatOf(base, 'henk'), '/c/moving-a-small-office/membership', { answer: 'Nine of us, away from a server in a cupboard.' })
  await done(bo, '/c/tern-mail-testers/invitations', { email: guest })
  // Each rule once: where it is disputed already, it stays so.
  await send(dara, `/recommendations/${world.ofJun}/dispute`, { rule: 'false', body: 'We know of no workspace that she could have used.' })
  await showEvidence(seats.jun, world.ofJun)
  await done(visitor, '/forgot-password', { email: forgetful })
  const [record, requests, mailbox] = await Promise.all([
    ask(dara, `/relationships/${world.record}`),
    ask(bo, '/c/moving-a-small-office/requests'),
    ask(visitor, '/dev/mailbox'),
  ])
  const furniture = {
    task: found(record.body, /\/tasks\/([\w-]{36})\/done/, 'a task'),
    contest: found(record.body, /\/contests\/([\w-]{36})/, 'a contest'),
    waitingRequest: found(requests.body, /\/requests\/([\w-]{36})/, 'a request'),
    decision: await aDecision(seats),
    suggestion: await aSuggestion(seats, world),
    peerRequest: await aRequest(seats),
    reference: await aReference(seats, world),
    case: await aCase(seats, world),
    file: await aFile(seats.joost, 'halyard-hosting'),
    ...(await anAppeal(seats)),
    invitedFile: await aFile(dara, 'tern-mail-testers'),
    invitation: linkTo(mailbox, guest, 'invitations').split('/')[2] ?? '',
    reset: linkTo(mailbox, forgetful, 'reset-password').split('/')[2] ?? '',
  }
  return { seats, world: { ...world, ...furniture } }
}

/** The same, with two who came today. */
export async function stageWorld(base: string): Promise<{ seats: Seats; world: World }> {
  const { seats, newcomer, suspended } = await allSeats(base)
  const { world } = await furnishedWorld(base)
  const mailbox = await ask(seats.visitor, '/dev/mailbox')
  return {
    seats,
    world: { ...world, suspended, confirmation: linkTo(mailbox, `${newcomer}@people.example`, 'confirm-email').split('/')[2] ?? '' },
  }
}

/** The newest of the public log; where nothing was ever decided, Olu suspends Lena from a room and lets her in again. */
async function aDecision({ visitor, olu }: DemoSeats): Promise<string> {
  const newest = async () => /\/moderation\/log\/([\w-]{36})/.exec((await ask(visitor, '/moderation/log')).body)?.[1]
  const there = await newest()
  if (there) return there
  const form = '/moderation/people/lena?community=halyard-hosting'
  await done(olu, form, {
    act: 'suspend',
    rule: 'off-topic',
    facts: 'Asked about bookbinding, seven times.',
    why: 'The room is about hosting.',
    days: '1',
    seen: '',
  })
  const first = (await newest()) ?? ''
  await done(olu, form, { act: 'unsuspend', rule: 'none', facts: 'It was six times, and a misunderstanding.', seen: first })
  return first
}

/** Two answers of Joost that Bo hides; Joost appeals about one. */
async function anAppeal({ visitor, joost, bo, olu }: DemoSeats): Promise<{ ofJoost: string; appeal: string }> {
  const thread = found((await ask(visitor, '/c/halyard-hosting')).body, /\/c\/halyard-hosting\/\d+[\w-/]*/, 'a thread')
  const hidden = async () => {
    const answered = await send(joost, thread, { body: `We have much hosting, and you have little (${someHandle()}).` })
    const post = found(answered.location, /post-([\w-]{36})/, `the answer: ${wordsOf(answered.body).slice(0, 300)}`)
    const because = { rule: 'advertising', facts: 'It offers hosting and answers nothing.', why: 'An offer is no answer.', seen: '' }
    await done(bo, `/moderation/post/${post}`, { act: 'hide', ...because })
    return found((await ask(bo, `/moderation/post/${post}`)).body, /\/moderation\/log\/([\w-]{36})/, 'a decision')
  }
  const [ofJoost, contested] = [await hidden(), await hidden()]
  await done(joost, `/moderation/log/${contested}/appeal`, { body: 'It was an answer: they asked what to buy.' })
  return { ofJoost, appeal: found((await ask(olu, '/c/halyard-hosting/moderation')).body, /\/appeals\/([\w-]{36})/, 'an appeal') }
}

/** Jun would put Amina's question otherwise. */
async function aSuggestion({ jun }: DemoSeats, { open }: World): Promise<string> {
  const { location, body } = await send(jun, `/posts/${open.opening}/suggestion`, {
    title: 'Deleted messages come back each time I compact a folder',
    body: `Deleted messages come back, marked as read, after each compaction (${someHandle()}).`,
    reason: 'Shorter, so that others find it',
  })
  expect(location, wordsOf(body).slice(0, 600)).toMatch(/\/suggestions\//)
  return location.split('/').at(-1) ?? ''
}

/** Amina asks Jun to be a reference, unless she has. */
async function aReference({ amina }: DemoSeats, { ofJun }: World): Promise<string> {
  const words = 'We are about to decide. Have you half an hour for us?'
  await send(amina, `/recommendations/${ofJun}/reference`, { words, contact: 'Amina, in the mornings' })
  return found((await ask(amina, '/me/references')).body, /\/references\/([\w-]{36})\/withdrawal/, 'a request for a reference')
}

/** Jun asks peers whom they would use. */
async function aRequest({ jun }: DemoSeats): Promise<number> {
  const { location, body } = await send(jun, '/c/self-hosted-mail/ask-peers', {
    title: `Whom would you use for backups of mail? (${someHandle()})`,
    body: 'Forty mailboxes, and nobody who looks after them at night.',
  })
  return Number(found(location, /\/c\/self-hosted-mail\/(\d+)/, `a request: ${wordsOf(body).slice(0, 600)}`))
}

/** Dara would like to see something of Amina’s question that is not for everybody, and Amina takes it up. */
async function aCase({ amina, dara }: DemoSeats, { open }: World): Promise<string> {
  const { location, body } = await send(dara, `/threads/${open.number}/case`, { body: `May I see the log? (${someHandle()})` })
  expect(location, wordsOf(body).slice(0, 600)).toMatch(/^\/cases\//)
  await done(amina, location, { body: `Here it is. (${someHandle()})` })
  return location.split('/').at(-1) ?? ''
}

/** Asked with a log beside it. */
async function aFile(seat: Seat, room: string): Promise<string> {
  const form = new FormData()
  form.append('title', `A log of what happened (${someHandle()})`)
  form.append('body', 'The log says more than I can.')
  form.append('attach', new Blob(['12:00 it began']), 'what-happened.log')
  const headers = { cookie: seat.cookie, origin: seat.base }
  const sent = await fetch(`${seat.base}/c/${room}/ask`, { method: 'POST', redirect: 'manual', headers, body: form })
  const where = sent.headers.get('location') ?? ''
  expect(where, wordsOf(await sent.text()).slice(0, 600)).toMatch(/^\/c\//)
  return found((await ask(seat, where)).body, /\/files\/([\w-]{36})/, 'a file')
}

/** What Jun shows for her recommendation, while nobody has looked at it. */
async function showEvidence(seat: Seat, recommendation: string): Promise<void> {
  const form = new FormData()
  form.append('level', 'document')
  form.append('attach', new Blob(['%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n']), 'invoice.pdf')
  const headers = { cookie: seat.cookie, origin: seat.base }
  const sent = await fetch(`${seat.base}/recommendations/${recommendation}/evidence`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: form,
  })
  // Three files at most: where enough are shown already, it waits as it was.
  expect([302, 422], wordsOf(await sent.text()).slice(0, 600)).toContain(sent.status)
}

export async function done(seat: Seat, path: string, fields: Sent) {
  const { status, body } = await send(seat, path, fields)
  expect(status, `${path}: ${wordsOf(body).slice(0, 600)}`).toBeLessThan(400)
}

function found(body: string, link: RegExp, what: string): string {
  const match = link.exec(body)
  expect(match, what).not.toBeNull()
  return match?.[1] ?? match?.[0] ?? ''
}

/** What a page says in its main part, without its marks. */
export function wordsOf(html: string): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html
  return main
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
