import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'
import { ask, recordOf, seatOf, send } from './sweep/seats'

const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

for (const javaScriptEnabled of [true, false])
  test(`what was given to answer a question is not read for an offer ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
    baseURL,
  }) => {
    const base = baseURL ?? ''
    const context = await browser.newContext({ javaScriptEnabled })
    const ada = await context.newPage()
    const handle = await signUp(ada, 'Ada')
    const seat = { base, cookie: (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') }
    const address = `${handle}@lighthouse.example`
    const [dara, staff] = [await browserOf(browser, 'Dara', { javaScriptEnabled }), await seatOf(base, 'dara')]

    const record = await test.step('Ada lets Tern Works read her address, to answer her', async () => {
      for (const [path, fields] of [
        ['/me/vault/e-mail', { value: address }],
        ['/me/grants/new', { vendor: 'tern-works', attributes: ['e-mail'], purpose: 'answer', until: inAMonth() }],
      ] as const)
        expect((await send(seat, path, fields as never)).status, path).toBe(302)
      let found = ''
      await expect.poll(async () => (found = await recordOf(staff, 'tern-works', handle).catch(() => ''))).not.toBe('')
      return found
    })

    await test.step('to answer, Dara reads it; to make an offer she is refused, and the purpose is named', async () => {
      await dara.goto(`/relationships/${record}`)
      await expect(dara.getByText(address)).toBeVisible()
      await dara.goto(`/relationships/${record}?purpose=offer`)
      await expect(dara.getByRole('status').filter({ hasText: 'nothing is granted to prepare an offer' })).toBeVisible()
      await expect(dara.getByText(address)).toBeHidden()
      if (javaScriptEnabled) await expectAccessible(dara)
      for (const path of [`/relationships/${record}?purpose=offer`, `/relationships/${record}.data?purpose=offer`]) {
        const { body } = await ask(staff, path)
        expect(body).not.toContain(address)
      }
    })

    await test.step('nothing was sent, and Ada reads that it was tried', async () => {
      const mails = (await ask({ base, cookie: '' }, '/dev/mailbox')).body.split('<section').filter((mail) => mail.includes(address))
      expect(mails).toEqual([])
      await ada.goto('/me/readings')
      const refused = ada.getByRole('row').filter({ hasText: 'Asked, refused' })
      await expect(refused.first()).toContainText('Dara')
      await expect(refused.first()).toContainText(/offer/)
      if (javaScriptEnabled) await expectAccessible(ada)
    })
  })
