import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

/** Jun asked more than three days ago, and was silent after Chen's answer. */
test('A silent asker: the vendor confirms, marks what solved it, and the asker takes that back', async ({ browser }) => {
  const jun = await browserOf(browser, 'Jun')
  const dara = await browserOf(browser, 'Dara')
  const chen = await browserOf(browser, 'Chen', { javaScriptEnabled: false })
  await jun.goto('/c/tern-mail')
  await jun.getByRole('link', { name: 'Filters run twice on the same message' }).click()
  await expect(jun.getByRole('heading', { level: 1 })).toHaveText('Filters run twice on the same message')
  const thread = new URL(jun.url()).pathname
  const answerOf = (page: typeof jun) => page.getByRole('article', { name: /answer by Chen/i })

  await test.step('Dara finds it among the questions that wait for their asker and takes it on, as Bo sees at once', async () => {
    const bo = await browserOf(browser, 'Bo')
    await bo.goto('/c/tern-mail/waiting?view=asker')
    await dara.goto('/c/tern-mail')
    await dara.getByRole('link', { name: 'Waiting questions' }).click()
    await dara.getByRole('link', { name: /The asker’s turn/ }).click()
    await dara.getByRole('button', { name: 'I’ll take it: Filters run twice on the same message' }).click()
    await expect(bo.getByText(/is on it/)).toBeVisible()
    await expectAccessible(bo)
    await bo.context().close()
  })

  await test.step('Dara confirms Chen’s answer for the vendor, and it is not yet solved', async () => {
    await dara.goto(thread)
    await answerOf(dara).getByRole('button', { name: 'Confirm for the vendor' }).click()
    await expect(answerOf(dara).getByText('Confirmed by Tern Works')).toBeVisible()
    await expect(dara.getByText('Awaiting confirmation')).toBeVisible()
    await expectAccessible(dara)
  })

  await test.step('she marks it for the silent asker, and Jun sees at once by whom', async () => {
    await answerOf(dara).getByRole('button', { name: 'Mark as the solution' }).click()
    await expect(jun.getByText(/Marked by Dara/)).toBeVisible()
    await expect(jun.getByText('Solved', { exact: true })).toBeVisible()
    await expectAccessible(jun)
  })

  await test.step('Chen is told that his answer solved it', async () => {
    await expect(async () => {
      await chen.goto('/me/notifications')
      await expect(chen.getByText(/Your answer solved it/).first()).toBeVisible({ timeout: 2000 })
    }).toPass()
  })

  await test.step('Jun takes it back, and nobody marks it again', async () => {
    await jun.getByRole('button', { name: 'This did not solve it' }).click()
    await expect(jun.getByText(/Marked by Dara/)).toHaveCount(0)
    await dara.reload()
    await expect(answerOf(dara).getByRole('button', { name: 'Mark as the solution' })).toHaveCount(0)
  })

  await test.step('Chen’s answer is edited as Jun suggests, in Jun’s name', async () => {
    await jun.goto(thread)
    await answerOf(jun).getByRole('link', { name: 'Suggest an edit' }).click()
    await jun.getByLabel('Text').fill('It is one filter with two triggers. Untick *when a folder opens*.')
    await jun.getByLabel('What does it make better?').fill('Shorter')
    await jun.getByRole('button', { name: 'Send the suggestion' }).click()
    await expect(jun.getByRole('heading', { level: 1 })).toHaveText('A suggested edit')
    await expectAccessible(jun)
    await chen.goto(thread)
    await chen.getByRole('link', { name: 'Look at it' }).click()
    await chen.getByRole('button', { name: 'Take this edit' }).click()
    await expect(chen.getByText('It is one filter with two triggers. Untick')).toBeVisible()
    await chen.getByRole('link', { name: 'edited once' }).first().click()
    await expect(chen.getByText(/by Jun/)).toBeVisible()
  })
})
