import { randomBytes } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

/** Bo warns Lena, then silences her for a day; she contests it, and Olu, who did not decide, lets her speak again. */
test('The ladder: warned, silenced with her words kept as a draft, appealed, lifted by somebody else, and posted at once', async ({
  browser,
}) => {
  const lena = await (await browser.newContext()).newPage()
  const bo = await browserOf(browser, 'Bo')
  const handle = await signUp(lena, 'Lena')
  const words = `Compact the folder before you delete (${randomBytes(3).toString('hex')}).`
  const stepOn = async (page: Page, proposed: RegExp, reasons: string) => {
    await page.goto(`/moderation/people/${handle}?community=tern-mail`)
    await expect(page.getByText(proposed)).toBeVisible()
    await page.getByLabel('Rule', { exact: true }).selectOption('1. About the matter, not the person')
    await page.getByLabel('Facts').fill(reasons)
    await page.getByLabel('Why that breaks the rule').fill('None of it is about the matter.')
    await page.getByRole('button', { name: 'Decide and tell Lena' }).click()
    await page.waitForURL(/\/moderation\/log\//)
  }

  await test.step('Bo takes the step that is proposed: first a warning, then silence', async () => {
    await stepOn(bo, /never warned.*The next step is to warn;/, 'Called the asker names, twice in one thread.')
    await expect(bo.getByRole('heading', { name: 'A person was warned' })).toBeVisible()
    await stepOn(bo, /warned once.*The next step is to silence for a day;/, 'Went on the next day, in another thread.')
    await expect(bo.getByRole('heading', { name: 'A person was silenced' })).toBeVisible()
    await expectAccessible(bo)
  })

  let thread = ''
  await test.step('Lena reads, and the form says beside its button until when; what she typed stays hers', async () => {
    // A question that no other journey and no sweep looks at.
    await lena.goto('/search?q=Search+finds+nothing+older+than+March+until+I+rebuild')
    await lena
      .getByRole('link', { name: /finds nothing older than March/ })
      .first()
      .click()
    await lena.waitForURL(/\/c\/tern-mail\/\d+/)
    thread = new URL(lena.url()).pathname
    await expect(lena.getByText(/You can post this after .* until then it is kept as a draft/)).toBeVisible()
    await lena.getByLabel('Your answer').fill(words)
    await lena.getByRole('button', { name: 'Post answer' }).click()
    await expect(lena.getByText(/You are silenced in .* until .*What you typed stays here/)).toBeVisible()
    await expectAccessible(lena)
    await expect(async () => {
      await lena.goto(thread)
      await expect(lena.getByLabel('Your answer')).toHaveValue(words, { timeout: 1000 })
    }).toPass()
  })

  await test.step('she contests it', async () => {
    await lena.getByRole('link', { name: 'Why, and how to contest it' }).first().click()
    await lena.getByRole('link', { name: 'Appeal', exact: true }).click()
    await lena.getByLabel('Why is the decision wrong?').fill('I spoke of the folder, and of nobody.')
    await lena.getByRole('button', { name: 'Send the appeal' }).click()
    await expect(lena.getByText(/Somebody else than the one who decided answers by/)).toBeVisible()
  })

  await test.step('it is not Bo’s to decide; Olu lifts it', async () => {
    await bo.goto('/c/tern-mail/moderation')
    await bo
      .getByRole('link', { name: /Lena appeals/ })
      .first()
      .click()
    await expect(bo.getByText('You made this decision, so somebody else looks at the appeal.')).toBeVisible()
    const olu = await browserOf(browser, 'Olu')
    await olu.goto(new URL(bo.url()).pathname)
    await olu.getByRole('radio', { name: 'Take the decision back' }).check()
    await olu.getByLabel('Your reasons').fill('Both posts are about the folder.')
    await olu.getByRole('button', { name: /Decide and tell Lena/ }).click()
    await olu.waitForURL(/\/moderation\/log\//)
  })

  await test.step('she posts her draft at once, and the log counts what was taken back', async () => {
    await lena.goto(thread)
    await expect(lena.getByLabel('Your answer')).toHaveValue(words)
    await lena.getByRole('button', { name: 'Post answer' }).click()
    await expect(lena.getByRole('article').filter({ hasText: words })).toBeVisible()
    await lena.goto('/moderation/log?act=unsilence')
    await expect(lena.getByText('A silence was ended').first()).toBeVisible()
    await lena.goto('/moderation/log?act=silence')
    await expect(lena.getByText('taken back on appeal').first()).toBeVisible()
    await lena.goto('/moderation/transparency')
    await expect(lena.getByRole('row', { name: /Warnings, silences and suspensions taken back/ })).toBeVisible()
  })
})
