import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

const ROOM = '/c/tern-mail'

for (const javaScriptEnabled of [true, false])
  test(`a newcomer on a phone finds the answer before asking ${javaScriptEnabled ? 'while typing' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    // A question of its own each time: of two that are alike only the first stands open.
    const turned = javaScriptEnabled ? 'key' : 'certificate'
    const title = `Webhook returns 401 after ${turned} rotation ${Date.now().toString(36)}`
    await test.step('Amina asked, Chen answered, she accepted', async () => {
      const [amina, chen] = [await browserOf(browser, 'Amina'), await browserOf(browser, 'Chen')]
      await amina.goto(`${ROOM}/ask`)
      await amina.getByLabel(/in one sentence/).fill(title)
      await amina.getByLabel(/What happens/).fill(`Since we rotated the ${turned}, every call of the webhook is refused.`)
      await amina.getByRole('button', { name: 'Post question' }).click()
      await expect(amina.getByRole('heading', { level: 1 })).toHaveText(title)
      await chen.goto(new URL(amina.url()).pathname)
      await chen.getByLabel('Your answer').fill(`Restart the worker: it keeps the old ${turned} until then.`)
      await chen.getByRole('button', { name: 'Post answer' }).click()
      await expect(chen.getByText(`it keeps the old ${turned} until then`)).toBeVisible()
      await amina.reload()
      await amina.getByRole('button', { name: 'Accept this answer' }).click()
      await expect(amina.getByText(/Accepted by/)).toBeVisible()
    })

    const newcomer = await (await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 740 } })).newPage()
    const similar = newcomer.getByRole('article').filter({ hasText: title })
    await test.step('she types it with an error, signed in nowhere, and sees the answer', async () => {
      await expect(async () => {
        await newcomer.goto(`${ROOM}/ask`)
        await newcomer.getByLabel(/in one sentence/).fill(`401 webhok rotated ${turned}`)
        if (!javaScriptEnabled) {
          await newcomer.getByLabel(/What happens/).fill('Typed already, and not lost.')
          await newcomer.getByRole('button', { name: 'Check for answers first' }).click()
          await expect(newcomer.getByLabel(/What happens/)).toHaveValue('Typed already, and not lost.')
        }
        await expect(similar.getByText(`it keeps the old ${turned} until then`)).toBeVisible({ timeout: 2000 })
      }).toPass()
      const titles = await newcomer.getByRole('article').getByRole('heading').allInnerTexts()
      expect(titles.slice(0, 3)).toContain(title)
      expect(await newcomer.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      if (javaScriptEnabled) await expectAccessible(newcomer)
    })

    await test.step('“this answers it” closes the form, and is counted without a name', async () => {
      await similar.getByRole('button', { name: 'This answers it' }).click()
      await expect(newcomer.getByRole('heading', { level: 1 })).toHaveText('Good to know')
      await expect(newcomer.getByLabel(/in one sentence/)).toHaveCount(0)
      await newcomer.goto('/dev/events')
      await expect(newcomer.getByText('question.deflected').first()).toBeVisible()
    })
  })

test('the palette finds a thread, a person and a vendor, by keyboard alone', async ({ browser }) => {
  const page = await browserOf(browser, 'Amina')
  await page.goto('/communities')
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox')
  await box.fill('tern wroks')
  await expect(page.getByRole('option', { name: /Tern Works/ })).toBeVisible()
  await box.fill('deleted mesages come')
  await expect(page.getByRole('option', { name: /Deleted messages come back/ })).toBeVisible()
  await expectAccessible(page)
  for (let step = 0; step < 12; step += 1) {
    if (/Deleted messages/.test(await page.getByRole('option', { selected: true }).innerText())) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Deleted messages')
})
