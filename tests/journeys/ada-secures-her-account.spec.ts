import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, PASSWORD, signUp } from '../support/browser'
import { aPhone } from '../support/phone'

async function givePassword(page: Page, address: string) {
  await page.goto('/sign-in')
  await page.getByLabel(/mail address/).fill(address)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/sign-in/second-step**')
}

async function openMail(page: Page, address: string, subject: string) {
  await page.goto('/dev/mailbox')
  await page.locator('section').filter({ hasText: address }).filter({ hasText: subject }).first().getByRole('link').first().click()
}

/** A device whose sensor always knows its owner. */
async function aDeviceThatKnowsHer(page: Page) {
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('Ada secures her account: a second step, a passkey, a recovery code, and a change of address that she undoes', async ({
  browser,
  baseURL,
}) => {
  // Passkeys are made for names: not for the number that the other journeys go to.
  const ada = await (await browser.newContext({ baseURL: baseURL?.replace('127.0.0.1', 'localhost') })).newPage()
  const handle = await signUp(ada, 'Ada')
  const address = `${handle}@people.example`
  const elsewhere = `${handle}@elsewhere.example`

  const { phone, recovery } = await test.step('she sets up a second step and takes her recovery codes', async () => {
    await ada.goto('/me/account')
    await expectAccessible(ada)
    await ada.getByRole('link', { name: 'Set it up' }).click()
    await expect(ada.getByRole('img', { name: /QR code/ })).toBeVisible()
    await expectAccessible(ada)
    const phone = aPhone((await ada.locator('code').textContent()) ?? '')
    await ada.getByLabel('Code that the app shows now').fill(phone(-1))
    await ada.getByRole('button', { name: 'Turn it on' }).click()
    await ada.getByRole('button', { name: 'Show ten new codes' }).click()
    const codes = ada.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
    await expect(codes).toHaveCount(10)
    await expectAccessible(ada)
    return { phone, recovery: (await codes.first().textContent()) ?? '' }
  })

  await test.step('she adds a passkey, and then needs neither password nor phone', async () => {
    await aDeviceThatKnowsHer(ada)
    await ada.goto('/me/account')
    await ada.getByRole('link', { name: 'Add a passkey' }).click()
    await ada.getByLabel('Name').fill('My laptop')
    await expectAccessible(ada)
    await ada.getByRole('button', { name: 'Make the passkey' }).click()
    await expect(ada.getByText('Your passkey is ready.')).toBeVisible()
    await ada.context().clearCookies()
    await ada.goto('/sign-in')
    await expect(ada.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible()
    await expectAccessible(ada)
    await ada.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await ada.waitForURL((url) => url.pathname === '/')
    await ada.goto('/me/account')
    await expect(ada.getByText(/began with a passkey/)).toBeVisible()
    await ada.getByRole('link', { name: 'My laptop' }).click()
    await expect(ada.getByText(/last used on/)).toBeVisible()
    await expectAccessible(ada)
  })

  await test.step('in a browser without JavaScript the password alone opens nothing; a code does', async () => {
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await plain.goto('/sign-in')
    await expect(plain.getByRole('button', { name: 'Sign in with a passkey' })).toHaveCount(0)
    await givePassword(plain, address)
    await plain.goto('/me/account')
    await plain.waitForURL('**/sign-in?**')
    await givePassword(plain, address)
    await plain.getByLabel('Code').fill('000000')
    await plain.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await expect(plain.getByText(/That code is not right/).first()).toBeVisible()
    await plain.getByLabel('Code').fill(phone())
    await plain.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await plain.goto('/me/account')
    await expect(plain.getByText('10 left')).toBeVisible()
    await plain.context().close()
  })

  await test.step('without the phone a recovery code does it, once, and she is told of the new browser', async () => {
    const lent = await (await browser.newContext()).newPage()
    await givePassword(lent, address)
    await expectAccessible(lent)
    await lent.getByLabel('Code').fill(recovery)
    await lent.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await lent.waitForURL((url) => url.pathname === '/')
    await openMail(lent, address, 'A sign-in from a browser we have not seen')
    await expect(lent.getByRole('button', { name: 'It was not me' })).toBeVisible()
    await expectAccessible(lent)
    await lent.context().close()
  })

  await test.step('her address is changed, from the new one', async () => {
    await ada.goto('/me/account/email')
    await ada.getByLabel(/New e.*mail address/).fill(elsewhere)
    await ada.getByRole('button', { name: 'Mail me a link' }).click()
    await expect(ada.getByText(/a link is on its way/)).toBeVisible()
    await expectAccessible(ada)
    await openMail(ada, elsewhere, 'Confirm your new address')
    await ada.getByRole('button', { name: 'Yes, change it' }).click()
    await expect(ada.getByText(`You sign in with ${elsewhere} now.`)).toBeVisible()
  })

  await test.step('and undone from the old one: every session ends, and she chooses a new password', async () => {
    await openMail(ada, address, 'Your address was changed')
    await expectAccessible(ada)
    await ada.getByRole('button', { name: 'Yes, undo it' }).click()
    await ada.waitForURL('**/reset-password/**')
    await expect(ada.getByText(`For ${address}`)).toBeVisible()
    await ada.goto('/me/account')
    await ada.waitForURL('**/sign-in?**')
  })
})
