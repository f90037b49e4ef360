import { randomBytes } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

const NAMING = { relation: 'customer', incentive: 'none', invitedBy: 'nobody', organisationSize: '', industry: '', authorRole: '' }

for (const { javaScriptEnabled, name } of [
  { javaScriptEnabled: true, name: 'Henk' },
  { javaScriptEnabled: false, name: 'Lena' },
])
  test(`Ask peers for a vendor, without a name, ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({ browser }) => {
    const [asker, jun, dara] = (await Promise.all(
      [name, 'Jun', 'Dara'].map((person) => browserOf(browser, person, { javaScriptEnabled })),
    )) as [Page, Page, Page]
    const accessible = async (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined)
    const title = `Whom would you use for e-invoices, 200 staff? (${randomBytes(3).toString('hex')})`
    let thread = ''

    await test.step('a prospect asks, and shows no name', async () => {
      await asker.goto('/c/self-hosted-mail/ask-peers')
      await expect(asker.getByRole('radio', { name: 'Unnamed' })).toBeChecked()
      await asker.getByLabel('What do you look for?').fill(title)
      await asker.getByRole('textbox', { name: 'What is it for?' }).fill('Four countries, and an auditor who asks every year.')
      await asker.getByLabel('Size of the organisation').selectOption('51-250')
      await asker.getByLabel('Industry').selectOption('health')
      await accessible(asker)
      await asker.getByRole('button', { name: 'Ask peers' }).click()
      await expect(asker.getByRole('heading', { level: 1, name: title })).toBeVisible()
      thread = new URL(asker.url()).pathname
    })
    const named = `/threads/${thread.split('/')[3]}/named`

    await test.step('Jun names a vendor with what she is to it; Tomas, of another size, names it too', async () => {
      await jun.goto(named)
      await jun.getByLabel('Vendor or product').fill('Marlow')
      await jun.getByLabel('Why?').fill('It sends what the authorities accept, each month.')
      await jun.getByLabel('Size of the organisation').selectOption('51-250')
      await jun.getByLabel('Industry').selectOption('health')
      await jun.getByRole('radio', { name: 'A customer', exact: true }).check()
      await jun.getByRole('radio', { name: 'Nothing received for it' }).check()
      await jun.getByRole('radio', { name: 'Nobody' }).check()
      await accessible(jun)
      await jun.getByRole('button', { name: 'Answer with this name' }).click()
      await expect(jun.getByText('It sends what the authorities accept').first()).toBeVisible()
      const tomas = await browserOf(browser, 'Tomas')
      const form = { ...NAMING, named: 'Marlow', body: 'Good enough for the three of us here.', organisationSize: '1-10' }
      const posted = await tomas.request.post(named, { form, headers: { origin: new URL(tomas.url()).origin }, maxRedirects: 0 })
      expect(posted.status()).toBe(302)
    })

    await test.step('Dara, who works for a vendor, has to say so, and is not counted; who asks she does not learn, nor can she write to them', async () => {
      const form = { ...NAMING, named: 'Tern Works', body: 'We make it, and it does this since last year.' }
      const post = (relation: string) =>
        dara.request.post(named, { form: { ...form, relation }, headers: { origin: new URL(dara.url()).origin }, maxRedirects: 0 })
      const refused = await post('customer')
      expect([refused.status(), /you are tied to this vendor/.test(await refused.text())]).toEqual([422, true])
      expect((await post('tied')).status()).toBe(302)
      const seen = await dara.goto(thread)
      expect(await seen?.text()).not.toMatch(new RegExp(`\\b${name}\\b`, 'i'))
      await expect(dara.getByText('A member, unnamed').first()).toBeVisible()
      await expect(dara.getByRole('link', { name: /privately/i })).toHaveCount(0)
    })

    await test.step('each answer says what its author is, got and shows; one click leaves those who are alike', async () => {
      await asker.goto(thread)
      const answers = asker.getByRole('article').filter({ hasText: 'Self-declared' })
      await expect(answers).toHaveCount(3)
      await expect(asker.getByText('A partner, or tied to a vendor: not counted.')).toHaveCount(1)
      await expect(asker.getByRole('row', { name: /Marlow/ })).toContainText('2')
      await expect(asker.getByRole('row', { name: /Tern Works/ })).toHaveCount(0)
      await asker.getByRole('link', { name: 'Same size and industry (1)' }).click()
      await expect(asker.getByText('One answer is like that, of 3.')).toBeVisible()
      await expect(answers).toHaveCount(1)
      await expect(answers).toContainText('each month')
      await accessible(asker)
    })

    await test.step('what she adds stays without a name', async () => {
      await asker.getByRole('article').filter({ hasText: 'each month' }).getByRole('link', { name: 'Comment' }).click()
      await asker.getByRole('textbox', { name: 'Your comment' }).fill('Does it take Peppol as well?')
      await asker
        .getByRole('button', { name: /comment/i })
        .first()
        .click()
      await expect(asker.getByText('Does it take Peppol as well?').first()).toBeVisible()
      const seen = await dara.goto(thread)
      const page = (await seen?.text()) ?? ''
      expect(page).toContain('Does it take Peppol as well?')
      expect(page).not.toMatch(new RegExp(`\\b${name}\\b`, 'i'))
    })
  })
