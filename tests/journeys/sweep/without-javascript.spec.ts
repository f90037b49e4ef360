import { expect, test } from '@playwright/test'
import { atEach, enterWorld } from './sights'

test.beforeAll(({ baseURL }) => enterWorld(baseURL))

test('every page says what it has to say without JavaScript, under one heading, and fits a phone in longer words and from right to left', async ({
  browser,
}) => {
  test.setTimeout(600_000)
  const wrong: string[] = []
  await atEach(
    browser,
    { javaScriptEnabled: false, viewport: { width: 360, height: 800 } },
    async (page, path, say) => {
      await page.goto(path)
      const headings = await page.locator('h1').count()
      if (headings !== 1) say(`${headings} first headings`)
      else if (!(await page.locator('main h1').isVisible())) say('its heading is not in its main part')
      if (((await page.locator('main').innerText()).match(/\p{L}{2,}/gu) ?? []).length < 4) say('its main part is empty')
      if (!(await page.title()).includes('Parley')) say(`is called “${await page.title()}”`)
      for (const dir of ['ltr', 'rtl']) {
        const wide = await page.evaluate((to) => {
          const { documentElement: root, body } = document
          root.dir = to
          const past = root.scrollWidth - root.clientWidth
          const beyond = [...body.querySelectorAll('main *')].filter((part) => {
            const { left, right } = part.getBoundingClientRect()
            return left < 0 || right > root.clientWidth
          })
          return past > 0 ? `${past} px too wide, ${to}: ${beyond.at(-1)?.outerHTML.slice(0, 200) ?? 'outside its main part'}` : null
        }, dir)
        if (wide) say(wide)
      }
    },
    wrong,
    'en-XA',
  )
  expect(wrong).toEqual([])
})
