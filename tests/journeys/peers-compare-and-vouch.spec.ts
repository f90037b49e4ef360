import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

for (const { javaScriptEnabled, name } of [
  { javaScriptEnabled: true, name: 'Lena' },
  { javaScriptEnabled: false, name: 'Henk' },
])
  test(`Peers compare and vouch ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({ browser }) => {
    const [asker, jun] = await Promise.all([
      browserOf(browser, name, { javaScriptEnabled }),
      browserOf(browser, 'Jun', { javaScriptEnabled }),
    ])
    const accessible = async (page: typeof asker) => (javaScriptEnabled ? expectAccessible(page) : undefined)
    const [reach, desk] = [`${name} at the workshop`, `Jun, for ${name}, after four`]

    await test.step('two vendors stand side by side, with a score only where there are enough', async () => {
      await asker.goto('/vendors')
      await asker.getByLabel('Compare Marlow').check()
      await asker.getByLabel('Compare Tern Works').check()
      await asker.getByRole('button', { name: 'Compare those ticked' }).click()
      await asker.waitForURL(/\/compare\?vendor=marlow&vendor=tern-works/)
      await expect(asker.getByRole('columnheader', { name: /Marlow/ })).toBeVisible()
      await expect(asker.getByText(/likely between/).first()).toBeVisible()
      await expect(asker.getByText('Too few to score.').first()).toBeVisible()
      await accessible(asker)
    })

    await test.step('the author of a recommendation is asked to be a reference', async () => {
      // The page compares the newest words of each vendor, and others may have written since.
      await asker.goto('/people/jun')
      await asker.getByRole('link', { name: /Shared without a server/ }).click()
      await asker.getByRole('link', { name: 'Ask for a reference' }).click()
      await asker.getByLabel('What would you like to know?').fill('We are seven, and about to decide. Half an hour?')
      await asker.getByLabel('How can you be reached?').fill(reach)
      await accessible(asker)
      await asker.getByRole('button', { name: 'Ask', exact: true }).click()
      await asker.waitForURL(/\/me\/references/)
      await expect(asker.getByText('Not answered yet').first()).toBeVisible()
      await expect(asker.getByText(desk)).toHaveCount(0)
    })

    await test.step('Jun reads why, but not how to reach whoever asks, and accepts', async () => {
      await jun.goto('/me/references')
      const asked = jun.getByRole('listitem').filter({ hasText: `${name} asks you` })
      await expect(asked.getByText('We are seven')).toBeVisible()
      await expect(jun.getByText(reach)).toHaveCount(0)
      await asked.getByRole('link', { name: 'Accept' }).click()
      await jun.getByLabel('How can you be reached?').fill(desk)
      await jun.getByRole('button', { name: 'Accept, and give this' }).click()
      await jun.waitForURL(/\/me\/references/)
      await expect(jun.getByText(reach)).toBeVisible()
      await accessible(jun)
    })

    await test.step('both know how to reach the other', async () => {
      await asker.goto('/me/references')
      await expect(asker.getByText(desk)).toBeVisible()
    })
  })
