import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

test('a reader without an account, and without JavaScript, reports a recommendation, reads what became of it, and appeals', async ({
  browser,
  page,
}) => {
  const address = `reader-${randomBytes(4).toString('hex')}@people.example`
  const plain = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })).newPage()
  await plain.goto('/vendors/wren')
  await plain.getByRole('link', { name: 'Report', exact: true }).first().click()
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText('Report this')
  const form = plain.url()

  await plain.getByRole('radio', { name: 'Knowingly false' }).check()
  await plain.getByLabel('What is wrong, and why?').fill('Nobody of that size uses it: the office has two people.')
  await plain.getByLabel('Your e-mail address').fill(address)
  await plain.getByRole('button', { name: 'Send the report' }).click()
  await expect(plain.getByText('Look at your mail')).toBeVisible()

  await plain.goto('/dev/mailbox')
  await plain.locator('section').filter({ hasText: address }).first().getByRole('link').first().click()
  await expect(plain.getByText('the office has two people')).toBeVisible()
  await plain.getByRole('button', { name: 'Yes, send it' }).click()
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText(/^Report \d+$/)
  await expect(plain.getByText('have not decided yet')).toBeVisible()

  const receipt = plain.url()
  const openLinkOf = async (words: string) => {
    const link = plain.locator('section').filter({ hasText: address }).filter({ hasText: words }).first().locator('a[href*="/appeal/"]')
    await expect(async () => {
      await plain.goto('/dev/mailbox')
      await expect(link).toBeVisible({ timeout: 1000 })
    }).toPass()
    await link.click()
  }

  const bo = await browserOf(browser, 'Bo')
  await bo.goto(`/moderation/recommendation/${new URL(form).pathname.split('/').at(-1)}`)
  await bo.getByRole('radio', { name: 'Leave as it is' }).check()
  await bo.getByLabel('Rule', { exact: true }).selectOption('none')
  await bo.getByLabel('Facts').fill('The office was there in May.')
  await bo.getByRole('button', { name: /^Decide/ }).click()
  await bo.waitForURL((url) => url.pathname === '/moderation')

  await openLinkOf('left it as it is')
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText('Appeal')
  await expect(plain.getByText('The office was there in May.')).toBeVisible()
  const link = plain.url()
  await plain.getByLabel('Why is the decision wrong?').fill('No.')
  await plain.getByRole('button', { name: 'Send the appeal' }).click()
  await expect(plain.getByText(/At least 10 characters/).first()).toBeVisible()
  await expect(plain.getByLabel('Why is the decision wrong?')).toHaveValue('No.')
  await plain.getByLabel('Why is the decision wrong?').fill('It was another office: that one has two people, and they say so.')
  await plain.getByRole('button', { name: 'Send the appeal' }).click()
  await expect(plain.getByRole('heading', { name: 'Your appeal' })).toBeVisible()
  await expect(plain.getByText('Somebody else than the one who decided answers by')).toBeVisible()

  const olu = await browserOf(browser, 'Olu')
  await olu.goto('/moderation')
  await olu
    .getByRole('link', { name: /Somebody without an account/ })
    .first()
    .click()
  await expect(olu.getByText('It was another office')).toBeVisible()
  await expect(olu.getByText(address)).toHaveCount(0)
  await expectAccessible(olu)
  await olu.getByRole('radio', { name: 'The decision stands' }).check()
  await olu.getByLabel('Your reasons').fill('The page of the office names forty people, and a third address.')
  await olu.getByRole('button', { name: /^Decide and tell/ }).click()

  await olu.waitForURL(/\/moderation\/log\//)
  await openLinkOf('the decision stands')
  expect(plain.url()).toBe(link)
  await expect(plain.getByText('names forty people')).toBeVisible()
  await expect(plain.getByRole('button', { name: 'Send the appeal' })).toHaveCount(0)
  await page.goto(link)
  await expectAccessible(page)

  await page.goto(form)
  await expectAccessible(page)
  await page.goto(receipt)
  await expectAccessible(page)
})
