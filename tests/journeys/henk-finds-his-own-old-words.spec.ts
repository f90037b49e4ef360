import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

test('Henk finds his own old words in an imported room, shows that they are his, and Olu takes that back', async ({ browser }) => {
  const henk = await browserOf(browser, 'Henk', { javaScriptEnabled: false })
  const olu = await browserOf(browser, 'Olu')
  let oldName = ''

  await test.step('without JavaScript he says “this was me”, and how the moderators can see it', async () => {
    await henk.goto('/c/thunderbird?view=new')
    await henk.getByRole('main').locator('a[href^="/imported/"]').first().click()
    oldName = (await henk.getByRole('heading', { level: 1 }).textContent()) ?? ''
    await henk.getByRole('link', { name: 'This was me' }).click()
    await henk.getByRole('button', { name: 'Send it to the moderators' }).click()
    await expect(henk.getByRole('textbox', { name: /How can the moderators see/ })).toBeVisible()
    await henk.getByRole('textbox', { name: /How can the moderators see/ }).fill('My profile there says “Henk of Parley” since today.')
    await henk.getByRole('button', { name: 'Send it to the moderators' }).click()
    await expect(henk.getByText(/The moderators have not decided yet/)).toBeVisible()
  })

  await test.step('Olu reads it among what waits, and believes it', async () => {
    await olu.goto('/c/thunderbird')
    await olu.getByRole('link', { name: /Imported authors \(1 waits\)/ }).click()
    await expect(olu.getByText('My profile there says “Henk of Parley” since today.')).toBeVisible()
    await expectAccessible(olu)
    await olu.getByRole('button', { name: 'It was them' }).click()
    await olu.getByRole('dialog').getByRole('button', { name: 'It was them' }).click()
    await expect(olu.getByText('Nobody waits')).toBeVisible()
  })

  await test.step('his old words stand on his page, and where they came from stays said', async () => {
    await henk.goto('/people/henk')
    await henk.getByRole('link', { name: /.+/ }).and(henk.locator('#acts a[href^="/c/thunderbird/"]')).first().click()
    await expect(henk.getByRole('link', { name: 'Henk' }).first()).toBeVisible()
    await expect(henk.getByText(/support\.mozilla\.org/).first()).toBeVisible()
  })

  await test.step('Olu finds that it was not him after all', async () => {
    await olu.getByRole('link', { name: `“${oldName}” was Henk` }).click()
    await olu.getByRole('button', { name: 'Take it back' }).click()
    const dialog = olu.getByRole('dialog')
    await dialog.getByLabel('Why').fill('The profile says nothing of the kind.')
    await expectAccessible(olu)
    await dialog.getByRole('button', { name: 'Take it back' }).click()
    await expect(olu.getByText('The profile says nothing of the kind.')).toHaveCount(0)
    await expect(olu.getByText('This was me')).toBeVisible()
    await expectAccessible(olu)
    await henk.goto('/me/notifications')
    await expect(henk.getByText('What was credited to you was taken back. The reason stands there')).toBeVisible()
  })
})
