import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

/** Scenario 1: what is asked for is granted field by field, without JavaScript on her side; what she denies is not there at all. */
test('Dara asks Jun for three fields; she allows two, each for its time, and the third is not there', async ({ browser }) => {
  const [dara, jun] = [await browserOf(browser, 'Dara'), await browserOf(browser, 'Jun', { javaScriptEnabled: false })]
  const record = async () => {
    await dara.goto('/vendors/tern-works/people?q=jun')
    await dara.getByRole('main').getByRole('link', { name: /Jun/ }).first().click()
    await expect(dara.getByRole('heading', { name: /Jun/, level: 1 })).toBeVisible()
  }

  await test.step('Jun keeps three fields', async () => {
    for (const [key, value] of [
      ['role', 'Office manager 4711'],
      ['e-mail', 'jun-4711@lark.example'],
      ['phone', '+49 30 5550 4711'],
    ] as const) {
      await jun.goto(`/me/vault/${key}`)
      await jun.locator('[name=value]').fill(value)
      await jun.getByRole('button', { name: 'Keep it' }).click()
      await expect(jun.getByRole('heading', { name: 'My vault', level: 1 })).toBeVisible()
    }
  })

  await test.step('Dara asks in one sentence, at the moment of need', async () => {
    await record()
    await dara.getByRole('link', { name: 'Ask for a field' }).click()
    for (const field of ['Role', 'Telephone']) await dara.getByLabel(field, { exact: true }).check()
    await dara.getByLabel(/mail/).check()
    await dara.getByLabel('Why you need it now').fill('To call you about the sync that stalls.')
    await expectAccessible(dara)
    await dara.getByRole('button', { name: 'Ask them' }).click()
    await expect(dara.getByText(/They have not answered/)).toBeVisible()
    await expect(dara.getByText('4711')).toHaveCount(0)
  })

  await test.step('Jun answers with less than asked', async () => {
    await jun.goto('/me/vault')
    await jun.getByRole('region', { name: 'Asked of you' }).getByRole('link', { name: 'Answer' }).click()
    await expect(jun.getByText('To call you about the sync that stalls.')).toBeVisible()
    await jun.getByLabel('Role', { exact: true }).selectOption('Let them for 90 days')
    await jun.getByLabel('Telephone').selectOption('No')
    await jun.getByRole('button', { name: 'Let them read this' }).click()
    await expect(jun.getByRole('region', { name: 'Asked of you' })).toHaveCount(0)
    await expect(jun.getByText(/29 days left|30 days left/)).toBeVisible()
  })

  await test.step('Dara reads two fields; of the third there is no trace', async () => {
    await record()
    const theirs = dara.getByRole('region', { name: /^From Jun|Jun/ }).first()
    await expect(dara.getByText('Office manager 4711').first()).toBeVisible()
    await expect(dara.getByText('jun-4711@lark.example')).toBeVisible()
    await expect(theirs.getByText('Telephone')).toHaveCount(0)
    await expect(dara.getByText('5550 4711')).toHaveCount(0)
  })
})
