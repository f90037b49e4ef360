import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

test('Ines follows a tag in two rooms, sees live what needs an answer there, and is mailed once a week', async ({ browser }) => {
  const jun = await (await browser.newContext()).newPage()
  const tag = `billing-${(await signUp(jun, 'Jun')).slice(-6)}`
  const invoice = await asks('tern-mail', 'Where is the invoice')
  await asks('self-hosted-mail', 'Who pays for the add-on')

  const ines = await (await browser.newContext()).newPage()
  await signUp(ines, 'Ines')
  for (const room of ['tern-mail', 'self-hosted-mail']) {
    await ines.goto(`/c/${room}?tag=${tag}`)
    await ines.getByRole('button', { name: 'Follow this tag' }).click()
    await expect(ines.getByRole('button', { name: 'Stop following' })).toBeVisible()
  }

  await ines.goto('/me/following')
  const needed = ines.getByRole('list', { name: 'Need an answer' })
  const titles = needed.getByRole('heading')
  await expect(titles).toHaveText([`Who pays for the add-on ${tag}?`, `Where is the invoice ${tag}?`])
  await expectAccessible(ines)

  await test.step('what somebody takes on leaves her list, what is asked comes into it, while she looks', async () => {
    const dara = await browserOf(browser, 'Dara')
    await dara.goto(invoice)
    await dara.getByRole('button', { name: `I’ll take it: Where is the invoice ${tag}?` }).click()
    await expect(titles).toHaveText([`Who pays for the add-on ${tag}?`])
    await asks('tern-mail', 'Why are there two invoices')
    await expect(titles).toHaveText([`Why are there two invoices ${tag}?`, `Who pays for the add-on ${tag}?`])
  })

  await test.step('she would rather have one mail a week', async () => {
    await ines.goto('/me/notifications/settings')
    await ines.getByLabel('Only the digest').check()
    await ines.getByRole('combobox', { name: 'Digest' }).selectOption('weekly')
    await ines.getByRole('button', { name: 'Keep these settings' }).click()
    await expect(ines.getByText('This is how you hear of things from now on')).toBeVisible()
    await ines.goto('/me/notifications/settings')
    await expect(ines.getByLabel('Only the digest')).toBeChecked()
    await expect(ines.getByRole('combobox', { name: 'Digest' })).toHaveValue('weekly')
  })

  async function asks(room: string, words: string) {
    await jun.goto(`/c/${room}/ask`)
    await fill(jun, { title: `${words} ${tag}?`, body: 'It came by mail, and then it did not.', tag })
    await jun.getByRole('button', { name: 'Post question' }).click()
    await expect(jun.getByRole('heading', { level: 1 })).toContainText(words)
    return new URL(jun.url()).pathname
  }
})

async function fill(page: Page, { title, body, tag }: { title: string; body: string; tag: string }) {
  await page.getByLabel(/in one sentence/).fill(title)
  await page.getByLabel(/What happens/).fill(body)
  await page.getByLabel('Tags').fill(tag)
}
