import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'

const VERDICT = {
  useCase: 'Twelve people in a print shop, with mail of fifteen years.',
  whatIsGood: 'Reading and writing mail.',
  whatIsNot: 'The search of old mail took minutes, and nobody said why.',
  verdict: '2',
  timeUsed: '1-to-3-years',
  chooseAgain: 'no',
  relation: 'customer',
  incentive: 'none',
  invitedBy: 'nobody',
  shownAs: 'handle',
}
const GROUND = 'We never had a workspace under this name, and no invoice went to such an address.'

test('Cannot bury criticism: every way to it is shut, the vendor disputes it in the open, and somebody without ties decides', async ({
  browser,
}) => {
  const dara = await browserOf(browser, 'Dara', { javaScriptEnabled: false })
  const visitor = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  let id = ''
  const words = `Our archive was slow for weeks (${randomBytes(3).toString('hex')})`
  let address = ''

  await test.step('Lena writes a hard verdict of Tern Mail; Dara, who works there, finds no way to hide, edit or lower it', async () => {
    const lena = await browserOf(browser, 'Lena')
    const written = await lena.request.post('/vendors/tern-works/recommend', {
      form: { product: 'tern-mail', ...VERDICT, headline: words },
      headers: { origin: new URL(lena.url()).origin },
      maxRedirects: 0,
    })
    expect(written.status(), await written.text()).toBe(302)
    await dara.goto('/people/lena')
    await dara.getByRole('link', { name: words }).click()
    address = new URL(dara.url()).pathname
    id = address.split('/').at(-1) ?? ''
    for (const name of [/Hide/, /Withdraw/, /Decide/]) await expect(dara.getByRole('main').getByRole('button', { name })).toHaveCount(0)
    const tried = [
      [
        `/moderation/recommendation/${id}`,
        { act: 'hide', rule: 'false', facts: 'It is not so, and it hurts us.', why: 'We say it is not so.', seen: '' },
      ],
      [`/recommendations/${id}/edit`, { ...VERDICT, headline: 'All is well', verdict: '5' }],
      [`/recommendations/${id}/withdrawal`, {}],
      [`/recommendations/${id}/confirmation`, {}],
      [`/recommendations/${id}/proof`, { body: 'We show that nothing was used.' }],
      [`/moderation/recommendation/${id}/claim`, {}],
    ] as const
    for (const [path, form] of tried) {
      const answer = await dara.request.post(path, { form, maxRedirects: 0, headers: { origin: new URL(dara.url()).origin } })
      expect([path, answer.status()]).toEqual([path, 403])
    }
    await visitor.goto(address)
    await expect(visitor.getByRole('heading', { name: words })).toBeVisible()
  })

  await test.step('she disputes it: a rule, a ground, and a day by which it is decided', async () => {
    await dara.goto(address)
    await dara.getByRole('link', { name: 'Dispute it' }).click()
    await dara.getByRole('radio', { name: /Nothing knowingly false/ }).check()
    await dara.getByLabel('What is the ground?').fill('Too short.')
    await dara.getByRole('button', { name: 'Dispute it' }).click()
    await expect(dara.getByLabel('What is the ground?')).toHaveValue('Too short.')
    await dara.getByLabel('What is the ground?').fill(GROUND)
    await dara.getByRole('button', { name: 'Dispute it' }).click()
    await expect(dara.getByText(/An independent moderator decides by/).first()).toBeVisible()
  })

  await test.step('it stays, with a neutral mark, and says nothing of what the vendor claims', async () => {
    await visitor.goto(address)
    await expect(visitor.getByRole('heading', { name: words })).toBeVisible()
    await expect(visitor.getByText(/disputes this .* until then it stays, and counts as before/)).toBeVisible()
    await expect(visitor.getByText(GROUND)).toHaveCount(0)
  })

  await test.step('Lena is told, and shows to those who decide alone that she used it', async () => {
    const lena = await browserOf(browser, 'Lena')
    await expect(async () => {
      await lena.goto('/me/notifications')
      await expect(lena.getByText(/The vendor disputes your recommendation/).first()).toBeVisible({ timeout: 1000 })
    }).toPass()
    await lena.goto(address)
    await lena.getByRole('link', { name: 'See what is disputed' }).click()
    await expect(lena.getByText(GROUND)).toBeVisible()
    await lena.getByRole('link', { name: 'Show that you used it' }).click()
    await lena.getByLabel('How you came to use it').fill('Invoice 2024-118, for forty-eight seats.')
    await lena.getByRole('button', { name: 'Send it to those who decide' }).click()
    await expect(lena.getByText('Invoice 2024-118', { exact: false })).toBeVisible()
    await expectAccessible(lena)
    await dara.goto(`${address}/dispute`)
    await expect(dara.getByText(GROUND)).toBeVisible()
    await expect(dara.getByText('Invoice 2024-118', { exact: false })).toHaveCount(0)
  })

  await test.step('Olu, who serves no vendor, finds it first in the queue, reads both sides and leaves it as it is', async () => {
    const olu = await browserOf(browser, 'Olu')
    await olu.goto('/moderation')
    await olu.getByRole('region', { name: 'Disputes' }).getByRole('link').filter({ hasText: words }).click()
    await expect(olu.getByText('Invoice 2024-118', { exact: false })).toBeVisible()
    await expect(olu.getByText(GROUND).first()).toBeVisible()
    await expectAccessible(olu)
    await olu.getByRole('radio', { name: 'Leave as it is' }).check()
    await olu.getByLabel('Rule', { exact: true }).selectOption('No rule is broken')
    await olu.getByLabel('Facts').fill('The invoice fits what she writes.')
    await olu.getByRole('button', { name: /Decide and tell/ }).click()
    await olu.waitForURL((url) => !url.search.includes(id))
  })

  await test.step('the mark is gone, the dispute is counted on the vendor’s page, and what Dara tried stands in the log', async () => {
    await visitor.goto(address)
    await expect(visitor.getByRole('heading', { name: words })).toBeVisible()
    await expect(visitor.getByText(/disputes this/)).toHaveCount(0)
    await visitor.goto('/vendors/tern-works')
    await expect(visitor.getByText(/dispute.* declined/).first()).toBeVisible()
    await dara.goto(`${address}/dispute`)
    await expect(dara.getByText(/Declined on/)).toBeVisible()
  })
})
