import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

const radio = (page: Page, group: string, name: string) => page.getByRole('group', { name: group }).getByRole('radio', { name }).first()

async function accepts(page: Page, vendor: string, terms: string[], otherwise: string) {
  await page.goto(`/vendors/${vendor}/terms/edit`)
  for (const box of await page.getByRole('group', { name: 'Say yes to' }).getByRole('checkbox').all()) await box.uncheck()
  for (const each of terms) await page.locator(`input[name=accepts][value="${each}"]`).check()
  await page.getByLabel('When a customer offers something else').selectOption(otherwise)
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Terms that')
}

async function offers(page: Page, javaScript = true) {
  await page.goto('/me/terms')
  await radio(page, 'With what I let it read, a vendor may', 'Serve me, and nothing else').check()
  await page.getByLabel('If it asks for more, I go no further than').selectOption('SD-BASE-A')
  await radio(page, 'When it asks for more, but not beyond that', 'Accept in my name').check()
  if (javaScript) await expectAccessible(page)
  await page.getByRole('button', { name: 'Keep my terms' }).click()
}

for (const javaScriptEnabled of [true, false])
  test(`Ada’s terms are countered once, and both sides hold the same record ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const wim = await browserOf(browser, 'Wim', { javaScriptEnabled })
    await accepts(wim, 'marlow', ['SD-BASE-A-DP'], 'SD-BASE-A-DP')
    const ada = await (await browser.newContext({ javaScriptEnabled })).newPage()
    await signUp(ada, 'Ada')
    await offers(ada, javaScriptEnabled)

    await test.step('her agent accepts the counter-offer that she said is fine', async () => {
      await ada.goto('/me/terms/marlow')
      await ada.getByRole('button', { name: 'Offer my terms' }).click()
      await expect(ada.getByText('Marlow may serve you, and count how its products are used')).toBeVisible()
      await expect(ada.getByText('Accepted', { exact: true }).first()).toBeVisible()
    })

    const record = await test.step('her copy and the vendor’s are the same file', async () => {
      const link = ada.getByRole('link', { name: /^Download the record/ }).first()
      const address = (await link.getAttribute('href')) ?? ''
      const [hers, theirs] = [await ada.request.get(address), await wim.request.get(address)]
      expect(hers.headers()['x-content-sha256']).toBe(theirs.headers()['x-content-sha256'])
      const text = await hers.text()
      expect(await theirs.text()).toBe(text)
      const { payload } = JSON.parse(text) as { payload: string }
      const said = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { 'dpv:hasStatus': { '@type': string }[] }
      expect(said['dpv:hasStatus'].map((state) => state['@type'])).toEqual([
        'ieee-7012:AgreementNegotiationRequested',
        'ieee-7012:AgreementNegotiationCounterOfferMade',
        'ieee-7012:AgreementAccepted',
      ])
      return text
    })

    await test.step('anybody checks it; a changed byte is found', async () => {
      const page = await (await browser.newContext({ javaScriptEnabled })).newPage()
      await page.goto('/verify')
      await page.getByLabel('The signed record').fill(record)
      await page.getByRole('button', { name: 'Check it' }).click()
      await expect(page.getByText('As it was signed', { exact: true })).toBeVisible()
      await expect(page.getByText('Signed by Marlow.')).toBeVisible()
      if (javaScriptEnabled) await expectAccessible(page)
      await page.getByLabel('The signed record').fill(record.replace(/"payload":"./, '"payload":"f'))
      await page.getByRole('button', { name: 'Check it' }).click()
      await expect(page.getByText('Not as it was signed', { exact: true })).toBeVisible()
    })

    await test.step('a second counter-offer is answered 409', async () => {
      await accepts(wim, 'marlow', ['SD-BASE-AT'], 'staff')
      await ada.goto('/me/terms/marlow')
      await expect(ada.getByText('Marlow has changed what it accepts')).toBeVisible()
      await ada.getByRole('button', { name: 'Offer my terms again' }).click()
      await expect(ada.getByText(/Your offer waits for Marlow/)).toBeVisible()
      await wim.goto('/vendors/marlow/offers')
      if (javaScriptEnabled) await expectAccessible(wim)
      const row = wim.getByRole('listitem').filter({ hasText: 'Ada' }).filter({ hasText: 'Waits for an answer' }).first()
      const action = (await row.locator('form').last().getAttribute('action')) ?? ''
      await row.getByLabel('Propose instead').selectOption('SD-BASE-AT')
      await row.getByRole('button', { name: 'Make this counter-offer' }).click()
      await expect(row.getByRole('button', { name: 'Make this counter-offer' })).toHaveCount(0)
      const again = await wim.request.post(new URL(action, wim.url()).pathname, {
        form: { answer: 'counter', counter: 'SD-BASE-ATP' },
        headers: { origin: new URL(wim.url()).origin },
      })
      expect(again.status()).toBe(409)
      await ada.goto('/me/terms')
      await expect(ada.getByText('Marlow does not accept your terms.')).toBeVisible()
      await ada.getByRole('button', { name: 'Refuse' }).click()
      await expect(ada.getByText('Refused', { exact: true }).first()).toBeVisible()
    })
  })
