import { expect, test } from '@playwright/test'
import { addresses, expectedOf, ROLES, type Answer, type Role, type World } from '../../support/addresses'
import { forms, rightly } from './forms'
import { alone, asData, ask, atMost, screens, send, stageWorld, wordsOf, type Seats, type Told } from './seats'

let seats: Seats
let world: World
test.beforeAll(async ({ baseURL }) => {
  ;({ seats, world } = await stageWorld(baseURL ?? ''))
})

const nameless = (path: string) => path.replace(/:\w+/g, ':')

test('every screen stands in the table of addresses', () => {
  expect(
    screens.map(({ path }) => path).filter((path) => !Object.keys(addresses).some((known) => nameless(known) === nameless(path))),
  ).toEqual([])
})

/** What only some may ever be shown, wherever it is asked for. */
const SECRETS: { text: string; shownTo: Role[] }[] = [
  { text: 'Filter export in build 4.3.0-b2', shownTo: ['dara', 'bo', 'olu'] },
  { text: 'The export writes every rule with its order', shownTo: ['dara', 'bo', 'olu'] },
  { text: 'What did you forget when you moved', shownTo: ['amina', 'bo', 'olu'] },
  { text: 'mailed its faults through our old server', shownTo: ['amina', 'bo', 'olu'] },
  { text: 'Amina Haddad', shownTo: ['amina'] },
  { text: 'amina@lindenhof.example', shownTo: ['amina'] },
  { text: '+49 30 5550 142', shownTo: ['amina'] },
  { text: 'Lindenhof Clinic', shownTo: ['amina'] },
  { text: 'Office and systems lead', shownTo: ['amina', 'dara'] },
  { text: 'Sint-Maarten School', shownTo: [] },
  { text: 'amina@demo.example', shownTo: ['amina'] },
  { text: 'mateo@demo.example', shownTo: [] },
]

test('everybody at every address is shown what is theirs to see, as a page and as data', async () => {
  test.setTimeout(420_000)
  const wrong: string[] = []
  const asked = screens.flatMap(({ path, id }) =>
    samplesOf(path).flatMap((sample) => {
      const firstShown = ROLES.find((role) => expectedOf(sample.expect, role) === 200)
      return ROLES.map((role) => {
        const expected = expectedOf(sample.expect, role)
        // Where the page is shown, its data stands in it: that it comes by itself too is asked once. Where it is not, everybody tries.
        // That the older address of data leads nowhere, is asked by a visitor and by whoever is shown the page.
        return {
          role,
          id,
          path: sample.at(world),
          expected,
          alone: expected !== 200 || role === firstShown,
          once: role === 'visitor' || role === firstShown,
        }
      })
    }),
  )
  await atMost(8, asked, async ({ role, id, path, expected, alone, once }) => {
    const say = (problem: string) => wrong.push(`${role} ${path}: ${problem}`)
    const [address = '', query = ''] = path.split('?')
    const data = `${address === '/' ? '/_root' : address}.data`
    const page = await ask(seats[role], path)
    if (!isAnswer(page, expected)) say(`${page.status} ${page.location}, expected ${expected}`)
    const part =
      alone || page.status !== 200 ? await ask(seats[role], `${data}?${query && `${query}&`}_routes=${encodeURIComponent(id)}`) : null
    const whole = page.status === 200 ? null : await ask(seats[role], `${data}${query && `?${query}`}`)
    const gone = once ? await ask(seats[role], `${address}?${query && `${query}&`}_data=${encodeURIComponent(id)}`) : null
    for (const [name, answer] of Object.entries({ whole, part }))
      if (answer && !isSame(answer, page))
        say(`its data (${name}) says ${answer.status} ${answer.location}, the page ${page.status} ${page.location}`)
    if (gone && gone.status !== 404) say(`_data says ${gone.status}`)
    if (path.startsWith('/dev/')) return
    for (const [name, told] of Object.entries({ page, whole, part, gone }))
      for (const { text, shownTo } of SECRETS)
        if (told && !shownTo.includes(role) && told.body.includes(text)) say(`its ${name} shows “${text}”`)
  })
  expect(wrong.sort()).toEqual([])
})

function samplesOf(path: string) {
  return Object.entries(addresses).find(([known]) => nameless(known) === nameless(path))?.[1] ?? []
}

