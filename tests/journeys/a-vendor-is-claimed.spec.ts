import { expect, test } from '@playwright/test'
import { axeOn, browserOf, signUp } from '../support/browser'

/** Nobody of Pennant is here. Iris works there, shows it by a code that its postmaster gets, and answers for it from then on. */
test('A vendor is claimed: by a code mailed to its domain, without JavaScript, and by nobody after that', async ({ browser, page }) => {
  const iris = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  const handle = await signUp(iris, 'Iris')

  await test.step('a code that was guessed is refused beside its field', async () => {
    await iris.goto('/vendors/pennant')
    await iris.getByRole('link', { name: 'Do you work there? Show it, and answer for Pennant' }).click()
    await iris.getByRole('radio', { name: 'A code mailed to postmaster@pennant.example' }).check()
    await iris.getByRole('button', { name: 'Make a code' }).click()
    await expect(iris.getByText('The code was mailed to postmaster@pennant.example.')).toBeVisible()
    await iris.getByLabel('Code from the mail').fill('f'.repeat(40))
    await iris.getByRole('button', { name: 'This is the code' }).click()
    await expect(iris.getByText('This is not the code that was mailed.').first()).toBeVisible()
    await expect(iris).toHaveURL(/claim/)
  })

  await test.step('the code from the mail serves, and Iris is staff', async () => {
    await iris.goto('/dev/mailbox')
    const mail = iris.locator('section').filter({ hasText: 'postmaster@pennant.example' }).first()
    await expect(mail).toContainText(`@${handle} would like to look after`)
    const code = /\b[0-9a-f]{40}\b/.exec((await mail.textContent()) ?? '')?.[0] ?? ''
    await iris.goto('/vendors/pennant/claim')
    await iris.getByLabel('Code from the mail').fill(code)
    await iris.getByRole('button', { name: 'This is the code' }).click()
    await iris.waitForURL((url) => !url.pathname.endsWith('/proof'))
    await iris.goto('/vendors/pennant')
    await expect(iris.getByRole('link', { name: 'Customers asked by the portal' })).toBeVisible()
    await iris.goto('/vendors/pennant/people')
    await expect(iris.getByRole('heading', { level: 1 })).toBeVisible()
  })

  await test.step('everybody sees who answers for Pennant, and nobody else claims it', async () => {
    await page.goto('/vendors/pennant')
    await expect(page.getByRole('main').getByText('Iris').first()).toBeVisible()
    await expect(page.getByRole('link', { name: /Do you work there/ })).toHaveCount(0)
    expect((await axeOn(page).analyze()).violations).toEqual([])
    const henk = await browserOf(browser, 'Henk')
    await henk.goto('/vendors/pennant/claim')
    await expect(henk.getByRole('heading', { name: 'Pennant has people here' })).toBeVisible()
    expect((await axeOn(henk).analyze()).violations).toEqual([])
  })
})
