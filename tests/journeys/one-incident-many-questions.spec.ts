import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

async function asks(page: Page, title: string): Promise<string> {
  await page.goto('/c/tern-mail')
  await page.getByRole('button', { name: /^Join/ }).first().click()
  await page.goto('/c/tern-mail/ask')
  await page.getByLabel(/in one sentence/).fill(title)
  await page.getByLabel(/What happens/).fill('Since nine this morning nothing comes in, on the laptop and on the phone.')
  await page.getByRole('button', { name: 'Post question' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  return new URL(page.url()).pathname
}

for (const javaScriptEnabled of [true, false])
  test(`Many ask about one incident: merged by a moderator, and taken apart again ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
    baseURL,
  }) => {
    const accessible = async (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined)
    const [amina, noor] = await Promise.all([1, 2].map(async () => (await browser.newContext({ javaScriptEnabled })).newPage()))
    if (!amina || !noor) throw new Error('No pages')
    const [one, other] = [await signUp(amina, 'Amina'), await signUp(noor, 'Noor')]
    const into = await asks(amina, `No mail comes in since nine ${one}`)
    const title = `The mail server does not answer ${other}`
    const merged = await asks(noor, title)
    const [chen, bo] = [await browserOf(browser, 'Chen', { javaScriptEnabled }), await browserOf(browser, 'Bo', { javaScriptEnabled })]

    await test.step('Chen answers one of them and proposes to put both together', async () => {
      await chen.goto(merged)
      await chen.getByLabel('Your answer').fill('The server is away until noon: the status page says so.')
      await chen.getByRole('button', { name: 'Post answer' }).click()
      await expect(chen.getByText('the status page says so')).toBeVisible()
      await chen.goto(into)
      await chen.getByRole('link', { name: 'Propose to merge others into this one' }).click()
      await accessible(chen)
      await chen.getByLabel('Which threads belong to this one?').fill(merged)
      await chen.getByLabel(/A word to those who opened them/).fill('One outage: the answer is the same for both of you.')
      await chen.getByRole('button', { name: 'Propose it' }).click()
      await expect(chen.getByRole('heading', { level: 1 })).toContainText('No mail comes in')
      await expect(chen.getByText('the status page says so')).toHaveCount(0)
    })

    await test.step('Bo, who moderates, merges them', async () => {
      await bo.goto('/c/tern-mail/merges')
      await accessible(bo)
      const group = bo.getByRole('region', { name: new RegExp(one) })
      await group.getByRole('button', { name: 'Merge it' }).click()
      await expect(bo.getByRole('button', { name: `Take back the merge of ${title}` })).toBeVisible()
    })

    await test.step('the old address leads to the one thread for good, with the answer, and Noor is told in person', async () => {
      const moved = await noor.request.get(merged, { maxRedirects: 0 })
      expect([moved.status(), moved.headers().location]).toEqual([301, expect.stringContaining(into.split('/').slice(0, 4).join('/'))])
      await noor.goto(merged)
      expect(new URL(noor.url()).pathname).toContain(into.split('/').slice(0, 4).join('/'))
      await expect(noor.getByText(`“${title}”, which you opened, was merged`)).toBeVisible()
      await expect(noor.getByText('the answer is the same for both of you')).toBeVisible()
      await expect(noor.getByText('the status page says so')).toBeVisible()
      await expect(noor.getByRole('button', { name: 'Stop following' })).toBeVisible()
      await accessible(noor)
      await expect(async () => {
        await noor.goto('/me/notifications')
        await expect(noor.getByText(/was put together with another/)).toBeVisible({ timeout: 2000 })
      }).toPass()
    })

    await test.step('Bo takes it back, and everything is in its place', async () => {
      await bo.goto(into)
      await bo.getByRole('button', { name: `Take back the merge of ${title}` }).click()
      await expect(bo.getByRole('heading', { level: 1 })).toHaveText(title)
      await noor.goto(merged)
      expect(new URL(noor.url()).pathname).toBe(merged)
      await expect(noor.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(noor.getByText('the status page says so')).toBeVisible()
      expect((await noor.request.get(baseURL + into)).status()).toBe(200)
    })
  })
