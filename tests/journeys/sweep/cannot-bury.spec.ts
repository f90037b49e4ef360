import { expect, test } from '@playwright/test'
import { paths } from '~/app/paths'
import { ask, atMost, screens, seatOf, someNetwork, wordsOf, type Seat } from './seats'

// Everything that staff of a vendor could try at a recommendation of their vendor, or of a rival: every screen, every verb.

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
/** What a vendor may do in public about its own: answer once, put the answer better, dispute by a rule, take that back. */
const ITS_OWN = /^recommendations\/:id\/(reply|reply\/edit|dispute|dispute\/undo)$/
/** Where somebody could lay hands on what others wrote of a vendor. What is of a room, a person or a device is not. */
const AIMED =
  /^(recommendations|moderation|reports?|appeals|references|relationships|cases|suggestions|merges|authorship|operate|vendors|compare|threads|posts|imported)\b/

/** One form for all of them: each takes from it what it knows. */
const FORM = {
  ...{
    act: 'hide',
    rule: 'false',
    clause: '',
    facts: 'It is not so, and it hurts us.',
    why: 'We say that it is not so.',
    seen: '',
    days: '7',
    duration: '7',
  },
  ...{
    headline: 'Everything is wonderful',
    useCase: 'All that there is to do.',
    whatIsGood: 'All of it.',
    whatIsNot: 'None of it.',
    verdict: '5',
  },
  ...{ timeUsed: 'over-3-years', chooseAgain: 'yes', relation: 'customer', incentive: 'none', invitedBy: 'nobody', shownAs: 'handle' },
  ...{
    body: 'We say that this was never so.',
    words: 'We say that this was never so.',
    outcome: 'overturned',
    reason: 'false',
    note: 'It is false.',
  },
  ...{
    name: 'Everything',
    slug: 'everything',
    summary: 'Everything is wonderful.',
    website: 'https://everything.example',
    value: '-1',
    vote: 'down',
    into: '1',
  },
  ...{
    handle: 'jun',
    role: 'support',
    title: 'Everything is wonderful',
    named: 'Tern Works',
    stamp: '0',
    contact: 'Dara, at any time',
    level: 'document',
  },
}

test('no screen and no verb lets staff of a vendor change a recommendation of theirs or of a rival: the page stays as it was, byte by byte', async ({
  baseURL,
}) => {
  test.setTimeout(180_000)
  // Wim works for Marlow.
  const [wim, visitor] = [await seatOf(baseURL ?? '', 'wim'), { base: baseURL ?? '', cookie: '' }]
  const written = async (vendor: string) => [
    ...new Set(
      [...(await ask(visitor, `/vendors/${vendor}`)).body.matchAll(/\/recommendations\/([\w-]{36})/g)].map((match) => match[1] ?? ''),
    ),
  ]
  const [ours, theirs] = await Promise.all([written('marlow'), written('tern-works')])
  // The oldest of the first page: what others do at the same time they do to the newest.
  const aimed = [
    { id: ours.at(-1) ?? '', vendor: 'marlow', product: 'marlow-desk', own: true },
    { id: theirs.at(-1) ?? '', vendor: 'tern-works', product: 'tern-mail', own: false },
  ]
  const face = async (id: string) => {
    const route = encodeURIComponent('routes/recommendations/recommendation')
    const answers = await Promise.all([
      ask(visitor, `/recommendations/${id}.data?_routes=${route}`),
      ask(visitor, `/recommendations/${id}`),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    return `${answers[0].body}\n${wordsOf(answers[1].body)}`
  }
  const before = await Promise.all(aimed.map(({ id }) => face(id)))

  const tries = screens
    .filter(({ path }) => AIMED.test(path))
    .flatMap(({ path }) => aimed.flatMap((it) => VERBS.map((verb) => ({ path, verb, it }))))
    .filter(({ path, verb, it }) => verb === 'GET' || !(it.own && (ITS_OWN.test(path) || path.startsWith('vendors/'))))
  const fallen: string[] = []
  const taken: string[] = []
  await atMost(8, tries, async ({ path, verb, it }) => {
    const address = `/${path.replace(/:(\w+)\??/g, (_, name: string) => filledIn(name, path, it))}`
    const { status } = await aim(wim, verb, address)
    if (status >= 500) fallen.push(`${verb} ${address}: ${status}`)
    if (verb !== 'GET' && status < 400 && path.startsWith('recommendations/')) taken.push(`${verb} ${address}: ${status}`)
  })
  expect(fallen).toEqual([])
  expect(taken).toEqual([])
  for (const [at, { id }] of aimed.entries()) expect(await face(id), paths.recommendation(id)).toBe(before[at])
})

function filledIn(name: string, path: string, it: { id: string; vendor: string; product: string }): string {
  if (name === 'kind') return 'recommendation'
  if (name === 'handle') return 'jun'
  if (name === 'vendor' || (name === 'slug' && /vendors\//.test(path))) return it.vendor
  if (name === 'slug') return 'self-hosted-mail'
  if (name === 'name') return it.product
  return it.id
}

async function aim(seat: Seat, method: string, path: string): Promise<{ status: number }> {
  const headers = { cookie: seat.cookie, origin: seat.base, 'content-type': 'application/x-www-form-urlencoded', ...someNetwork() }
  const answer = await fetch(seat.base + path, {
    ...{ method, redirect: 'manual' as const, headers },
    ...(method === 'GET' ? {} : { body: new URLSearchParams(FORM).toString() }),
  })
  await answer.arrayBuffer()
  return answer
}
