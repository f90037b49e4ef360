import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

for (const javaScriptEnabled of [true, false])
  test(`a customer shows in another room what the vendor signed ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const [amina, dara] = [
      await browserOf(browser, 'Amina', { javaScriptEnabled }),
      await browserOf(browser, 'Dara', { javaScriptEnabled }),
    ]
    const ROOM = '/c/moving-a-small-office'

    await test.step('both sides say that she is a customer, and Dara signs it', async () => {
      await dara.goto('/vendors/tern-works/people?q=amina')
      await dara
        .getByRole('row')
        .filter({ hasText: /customer/i })
        .getByRole('link', { name: 'Amina' })
        .click()
      await dara.getByRole('button', { name: /^Sign that .* is a customer$/ }).click()
      await expect(dara.getByText(/^Signed on /)).toBeVisible()
      if (javaScriptEnabled) await expectAccessible(dara)
    })

    await test.step('Amina shows it in a room of no vendor, and not of whom', async () => {
      await amina.goto(ROOM)
      const join = amina.getByRole('button', { name: /^Join/ })
      if (await join.count()) await join.first().click()
      await amina.goto('/me/attestations')
      const card = amina.getByRole('region', { name: 'Customer of Tern Works' }).first()
      await card.getByLabel('Show it in').selectOption('moving-a-small-office')
      await card.getByRole('button', { name: 'Show it there' }).click()
      await expect(amina.getByText('that you are a verified customer, and nothing else').first()).toBeVisible()
      if (javaScriptEnabled) await expectAccessible(amina)
    })

    const thread = await test.step('it stands beside what she asks there', async () => {
      await amina.goto(`${ROOM}/ask`)
      await amina.getByLabel(/in one sentence/).fill(`Who moves a switchboard ${Date.now().toString(36)}`)
      await amina.getByLabel(/What happens/).fill('Ours has four lines, and nobody knows which of them is which.')
      await amina.getByRole('button', { name: 'Post question' }).click()
      await expect(amina.getByRole('article').first()).toContainText('Verified customer')
      await expect(amina.getByRole('article').first()).not.toContainText('Tern Works')
      return new URL(amina.url()).pathname
    })

    await test.step('taken back, it is gone at once', async () => {
      await dara.reload()
      await dara.getByRole('button', { name: 'Take it back' }).click()
      await expect(dara.getByRole('button', { name: /^Sign that .* is a customer$/ })).toBeVisible()
      await amina.goto(thread)
      await expect(amina.getByRole('article').first()).not.toContainText('Verified customer')
      await amina.goto('/me/attestations')
      await expect(amina.getByText('Taken back').first()).toBeVisible()
    })
  })
