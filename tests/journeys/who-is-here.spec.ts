import { expect, test, type Request } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

test('two who read the same thread see each other, and that one is answering, until they would rather not', async ({ browser }) => {
  const jun = await (await browser.newContext()).newPage()
  const handle = await signUp(jun, 'Jun')
  await jun.goto('/c/tern-mail/ask')
  await jun.getByLabel(/in one sentence/).fill(`Does the index know of ${handle}?`)
  await jun.getByLabel(/What happens/).fill('It is found under every name but this one.')
  await jun.getByRole('button', { name: 'Post question' }).click()
  await expect(jun.getByRole('heading', { level: 1 })).toContainText(handle)
  const thread = new URL(jun.url()).pathname

  const chen = await browserOf(browser, 'Chen')
  await chen.goto(thread)
  await expect(chen.getByRole('heading', { name: 'Here now' })).toBeVisible()
  const rail = jun.getByRole('complementary')
  await expect(rail.getByRole('link', { name: 'Chen', exact: true })).toBeVisible()

  await chen.getByLabel('Your answer').pressSequentially('It is in the')
  await expect(rail.getByRole('status')).toHaveText('Chen is writing an answer')
  await expectAccessible(jun)

  await chen.getByLabel('Your answer').pressSequentially(' folder, @')
  await expect(chen.getByRole('listbox', { name: 'People' }).getByRole('option')).toHaveText([`Jun@${handle}`])
  await chen.keyboard.press('Enter')
  await expect(chen.getByLabel('Your answer')).toHaveValue(`It is in the folder, @${handle} `)
  await expect(chen.getByRole('listbox', { name: 'People' })).toBeHidden()

  // What comes late for what was typed before does not stand in the place of the newer.
  let letLateOnesCome = () => {}
  const named = new Promise<void>((done) => (letLateOnesCome = done))
  const late = /mentionable.*q=jun?$/
  await chen.route(late, async (route) => (await named, await route.continue().catch(() => undefined)))
  let over = 0
  const ended = (one: Request) => void (late.test(one.url()) && (over += 1))
  chen.on('requestfinished', ended).on('requestfailed', ended)
  await chen.getByLabel('Your answer').pressSequentially(`or @${handle.slice(0, 6)}`)
  await expect(chen.getByRole('option')).toHaveText([`Jun@${handle}`])
  letLateOnesCome()
  await expect.poll(() => over).toBe(2)
  await chen.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  expect(await chen.getByRole('option').allTextContents()).toEqual([`Jun@${handle}`])
  await expectAccessible(chen)
  await chen.keyboard.press('Escape')
  await chen.getByLabel('Your answer').fill('')
  await expect(rail.getByRole('status')).toHaveText('')

  await chen.getByRole('link', { name: 'Being seen' }).click()
  await expect(rail.getByRole('heading', { name: 'Here now' })).toBeHidden()
  await chen.getByRole('button', { name: 'Do not show me' }).click()
  await expect(chen.getByText('Nobody sees where you are')).toBeVisible()
  await expectAccessible(chen)
  await chen.goto(thread)
  await expect(chen.getByRole('heading', { name: 'Here now' })).toBeVisible()
  await expect(rail.getByRole('heading', { name: 'Here now' })).toBeHidden()
  await chen.goto('/me/being-seen')
  await chen.getByRole('button', { name: 'Show me again' }).click()
  await expect(chen.getByText('Members who have the same thread open')).toBeVisible()
})