function isAnswer({ status, location }: Told, expected: Answer): boolean {
  if (typeof expected === 'number') return status === expected
  return status === 302 && location.startsWith('/sign-in?') === (expected === 'sign-in')
}

/** The data of a page says what the page says: shown, refused in the same way, or sent to the same place. */
const isSame = (data: Told, page: Told) =>
  page.status === 302 ? data.status === 202 && data.location === page.location : data.status === page.status

test('every form stands in the table of forms', () => {
  const known = new Set(forms.map(({ route }) => nameless(route)))
  expect(screens.filter(({ acts, path }) => acts && !known.has(nameless(path))).map(({ path }) => path)).toEqual([])
})

test('who may not is refused, and nothing is changed', () =>
  alone(async () => {
    const wrong: string[] = []
    const before = await standing()
    const tries = forms.flatMap((form) => ROLES.flatMap((role) => (expectedOf(form.may, role) === 200 ? [] : [{ form, role }])))
    await atMost(6, tries, async ({ form, role }) => {
      const expected = expectedOf(form.may, role)
      for (const path of [form.at(world), asData(form.at(world))]) {
        const answer = await send(seats[role], path, rightly(form))
        const right =
          expected === 'sign-in'
            ? [302, 202].includes(answer.status) && answer.location.startsWith('/sign-in?')
            : answer.status === expected
        if (!right) wrong.push(`${role} POST ${path}: ${answer.status} ${answer.location}, expected ${expected}`)
      }
    })
    expect(wrong).toEqual([])
    expect(await standing()).toEqual(before)
  }))

test('no form is taken from another site, or from nowhere', () =>
  alone(async () => {
    const wrong: string[] = []
    const before = await standing()
    await atMost(6, forms, async (form) => {
      for (const origin of ['http://another-site.example', 'null', null])
        for (const path of [form.at(world), asData(form.at(world))]) {
          const { status } = await send(seats[form.as], path, rightly(form), origin)
          // Mailbox providers end mail for their people from nowhere (RFC 8058): what counts is the signed link.
          const expected = origin === null && form.route === 'unsubscribe/:token' ? 404 : 403
          if (status !== expected) wrong.push(`POST ${path} from ${origin}: ${status}`)
        }
    })
    expect(wrong).toEqual([])
    expect(await standing()).toEqual(before)
  }))

/** How everything stands that the forms are about, as those see it who may. */
async function standing(): Promise<Record<string, string>> {
  const { visitor, amina, jun, dara, bo, olu } = seats
  const pages: [string, Promise<Told>][] = [
    ['the thread', ask(visitor, `/c/tern-mail/${world.open.number}`)],
    ['the thread by request', ask(amina, `/c/moving-a-small-office/${world.request.number}`)],
    ['the thread by invitation', ask(dara, `/c/tern-mail-testers/${world.invited.number}`)],
    ['the recommendation of Jun', ask(jun, `/recommendations/${world.ofJun}`)],
    ['the flagged recommendation', ask(visitor, `/recommendations/${world.flaggedRecommendation}`)],
    ['the unanswered recommendation', ask(visitor, `/recommendations/${world.unreplied}`)],
    ['a field of the vault', ask(amina, '/me/vault/phone')],
    ['what Tern Works sees', ask(amina, '/me/seen-by/tern-works')],
    ['the record', ask(amina, '/me/relationships/tern-works')],
    ['the vendor', ask(olu, '/operate/vendors/ledgerly')],
    ['the moderators', ask(olu, '/operate/moderators')],
    ['the moderators of a room', ask(olu, '/operate/communities/self-hosted-mail/moderators')],
    ['the requests', ask(bo, '/c/moving-a-small-office/requests')],
    ['the invitations', ask(bo, '/c/tern-mail-testers/invitations')],
    ['Mateo', ask(olu, '/moderation/people/mateo')],
  ]
  const read = await Promise.all(pages.map(async ([name, page]) => [name, withoutTimes(await page)] as const))
  return Object.fromEntries(read)
}

function withoutTimes({ status, body }: Told): string {
  return `${status} ${wordsOf(body).replace(/\b(just now|now|\d+ (seconds?|minutes?|hours?|min|h) ago)\b/gi, '')}`
}
