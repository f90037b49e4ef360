import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signInAs } from '../support/browser'

const ROOM = '/c/tern-mail'
const title = (page: Page) => page.getByLabel(/in one sentence/)
const body = (page: Page) => page.getByLabel(/What happens/)
const saved = (page: Page) => expect(page.getByText('Draft saved.')).toBeVisible()

/** What is not private to this story: Jun may have drafts from elsewhere. */
async function withoutDraft(page: Page) {
  await page.goto(`${ROOM}/ask`)
  const discard = page.getByRole('button', { name: 'Discard' })
  while (await discard.count()) {
    await discard.first().click()
    await expect(page.getByText('Your draft is discarded.')).toBeVisible()
    await page.goto(`${ROOM}/ask`)
  }
}

test('Jun types in two tabs, is signed out, comes back and loses nothing', async ({ browser }) => {
  const words = `Filters skip every second message ${Date.now().toString(36)}`
  const first = await browserOf(browser, 'Jun')
  await withoutDraft(first)

  await test.step('what is typed is saved by itself', async () => {
    await title(first).fill(words)
    await body(first).fill('Every second message is left where it was.')
    await saved(first)
  })

  const second = await first.context().newPage()
  await test.step('a second tab goes on from it; the first then types something else, and both are kept', async () => {
    await second.goto(`${ROOM}/ask`)
    await expect(body(second)).toHaveValue('Every second message is left where it was.')
    await expect(second.getByText(/Your draft, saved/)).toBeVisible()
    await body(second).fill('Every second message is left, says the second tab.')
    await saved(second)
    await body(first).fill('Every second message is left, says the first tab.')
    await first.getByRole('link', { name: 'compare them' }).click()
    await expect(first.getByRole('heading', { level: 1 })).toHaveText('Which of these texts?')
    await expect(first.getByLabel('Text', { exact: true })).toHaveCount(2)
    await expectAccessible(first)
    const firsts = first.locator('section').filter({ hasText: 'says the first tab.' })
    await firsts.getByRole('button', { name: /Keep text/ }).click()
    await expect(body(first)).toHaveValue('Every second message is left, says the first tab.')
    await second.close()
  })

  await test.step('the session ends while she types; after signing in again the words are there', async () => {
    await first.context().clearCookies({ name: /^(?!parley_held)/ })
    await body(first).fill('Every second message is left. I typed this while I was signed out.')
    await expect(first.getByText(/You are signed out/)).toBeVisible()
    await signInAs(first, 'Jun')
    await first.goto(`${ROOM}/ask`)
    await expect(body(first)).toHaveValue(/while I was signed out/)
    await saved(first)
    await expectAccessible(first)
  })

  await test.step('discarded, and brought back', async () => {
    await first.goto(`${ROOM}/ask`)
    await first.getByRole('button', { name: 'Discard' }).click()
    await expect(body(first)).toHaveValue('')
    await first.getByRole('button', { name: 'Undo' }).click()
    await expect(body(first)).toHaveValue(/while I was signed out/)
  })

  await test.step('she looks at it as it will be drawn, and posts it: a draft no more', async () => {
    await body(first).fill('I typed this while I was signed out. @chen, have you seen it?\n\n```sql\nselect 1\n```')
    await first.getByRole('button', { name: 'Preview' }).click()
    await expect(first.locator('.preview').getByRole('link', { name: '@chen' })).toBeVisible()
    await expect(first.locator('.preview .hljs-keyword')).toHaveText('select')
    await expectAccessible(first)
    await first.getByRole('button', { name: 'Post question' }).click()
    await expect(first.getByRole('heading', { level: 1 })).toHaveText(words)
    await expect(first.getByRole('article').getByRole('link', { name: '@chen' })).toHaveAttribute('href', '/people/chen')
    await first.getByRole('button', { name: 'Mute this thread' }).click()
    await expect(first.getByRole('button', { name: 'Hear of this thread again' })).toBeVisible()
    await expectAccessible(first)
    await first.goto('/me/drafts')
    await expect(first.getByRole('link', { name: words })).toHaveCount(0)
    await expectAccessible(first)
  })

  await test.step('Chen hears that he was called', async () => {
    const chen = await browserOf(browser, 'Chen')
    await expect(async () => {
      await chen.goto('/me/notifications')
      await expect(chen.getByRole('listitem').filter({ hasText: words })).toContainText('Jun mentioned you', { timeout: 1000 })
    }).toPass()
  })
})

test('without JavaScript: saved by the button, two texts side by side, and back after signing in', async ({ browser }) => {
  const page = await browserOf(browser, 'Jun', { javaScriptEnabled: false })
  await page.goto(ROOM)
  await page
    .getByRole('link', { name: /Deleted messages come back/ })
    .first()
    .click()
  const thread = page.url()
  const answer = (tab: Page) => tab.getByLabel('Your answer')
  const save = (tab: Page) => tab.getByRole('button', { name: 'Save draft' }).click()

  await answer(page).fill('Compact the folder twice.')
  const other = await page.context().newPage()
  await other.goto(thread)
  await answer(other).fill('Compact the folder three times.')
  await save(page)
  await expect(answer(page)).toHaveValue('Compact the folder twice.')
  await page.getByRole('button', { name: 'Save and preview' }).click()
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('Compact the folder twice.')
  await save(other)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Which of these texts?')
  await other
    .locator('section')
    .filter({ hasText: 'three times' })
    .getByRole('button', { name: /Keep text/ })
    .click()
  await expect(answer(other)).toHaveValue('Compact the folder three times.')

  await page.context().clearCookies({ name: /^(?!parley_held)/ })
  await answer(other).fill('Compact the folder three times, then wait.')
  await other.getByRole('button', { name: 'Post answer' }).click()
  await expect(other).toHaveURL(/sign-in/)
  const back = new URL(other.url()).searchParams.get('next') ?? ''
  await signInAs(other, 'Jun')
  await other.goto(back)
  await expect(answer(other)).toHaveValue('Compact the folder three times, then wait.')
  await other.getByRole('button', { name: 'Post answer' }).click()
  await expect(other.getByRole('article').getByText('Compact the folder three times, then wait.')).toBeVisible()
  await expect(answer(other)).toHaveValue('')
})
