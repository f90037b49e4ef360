import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

const RESPONSE = 'It is in 4.4, under Move in the menu of each folder.'

for (const javaScriptEnabled of [true, false])
  test(`An idea is wanted, planned and shipped, and whose it was is said ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const accessible = async (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined)
    const amina = await (await browser.newContext({ javaScriptEnabled })).newPage()
    const handle = await signUp(amina, 'Amina')
    const [chen, dara] = [await browserOf(browser, 'Chen', { javaScriptEnabled }), await browserOf(browser, 'Dara', { javaScriptEnabled })]
    const title = `Archive the ${handle} folders with one key`
    const hears = (page: Page, words: RegExp) =>
      expect(async () => {
        await page.goto('/me/notifications')
        await expect(page.getByRole('listitem').filter({ hasText: title }).getByText(words)).toBeVisible({ timeout: 2000 })
      }).toPass()
    let idea = ''

    await test.step('Amina sees what was proposed before, and proposes something else', async () => {
      await amina.goto('/c/tern-mail/ideas/new')
      await amina.getByLabel(/What should be otherwise/).fill('Export my filters to a file')
      if (!javaScriptEnabled) await amina.getByRole('button', { name: 'Check for the same idea first' }).click()
      await expect(amina.getByRole('heading', { name: 'Is it one of these?' })).toBeVisible()
      await expect(amina.getByRole('link', { name: 'Export filters to a file, in their order' })).toBeVisible()
      await accessible(amina)
      await amina.getByLabel(/What should be otherwise/).fill(title)
      await amina.getByLabel(/Which problem does that solve/).fill('I file two hundred messages a day, each with three clicks.')
      await amina.getByRole('button', { name: 'Propose it' }).click()
      await expect(amina.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(amina.getByText('This is your idea.')).toBeVisible()
      idea = new URL(amina.url()).pathname
    })

    await test.step('Chen wants it, and says why to those who decide', async () => {
      await chen.goto(idea)
      await chen.getByLabel(/^Why\?/).fill('My offices file by the hundred.')
      await chen.getByRole('region', { name: 'Do you want this?' }).getByRole('button', { name: 'I want this' }).click()
      await expect(chen.getByRole('heading', { name: 'You voted for this' })).toBeVisible()
      await expect(chen.getByText('1 vote', { exact: true }).first()).toBeVisible()
      await accessible(chen)
      await amina.goto(idea)
      await expect(amina.getByText('My offices file by the hundred.')).toHaveCount(0)
    })

    await test.step('Dara reads why, and plans it; then it ships, in her own words', async () => {
      await dara.goto(idea)
      await expect(dara.getByText('My offices file by the hundred.')).toBeVisible()
      await dara.getByRole('link', { name: 'Say how it stands' }).click()
      await dara.getByLabel('Planned', { exact: true }).check()
      await accessible(dara)
      await dara.getByRole('button', { name: 'Say so' }).click()
      await expect(dara.getByRole('heading', { level: 1 })).toHaveText(title)
      await hears(chen, /An idea that you voted for is planned, says Dara/)
      await dara.getByRole('link', { name: 'Say how it stands' }).click()
      await dara.getByLabel('Shipped', { exact: true }).check()
      await dara.getByRole('button', { name: 'Say so' }).click()
      await expect(dara.getByText('Say it in words: those who want it wait for them.').first()).toBeVisible()
      await dara.getByLabel(/^Official response/).fill(RESPONSE)
      await dara.getByRole('button', { name: 'Say so' }).click()
      await expect(dara.getByRole('region', { name: 'Official response' })).toContainText(RESPONSE)
      await expect(dara.getByText('Thanks to Amina, whose idea it was.')).toBeVisible()
    })

    await test.step('both hear of it, and Amina is credited where everybody reads it', async () => {
      await hears(chen, /An idea that you voted for has shipped, says Dara/)
      await hears(amina, /Your idea has shipped, says Dara.*and you are credited for it/)
      await amina.goto('/c/tern-mail/changelog')
      const entry = amina.getByRole('listitem').filter({ has: amina.getByRole('heading', { name: title }) })
      await expect(entry).toContainText(RESPONSE)
      await expect(entry.getByRole('link', { name: 'Amina', exact: true })).toHaveAttribute('href', `/people/${handle}`)
      await accessible(amina)
      await amina.goto('/c/tern-mail/contributors')
      await expect(amina.getByRole('link', { name: title })).toBeVisible()
      await accessible(amina)
    })
  })
