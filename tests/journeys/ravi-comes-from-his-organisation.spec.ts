import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'
import { aProvider } from '../support/provider'

test('Ravi joins from where he works, comes back without a password, and stays himself when the button goes', async ({ browser }) => {
  const provider = await aProvider()
  const mark = randomBytes(3).toString('hex')
  const [name, handle] = [`Lindenhof ${mark}`, `ravi-${mark}`]
  provider.says.claims = { sub: mark, email: `${handle}@lindenhof.example`, email_verified: true, name: 'Ravi' }

  const olu = await browserOf(browser, 'Olu')
  await olu.goto('/operate/sign-in')
  await olu.getByLabel('Name on the button').fill(name)
  await olu.getByLabel('Issuer').fill(provider.issuer)
  await olu.getByLabel('Client id').fill('parley')
  await olu.getByLabel('Client secret').fill('between the two of us')
  await olu.getByRole('button', { name: 'Keep it' }).click()
  await expect(olu.getByRole('listitem').filter({ hasText: name })).toBeVisible()
  await expectAccessible(olu)

  await test.step('he is new: a handle, and he is in, without a password and without a mail', async () => {
    const ravi = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await ravi.goto('/sign-in')
    await ravi.getByRole('link', { name: `Sign in with ${name}` }).click()
    await expect(ravi.getByRole('heading', { level: 1 })).toHaveText(`You come from ${name}`)
    await expect(ravi.getByLabel(/mail address/)).toHaveValue(`${handle}@lindenhof.example`)
    await ravi.getByLabel('Handle').fill(handle)
    await ravi.getByRole('main').getByRole('button', { name: 'Join' }).click()
    await ravi.goto('/me/account')
    await expect(ravi.getByText(name).first()).toBeVisible()
  })

  await test.step('in another browser the button alone signs him in', async () => {
    const ravi = await (await browser.newContext()).newPage()
    await ravi.goto('/sign-in')
    await ravi.getByRole('link', { name: `Sign in with ${name}` }).click()
    await ravi.goto('/me/account')
    await expect(ravi.getByText(handle).first()).toBeVisible()
    await expectAccessible(ravi)
  })

  await test.step('the organisation is let go; nobody signs in with it any more', async () => {
    await olu.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: 'End it' }).click()
    await olu.getByRole('dialog').or(olu.getByRole('alertdialog')).getByRole('button', { name: 'End it' }).click()
    await expect(olu.getByRole('listitem').filter({ hasText: name })).toHaveCount(0)
    const somebody = await (await browser.newContext()).newPage()
    await somebody.goto('/sign-in')
    await expect(somebody.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(somebody.getByRole('link', { name: `Sign in with ${name}` })).toHaveCount(0)
  })
  await provider.close()
})
