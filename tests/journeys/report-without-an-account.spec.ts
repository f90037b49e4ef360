import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { expectAccessible } from '../support/browser'

test('a reader without an account, and without JavaScript, reports a recommendation and reads what became of it', async ({
  browser,
  page,
}) => {
  const address = `reader-${randomBytes(4).toString('hex')}@people.example`
  const plain = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } })).newPage()
  await plain.goto('/vendors/tern-works')
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

  await page.goto(form)
  await expectAccessible(page)
  await page.goto(plain.url())
  await expectAccessible(page)
})
