import type { Browser, Page } from '@playwright/test'
import type { Pseudo } from '~/words/manner'
import { addresses, expectedOf, type DemoRole, type World } from '../../support/addresses'
import { cookiesOf } from '../../support/cookies'
import { furnishedWorld, screens, type DemoSeats } from './seats'

let seats: DemoSeats
let world: World

/** Before the first page: the demo world, with somebody in every seat. */
export async function enterWorld(baseURL: string | undefined): Promise<DemoSeats> {
  ;({ seats, world } = await furnishedWorld(baseURL ?? ''))
  return seats
}

/** Who sees the most of a page. */
const BEST: DemoRole[] = ['amina', 'dara', 'bo', 'olu', 'joost', 'jun', 'visitor']
/** Pages that answer differently from the first of their address. */
const MORE: [DemoRole, (world: World) => string][] = [
  ['visitor', () => '/'],
  ['visitor', (world) => `/c/tern-mail/${world.open.number}`],
  ['visitor', () => '/c/moving-a-small-office'],
  ['bo', (world) => `/c/tern-mail-testers/${world.invited.number}`],
  ['visitor', () => '/c/thunderbird'],
  ['jun', () => '/me/vault'],
  ['dara', () => '/vendors/tern-works'],
  ['visitor', () => '/no-such-page'],
  ['jun', () => '/operate'],
]

/** Every page once, as who sees the most of it, and those that answer others differently. */
export const everyPage = (): { role: DemoRole; path: string }[] => [
  ...screens.flatMap(({ path, page }) => {
    const samples = Object.entries(addresses).find(([known]) => known.replace(/:\w+/g, ':') === path.replace(/:\w+/g, ':'))?.[1] ?? []
    const [sight] = samples.flatMap((sample) =>
      BEST.filter((role) => expectedOf(sample.expect, role) === 200)
        .slice(0, 1)
        .map((role) => ({ role, path: sample.at(world) })),
    )
    return page && sight ? [sight] : []
  }),
  ...MORE.map(([role, path]) => ({ role, path: path(world) })),
]

/** One window for each person, walked through all of their pages. */
export async function atEach(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  look: (page: Page, path: string, say: (problem: string) => void) => Promise<void>,
  wrong: string[],
  words?: Pseudo,
) {
  const sights = everyPage()
  for (const role of new Set(sights.map((sight) => sight.role))) {
    const context = await browser.newContext(options)
    await context.addCookies([...cookiesOf(seats[role]), ...cookiesOf({ ...seats[role], cookie: words ? `parley_words=${words}` : '' })])
    const page = await context.newPage()
    for (const { path } of sights.filter((sight) => sight.role === role))
      await look(page, path, (problem) => wrong.push(`${path} as ${role}: ${problem}`))
    await context.close()
  }
}
