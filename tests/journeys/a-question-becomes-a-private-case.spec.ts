import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

const SECRET = 'The log names Riverside practice twice.'
const NOTE = 'Careful: a clinic.'
const ANSWER = 'Rebuild the index of the folder, then compact once more.'

for (const javaScriptEnabled of [true, false])
  test(`a question becomes a private case and its answer comes back ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const amina = await (await browser.newContext({ javaScriptEnabled })).newPage()
    const handle = await signUp(amina, 'Amina')
    const dara = await browserOf(browser, 'Dara', { javaScriptEnabled })
    const accessible = async (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined)
    const title = `Half of what I delete comes back ${handle}`

    const thread = await test.step('Amina asks in the room of Tern Mail', async () => {
      await amina.goto('/c/tern-mail/ask')
      await amina.getByLabel(/in one sentence/).fill(title)
      await amina.getByLabel(/What happens/).fill('I delete forty newsletters, compact, and half of them are back.')
      await amina.getByRole('button', { name: 'Post question' }).click()
      await expect(amina.getByRole('heading', { level: 1 })).toHaveText(title)
      return new URL(amina.url()).pathname
    })

    await test.step('Dara offers to continue with her alone; the question says only that', async () => {
      await dara.goto(thread)
      await dara.getByRole('link', { name: 'Continue this with Amina alone' }).click()
      await dara.getByLabel('Your first message').fill('May I see the log? Only we read it here.')
      await dara.getByRole('button', { name: 'Send it privately' }).click()
      await dara.waitForURL(/\/cases\//)
      await expect(dara.getByText('Nothing but the handle: no grant is live.')).toBeVisible()
    })
    const place = new URL(dara.url()).pathname

    await test.step('Amina takes it by writing, and Dara reads it there and then', async () => {
      await amina.goto(thread)
      await expect(amina.getByText(/Tern Works offered to continue this privately on/)).toBeVisible()
      await amina.getByRole('link', { name: 'Open the private case' }).click()
      await amina.getByLabel('Your message').fill(SECRET)
      await amina.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(amina.getByRole('article', { name: 'Message of Amina' })).toContainText(SECRET)
      if (javaScriptEnabled) await dara.getByRole('button', { name: '1 new message' }).click()
      else await dara.reload()
      await expect(dara.getByText(SECRET)).toBeVisible()
    })

    await test.step('a visitor reads that it goes on privately, and nothing of it', async () => {
      const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
      await page.goto(thread)
      await expect(page.getByText(/Continued privately with Tern Works since/)).toBeVisible()
      expect(await page.content()).not.toContain('Riverside')
      await page.goto(place)
      expect(new URL(page.url()).pathname).toBe('/sign-in')
      await page.context().close()
    })

    await test.step('Dara notes something for colleagues, and writes an answer for the public', async () => {
      await dara.getByText('Add a note').click()
      await dara.getByLabel('Note', { exact: true }).fill(NOTE)
      await dara.getByRole('button', { name: 'Keep the note' }).click()
      await expect(dara.getByText(NOTE)).toBeVisible()
      await accessible(dara)
      await dara.getByRole('link', { name: 'Write a public answer' }).click()
      await dara.getByLabel('The answer').fill(ANSWER)
      await dara.getByRole('button', { name: 'Show it to Amina' }).click()
      await expect(dara.getByText('This answer waits for Amina')).toBeVisible()
    })

    await test.step('Amina reads it first, knows of the note and not what it says, and agrees', async () => {
      await amina.goto(place)
      await expect(amina.getByText('Their staff have written one internal note.')).toBeVisible()
      expect(await amina.content()).not.toContain(NOTE)
      await expect(amina.getByText(ANSWER)).toBeVisible()
      await accessible(amina)
      await amina.getByRole('button', { name: 'Agree, and post it' }).click()
      await amina.waitForURL(({ pathname }) => pathname.startsWith('/c/tern-mail/'))
      await expect(amina.getByRole('article', { name: /Dara/ })).toContainText('From a private case')
      await expect(amina.getByText(/an answer came back on/)).toBeVisible()
      await amina.getByRole('button', { name: 'Accept this answer' }).click()
      await expect(amina.getByText(/Accepted by/)).toBeVisible()
    })

    await test.step('both find the case, closed, in their lists', async () => {
      await amina.goto('/me/cases')
      await expect(amina.getByRole('listitem').filter({ hasText: title })).toContainText('Closed')
      await dara.goto('/vendors/tern-works/cases?view=closed')
      await expect(dara.getByRole('link', { name: title })).toBeVisible()
    })
  })
