import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

/** Bo hides what Jun wrote; she contests it, and Olu, who did not decide, looks at it afresh. */
test('Removed, explained, reversed: Jun reads why, appeals, and somebody else gives back what was taken', async ({ browser }) => {
  const jun = await browserOf(browser, 'Jun', { javaScriptEnabled: false })
  const bo = await browserOf(browser, 'Bo')
  const words = `Three pages say how: one, two and three (${randomBytes(3).toString('hex')}).`
  let post = ''
  let thread = ''

  await test.step('Jun answers with three links', async () => {
    await jun.goto('/c/tern-mail')
    await jun.getByRole('link', { name: /Deleted messages come back/ }).click()
    thread = new URL(jun.url()).pathname
    await jun.getByLabel('Your answer').fill(words)
    await jun.getByRole('button', { name: 'Post answer' }).click()
    const article = jun.getByRole('article').filter({ hasText: words })
    post = ((await article.getAttribute('id')) ?? '').replace('post-', '')
    expect(post).toMatch(/^[\w-]{36}$/)
  })

  await test.step('Bo cannot hide it without a rule and a reason, and then does, with every part of the statement', async () => {
    await bo.goto(`/moderation/post/${post}`)
    await bo.getByRole('radio', { name: 'Hide' }).check()
    await bo.getByLabel('Rule', { exact: true }).selectOption('3. No advertising, no spam')
    await bo.getByLabel('Facts').fill('The answer is three links and hardly a word.')
    await bo.getByRole('button', { name: /Decide and tell/ }).click()
    await expect(bo.getByText('Say why this breaks the rule.').first()).toBeVisible()
    await bo.getByLabel('Why that breaks the rule').fill('Links without an answer lead away from the question.')
    await bo.getByLabel('A check found it and I decide.').check()
    await bo.getByRole('button', { name: /Decide and tell/ }).click()
    await bo.waitForURL(/\/c\/tern-mail\/moderation/)
  })

  await test.step('Jun finds the notice, and in it what was done, under which rule, for how long, and what found it', async () => {
    await expect(async () => {
      await jun.goto('/me/notifications')
      await expect(jun.getByText(/A moderator decided about something you wrote/).first()).toBeVisible({ timeout: 1000 })
    }).toPass()
    await jun.getByRole('link', { name: 'Statement of reasons' }).first().click()
    for (const part of [
      'This decision is about you.',
      '3. No advertising, no spam',
      'three links and hardly a word',
      'lead away from the question',
    ])
      await expect(jun.getByText(part, { exact: false }).first()).toBeVisible()
    await expect(jun.getByText('A check of the portal found it, and a person decided.')).toBeVisible()
    await expect(jun.getByText('Until it is changed')).toBeVisible()
  })

  await test.step('she appeals in her own words', async () => {
    await jun.getByRole('link', { name: 'Appeal', exact: true }).click()
    await jun.getByLabel('Why is the decision wrong?').fill('Each of the three answers one part of what was asked.')
    await jun.getByRole('button', { name: 'Send the appeal' }).click()
    await expect(jun.getByText(/Somebody else than the one who decided answers by/)).toBeVisible()
  })

  const decision = new URL(jun.url()).pathname
  await test.step('it stands in the queue, and is not Bo’s to decide', async () => {
    const row = bo.getByRole('link', { name: /Jun appeals/ }).filter({ hasText: 'first decided by you' })
    await expect(row.first()).toBeVisible()
    await expectAccessible(bo)
    await row.first().click()
    await expect(bo.getByText('You made this decision, so somebody else looks at the appeal.')).toBeVisible()
    await expectAccessible(bo)
  })

  await test.step('Olu decides afresh, and it is back at its place and time', async () => {
    const olu = await browserOf(browser, 'Olu')
    await olu.goto(new URL(bo.url()).pathname)
    await olu.getByRole('radio', { name: 'Take the decision back' }).check()
    await olu.getByLabel('Your reasons').fill('The links are to our own manual, and each fits a part of the question.')
    await expectAccessible(olu)
    await olu.getByRole('button', { name: /Decide and tell Jun/ }).click()
    await olu.waitForURL(/\/moderation\/log\//)
    await expectAccessible(olu)
    await olu.goto(thread)
    await expect(olu.getByRole('article').filter({ hasText: words })).toBeVisible()
  })

  await test.step('Jun is told, with the reasons', async () => {
    await expect(async () => {
      await jun.goto('/me/notifications')
      await expect(jun.getByText(/what it took away is given back/).first()).toBeVisible({ timeout: 1000 })
    }).toPass()
    await jun.goto(decision)
    await expect(jun.getByRole('heading', { name: 'The decision is taken back' })).toBeVisible()
    await expect(jun.getByText('The links are to our own manual', { exact: false })).toBeVisible()
  })
})
