import type AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { axeOn } from '../support/browser'
import { atEach, enterWorld } from '../journeys/sweep/sights'

test.beforeAll(({ baseURL }) => enterWorld(baseURL))

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
        for (const violation of await violationsOf(axeOn(page))) say(violation)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (wide > 0) say(`is ${wide} px wider than the window`)
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
        for (const violation of await violationsOf(axeOn(page).withRules(['color-contrast', 'link-in-text-block'])))
          say(`by night: ${violation}`)
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
