import { expect, test } from '@playwright/test'
import { browserOf, signUp } from '../support/browser'

test('what others add waits behind the bar, also when the reader votes, and where sockets are blocked', async ({ browser }) => {
  const amina = await (await browser.newContext()).newPage()
  const handle = await signUp(amina, 'Amina')
  await amina.goto('/c/tern-mail/ask')
  await amina.getByLabel(/in one sentence/).fill(`Where do drafts go when the power fails ${handle}`)
  await amina.getByLabel(/What happens/).fill('The window was open, the text was long, and then it was dark.')
  await amina.getByRole('button', { name: 'Post question' }).click()
  await expect(amina.getByRole('heading', { level: 1 })).toContainText(handle)
  const thread = new URL(amina.url()).pathname

  const [chen, jun] = [await browserOf(browser, 'Chen'), await browserOf(browser, 'Jun')]
  await answers(chen, 'They are kept in the Drafts folder.')
  await expect(amina.getByRole('button', { name: /new/i })).toBeVisible()
  await amina.getByRole('button', { name: /new/i }).click()
  await expect(amina.getByText('They are kept in the Drafts folder.')).toBeVisible()

  const tomas = await browserOf(browser, 'Tomas')
  await tomas.clock.install()
  await tomas.routeWebSocket(/\/live/, (socket) => void socket.close())
  await tomas.goto(thread)

  await answers(jun, 'Only if you had saved once before.')
  await expect(amina.getByRole('button', { name: /new/i })).toBeVisible()
  await amina.getByRole('button', { name: 'This helps' }).last().click()
  await expect(amina.locator('.vote [aria-pressed="true"]')).toHaveCount(1)
  await expect(amina.getByText('Only if you had saved once before.')).toBeHidden()
  await amina.getByRole('button', { name: /new/i }).click()
  await expect(amina.getByText('Only if you had saved once before.')).toBeVisible()

  await expect(async () => {
    await tomas.clock.fastForward(25_000)
    await expect(tomas.getByRole('button', { name: /new/i })).toBeVisible({ timeout: 2000 })
  }).toPass()
  await tomas.getByRole('button', { name: /new/i }).click()
  await expect(tomas.getByText('Only if you had saved once before.')).toBeVisible()

  async function answers(page: typeof chen, words: string) {
    await page.goto(thread)
    await page.getByLabel('Your answer').fill(words)
    await page.getByRole('button', { name: 'Post answer' }).click()
    await expect(page.getByText(words)).toBeVisible()
  }
})
