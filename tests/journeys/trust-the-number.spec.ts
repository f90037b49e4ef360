import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from '../support/browser'

for (const javaScriptEnabled of [true, false])
  test(`A prospect can trust the number ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({ browser }) => {
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage()
    const accessible = async (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined)

    await test.step('four who are glad are too few to score', async () => {
      await page.goto('/vendors/wren')
      await expect(page.getByText('4 so far, from 4 organisations.')).toBeVisible()
      await expect(page.getByText('Too few to score.').first()).toBeVisible()
      await expect(page.getByText(/likely between/)).toHaveCount(0)
    })

    await test.step('sixty, half of whom the vendor asked, have a score, its range, and what it rests on', async () => {
      await page.goto('/vendors/marlow')
      await expect(page.getByText('60 recommendations of 60 organisations.').first()).toBeVisible()
      const [score, low, high] = (await page.locator('.est').innerText()).match(/\d\.\d/g)?.map(Number) ?? []
      expect(low).toBeLessThan(score ?? 0)
      expect(high).toBeGreaterThan(score ?? 5)
      const asked = page.locator('dl > div', { hasText: 'Asked by the vendor' })
      await expect(asked).toContainText('30')
      await expect(page.locator('dl > div', { hasText: 'Written unasked' })).toContainText('30')
      await expect(page.getByText(/1 withheld by an independent moderator: 2\./)).toBeVisible()
      await expect(page.getByText('1 by a partner, labelled')).toBeVisible()
      await accessible(page)
    })

    await test.step('each says what it counts, and why', async () => {
      const one = page.getByRole('article').filter({ hasText: 'Asked by the vendor' }).or(page.getByRole('article')).first()
      await one.getByText(/Counts 0\.\d\d, because/).click()
      await expect(one.getByText(/: × 0\.50/).first()).toBeVisible()
    })

    await test.step('side by side, each says the same of itself as on its page', async () => {
      await page.goto('/compare?vendor=wren&vendor=marlow')
      const cell = (title: string, at: 0 | 1) =>
        page
          .locator('tbody')
          .filter({ has: page.getByRole('rowheader', { name: title }) })
          .getByRole('cell')
          .nth(at)
      await expect(page.getByRole('columnheader')).toContainText([/Wren/, /Marlow/])
      await expect(cell('What customers say', 0)).toContainText('Too few to score.')
      await expect(cell('What customers say', 1)).toContainText(/\d\.\d\s*likely between \d\.\d and \d\.\d of 5/)
      await expect(cell('What customers say', 1)).toContainText('60 recommendations of 60 organisations.')
      await expect(cell('How they came to be written', 0)).toHaveText('Too few to score.')
      await expect(cell('How they came to be written', 1)).toHaveText('Written unasked30Asked by the vendor30')
      await expect(cell('What the verdicts rest on', 1)).toContainText('Self-declared')
      await expect(cell('What is not in the score', 1)).toContainText('1 withheld by an independent moderator: 2.')
      await accessible(page)
    })

    await test.step('and what is wrong can be reported without an account', async () => {
      await page.getByRole('link', { name: /^“/ }).last().click()
      await page.waitForURL(({ pathname }) => pathname.startsWith('/recommendations/'))
      await page.getByRole('link', { name: 'Report', exact: true }).first().click()
      await page.waitForURL(({ pathname }) => pathname.startsWith('/report/'))
      // What comes of it is told in report-without-an-account.
      await expect(page.getByLabel('Your e-mail address')).toBeVisible()
      await page.goto('/compare?vendor=wren&vendor=marlow')
    })

    await test.step('the method lists each weight', async () => {
      await page.getByRole('link', { name: 'How this is counted' }).first().click()
      await page.waitForURL(({ pathname }) => pathname === '/method')
      for (const [name, weight] of [
        ['Written unasked', '1.00'],
        ['Drawn at random by the portal', '1.00'],
        ['Whole list invited by the vendor', '0.90'],
        ['Asked by the vendor', '0.50'],
        ['Got something for it', '0.60'],
        ['Evidence: relationship record', '1.00'],
        ['Self-declared', '0.50'],
        ['Months after which a recommendation counts half', '18'],
        ['Voices of the whole portal that are heard first', '8'],
      ] as const)
        await expect(page.getByRole('row').filter({ hasText: name })).toContainText(weight)
      await accessible(page)
    })
  })
