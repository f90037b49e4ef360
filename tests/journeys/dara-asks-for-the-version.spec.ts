import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

const ROOM = '/c/tern-mail'
const words = Date.now().toString(36)
const title = (page: Page) => page.getByLabel(/in one sentence/)
const body = (page: Page) => page.getByLabel(/What happens/)
const details = (page: Page) => page.getByRole('article').first().locator('dl')
const FEW = 'How it stands is shown from five voters on'
let thread = ''

test('Dara says what a question should tell; Jun tells it, and asks the room in a poll', async ({ browser }) => {
  const [dara, jun, chen] = [await browserOf(browser, 'Dara'), await browserOf(browser, 'Jun'), await browserOf(browser, 'Chen')]

  await test.step('Dara asks for the version, and for the phone', async () => {
    await dara.goto('/vendors/tern-works')
    await dara.getByRole('link', { name: 'What questions about Tern Pocket are asked' }).click()
    const [first, second] = [dara.getByRole('group', { name: 'Field 1' }), dara.getByRole('group', { name: 'Field 2' })]
    await first.getByLabel('Label').fill('Version')
    await first.getByLabel('Help below the field').fill('Under Settings, About.')
    await first.getByLabel(/cannot be posted without/).check()
    await second.getByLabel('Label').fill('Phone')
    await second.getByLabel('Kind').selectOption('One of several answers')
    await second.getByLabel(/Answers to choose from/).fill('Android\niPhone')
    await expectAccessible(dara)
    await dara.getByRole('button', { name: 'Save what to ask' }).click()
    await expect(dara.getByRole('heading', { level: 1 })).toHaveText('Tern Works')
  })

  await test.step('Jun chooses the product, and its fields are there; the draft keeps them', async () => {
    await jun.goto(`${ROOM}/ask`)
    await title(jun).fill(`The phone rings at night ${words}`)
    await body(jun).fill('Every night at three it tells me that there is nothing new.')
    await jun.getByLabel('Which product?').selectOption('Tern Pocket')
    await jun.getByLabel('Version').fill('4.1')
    await jun.getByLabel('Phone').selectOption('Android')
    await expect(jun.getByText('Draft saved.')).toBeVisible()
    await jun.reload()
    await expect(jun.getByLabel('Version')).toHaveValue('4.1')
    await expectAccessible(jun)
    await jun.getByRole('button', { name: 'Post question' }).click()
    await expect(details(jun)).toContainText('Version4.1')
    await expect(details(jun)).toContainText('PhoneAndroid')
    thread = new URL(jun.url()).pathname
  })

  await test.step('she asks the room, which sees no counts before it votes', async () => {
    await jun.getByRole('link', { name: 'Add a poll' }).click()
    await jun.getByLabel('What do you ask?').fill('When does yours ring?')
    await jun.getByLabel(/Answers to choose from/).fill('At three\nNever')
    await expectAccessible(jun)
    await jun.getByRole('button', { name: 'Ask it' }).click()
    const poll = jun.getByRole('region', { name: 'When does yours ring?' })
    await expect(poll).toContainText('Nobody has voted.')
    await chen.goto(thread)
    await chen.getByRole('radio', { name: 'Never' }).check()
    await chen.getByRole('button', { name: 'Vote', exact: true }).click()
    await expect(chen.getByText(FEW)).toBeVisible()
    await expect(chen.getByRole('list', { name: 'Answers to choose from' })).toContainText('Never your choice')
    await expectAccessible(chen)
    await expect(poll).toContainText('1 person has voted.')
    await expect(poll.getByRole('list', { name: 'How it stands' })).toHaveCount(0)
    await expect(poll.getByRole('link', { name: 'Change the poll' })).toHaveCount(0)
  })
})

test('without JavaScript: the product’s fields by a button, what is missing beside its field, and a vote', async ({ browser }) => {
  const page = await browserOf(browser, 'Amina', { javaScriptEnabled: false })
  await page.goto(`${ROOM}/ask`)
  await title(page).fill(`The phone says nothing at all ${words}`)
  await body(page).fill('It has been silent since the last update.')
  await page.getByLabel('Which product?').selectOption('Tern Pocket')
  await page.getByRole('button', { name: 'Show what is asked about it' }).click()
  await expect(title(page)).toHaveValue(`The phone says nothing at all ${words}`)
  await page.getByLabel('Phone').selectOption('iPhone')
  await page.getByLabel('Version').fill(' ')
  await page.getByRole('button', { name: 'Post question' }).click()
  await expect(page.getByRole('link', { name: /^Version: / })).toBeVisible()
  await expect(page.getByLabel('Phone')).toHaveValue('iPhone')
  await page.getByLabel('Version').fill('4.2')
  await page.getByRole('button', { name: 'Post question' }).click()
  await expect(details(page)).toContainText('Version4.2')

  await page.goto(thread)
  await page.getByRole('radio', { name: 'At three' }).check()
  await page.getByRole('button', { name: 'Vote', exact: true }).click()
  await expect(page.getByText('2 people have voted.')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Answers to choose from' })).toContainText('At three your choice')
  await page.getByText('Vote otherwise').click()
  await page.getByRole('radio', { name: 'Never' }).check()
  await page.getByRole('button', { name: 'Vote', exact: true }).click()
  await expect(page.getByText(FEW)).toBeVisible()
  await expect(page.getByRole('list', { name: 'Answers to choose from' })).toContainText('Never your choice')
})
