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
  await page.getByRole('button', { name: new RegExp(`\\b${name}\\b`) }).first().click()
  await expect(page.getByRole('button', { name: /sign out/i }).or(page.getByRole('navigation').first())).toBeAttached()
}

/** Somebody new: signs up through the form and confirms the address from the mail. */
export async function signUp(page: Page, name: string): Promise<string> {
  const handle = `${name.toLowerCase()}-${Math.random().toString(36).slice(2, 8)}`
  await page.goto('/sign-up')
  await page.getByLabel(/e.*mail/i).fill(`${handle}@people.example`)
  await page.getByLabel(/^handle/i).fill(handle)
  const displayed = page.getByLabel(/name/i)
  if (await displayed.count()) await displayed.first().fill(name)
  await page.getByLabel(/password/i).first().fill(PASSWORD)
  await page.locator('main').getByRole('button', { name: /join|sign up|create/i }).click()
  await page.goto('/dev/mailbox')
  const mail = page.getByRole('article').filter({ hasText: `${handle}@people.example` }).or(page.locator('li').filter({ hasText: `${handle}@people.example` }))
  await mail.first().getByRole('link', { name: /confirm-email/ }).click()
  await page.locator('main').getByRole('button', { name: /confirm/i }).click()
  return handle
}

/** WCAG 2.2 A and AA, and axe's best practices: no violation. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([])
}

export type { BrowserContext }
