import { randomBytes, randomInt } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'

export const PASSWORD = 'seven herons at low tide'

/** A browser of their own, signed in as somebody of the demo world. */
export async function browserOf(browser: Browser, name: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await signInAs(page, name)
  return page
}

export async function signInAs(page: Page, name: string) {
  await page.goto('/dev/sign-in-as')
  await page
    .getByRole('button', { name: new RegExp(`\\b${name}\\b`) })
    .first()
    .click()
  await page.waitForURL((url) => url.pathname !== '/dev/sign-in-as')
}

/** Somebody new: signs up through the form, and confirms the address from the mail. Returns the handle. */
export async function signUp(page: Page, name: string): Promise<string> {
  const handle = `${name.toLowerCase()}-${randomBytes(3).toString('hex')}`
  const address = `${handle}@people.example`
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': `198.18.${randomInt(256)}.${randomInt(256)}` })
  await page.goto('/sign-up')
  await page.getByLabel(/mail address/).fill(address)
  await page.getByLabel('Handle').fill(handle)
  await page.getByLabel(/Name to show/).fill(name)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('main').getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/mail|confirm/i)
  await page.goto('/dev/mailbox')
  const mail = page.locator('section').filter({ hasText: address }).first()
  await mail.getByRole('link').first().click()
  await page.getByRole('button', { name: 'Yes, confirm it' }).click()
  await expect(page.getByText(/Confirmed\.|is confirmed/).first()).toBeVisible()
  return handle
}

/** All rules, in the page itself: no page has frames of others, for which axe would open a second page each time. Only violations are written out. */
export const axeOn = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })

/** WCAG 2.2 A and AA, and axe's best practices: no violation. */
export async function expectAccessible(page: Page) {
  const { violations } = await axeOn(page).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([])
}

export type { BrowserContext }
