import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { addresses, expectedOf, type DemoRole, type World } from '../../support/addresses'
import { furnishedWorld, screens, type DemoSeats, type Seat } from './seats'

let seats: DemoSeats
let world: World
test.beforeAll(async ({ baseURL }) => {
  ;({ seats, world } = await furnishedWorld(baseURL ?? ''))
})

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

const pages = () => [
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

for (const width of [1280, 360])
  test(`every page at ${width} px can be used by everybody, by day and by night`, async ({ browser }) => {
    test.setTimeout(900_000)
    const wrong: string[] = []
    await atEach(
      browser,
      { viewport: { width, height: 800 } },
      async (page, path, say) => {
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
        await page.goto(path)
        for (const violation of await violationsOf(new AxeBuilder({ page }))) say(violation)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (wide > 0) say(`is ${wide} px wider than the window`)
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
        for (const violation of await violationsOf(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block'])))
          say(`by night: ${violation}`)
      },
      wrong,
    )
    expect(wrong).toEqual([])
  })

test('every page says what it has to say without JavaScript, under one heading', async ({ browser }) => {
  test.setTimeout(600_000)
  const wrong: string[] = []
  await atEach(
    browser,
    { javaScriptEnabled: false, viewport: { width: 360, height: 800 } },
    async (page, path, say) => {
      await page.goto(path, { waitUntil: 'domcontentloaded' })
      const headings = await page.locator('h1').count()
      if (headings !== 1) say(`${headings} first headings`)
      else if (!(await page.locator('main h1').isVisible())) say('its heading is not in its main part')
      if (((await page.locator('main').innerText()).match(/\p{L}{2,}/gu) ?? []).length < 4) say('its main part is empty')
      if (!(await page.title()).includes('Parley')) say(`is called “${await page.title()}”`)
    },
    wrong,
  )
  expect(wrong).toEqual([])
})

async function violationsOf(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${html.slice(0, 140)} (${(failureSummary ?? '').split('\n')[1]?.trim().slice(0, 120) ?? ''})`)
        .join(' | ')}`,
  )
}

/** One window for each person, walked through all of their pages. */
async function atEach(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  look: (page: Page, path: string, say: (problem: string) => void) => Promise<void>,
  wrong: string[],
) {
  const sights = pages()
  for (const role of new Set(sights.map((sight) => sight.role))) {
    const context = await browser.newContext(options)
    await context.addCookies(cookiesOf(seats[role]))
    const page = await context.newPage()
    for (const { path } of sights.filter((sight) => sight.role === role))
      await look(page, path, (problem) => wrong.push(`${path} as ${role}: ${problem}`))
    await context.close()
  }
}

function cookiesOf({ base, cookie }: Seat) {
  return cookie
    .split('; ')
    .filter(Boolean)
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: base }))
}
