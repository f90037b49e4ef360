import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

/** A check holds what Nele wrote on her first day; she reads which and why, Bo reads it first, and then it is there for all. */
test('Held, read, let out: a newcomer’s answer with three links waits for a moderator, and its asker is told once', async ({ browser }) => {
  const name = `Nele${randomBytes(2).toString('hex')}`
  const words = `Each part of it has a page (${randomBytes(3).toString('hex')})`
  const nele = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await signUp(nele, name)
  const amina = await browserOf(browser, 'Amina')
  const bo = await browserOf(browser, 'Bo')
  let thread = ''

  await test.step('Nele answers with three links, and is told beside her words what a check found', async () => {
    await nele.goto('/c/tern-mail')
    await nele.getByRole('link', { name: /Deleted messages come back/ }).click()
    thread = new URL(nele.url()).pathname
    await nele.getByLabel('Your answer').fill(`${words}: https://one.example/a https://two.example/b https://three.example/c`)
    await nele.getByRole('button', { name: 'Post answer' }).click()
    const mine = nele.getByRole('article').filter({ hasText: words })
    await expect(mine.getByText(/A check holds this back.*It has 3 links\. At level 0 a post may have 2/)).toBeVisible()
    await mine.getByRole('link', { name: 'Statement of reasons' }).click()
    for (const part of ['A check of the portal, and no person', '3. No advertising, no spam', 'It has 3 links.'])
      await expect(nele.getByText(part, { exact: false }).first()).toBeVisible()
    await expect(nele.getByRole('link', { name: 'Appeal', exact: true })).toBeVisible()
  })

  await test.step('her standing says how many links she may post, and what the next level brings', async () => {
    await nele.goto('/me/standing')
    await expect(nele.getByRole('row', { name: 'Links in a post 2 10' })).toBeVisible()
    await expect(nele.getByText(/with more links is read by a moderator/)).toBeVisible()
  })

  await test.step('the asker sees nothing of it', async () => {
    await amina.goto(thread)
    await expect(amina.getByLabel('Your answer')).toBeVisible()
    await expect(amina.getByText(words)).toHaveCount(0)
  })

  await test.step('Bo finds it in the queue, reads it and lets it appear', async () => {
    await bo.goto('/c/tern-mail/moderation')
    const row = bo.getByRole('link', { name: /Held: many links/ }).filter({ hasText: words })
    await row.click()
    await expect(bo.getByText('Held by a check')).toBeVisible()
    await expectAccessible(bo)
    await bo.getByRole('radio', { name: 'Let it appear' }).check()
    await bo.getByLabel('Rule', { exact: true }).selectOption('No rule is broken')
    await bo.getByLabel('Facts').fill('Three pages of the manual, and all of them fit the question.')
    await bo.getByRole('button', { name: /Decide and tell/ }).click()
    await expect(bo.getByRole('link', { name: /Held: many links/ }).filter({ hasText: words })).toHaveCount(0)
    await bo.goto('/c/tern-mail/checks')
    await expect(bo.getByLabel('Domains')).toBeVisible()
    await expectAccessible(bo)
  })

  await test.step('it stands under the question, and Amina is told of it once', async () => {
    await amina.goto(thread)
    await expect(amina.getByRole('article').filter({ hasText: words })).toBeVisible()
    const notice = amina.getByRole('listitem').filter({ hasText: name })
    await expect(async () => {
      await amina.goto('/me/notifications')
      await expect(notice.first()).toBeVisible({ timeout: 1000 })
    }).toPass()
    await expect(notice).toHaveCount(1)
  })
})
