import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

const QUESTION = 'Attachments vanish when I forward a message twice'

for (const javaScriptEnabled of [true, false])
  test(`Amina is answered and stays the owner of her data ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const amina = await (await browser.newContext({ javaScriptEnabled })).newPage()
    const handle = await signUp(amina, 'Amina')
    // axe runs in the page, so it needs a page that runs scripts.
    const accessible = async (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined)
    const title = `${QUESTION} ${handle}`
    const chen = await browserOf(browser, 'Chen', { javaScriptEnabled })
    const dara = await browserOf(browser, 'Dara', { javaScriptEnabled })
    const seen = async (page: Page) => (javaScriptEnabled ? undefined : void (await page.reload()))

    await test.step('Amina joins the Tern Mail room and asks', async () => {
      await amina.goto('/c/tern-mail')
      await amina.getByRole('button', { name: /^Join/ }).first().click()
      await amina.goto('/c/tern-mail/ask')
      await amina.getByLabel(/in one sentence/).fill(title)
      await amina
        .getByLabel(/What happens/)
        .fill('I forward a message with two attachments, and whoever forwards it again sends an empty one.')
      await amina.getByLabel('Tags').fill('attachments forwarding')
      await amina.getByRole('button', { name: 'Post question' }).click()
      await expect(amina.getByRole('heading', { level: 1 })).toHaveText(title)
      await accessible(amina)
    })
    const thread = new URL(amina.url()).pathname

    await test.step('Chen answers, and she sees it without reloading', async () => {
      await chen.goto(thread)
      await chen.getByLabel('Your answer').fill('Forward it *inline*, not as an attachment: the second one keeps them.')
      await chen.getByRole('button', { name: 'Post answer' }).click()
      await expect(chen.getByText('the second one keeps them')).toBeVisible()
      if (javaScriptEnabled) await amina.getByRole('button', { name: /new/i }).click()
      else await amina.reload()
      await expect(amina.getByText('the second one keeps them')).toBeVisible()
    })

    await test.step('she accepts it', async () => {
      await amina.getByRole('button', { name: 'Accept this answer' }).click()
      await expect(amina.getByText(/Accepted by/)).toBeVisible()
    })

    const recommendation = await test.step('she recommends Tern Mail', () => recommends(amina, accessible))

    const record = await test.step('Dara sees those three on her record, under her handle and without an address', async () => {
      await expect(async () => {
        await dara.goto(`/vendors/tern-works/people?q=${handle}`)
        await dara
          .getByRole('main')
          .getByRole('link', { name: new RegExp(handle, 'i') })
          .or(dara.getByRole('main').getByRole('link', { name: /Amina/ }))
          .first()
          .click({ timeout: 2000 })
        await expect(dara.getByText(/Wrote a recommendation about/)).toBeVisible({ timeout: 2000 })
      }).toPass()
      await expect(dara.getByText(/Asked/).first()).toBeVisible()
      await expect(dara.getByText(/Accepted an answer to/)).toBeVisible()
      expect(await dara.content()).not.toContain('@people.example')
      await accessible(dara)
      return dara.url()
    })

    await test.step('Amina grants role and team size to answer her question, for 30 days', async () => {
      await keeps(amina, 'role', 'Office and systems lead')
      await keeps(amina, 'team-size', '40')
      await amina.goto('/me/grants/new?vendor=tern-works')
      await amina.getByRole('checkbox', { name: /Role/ }).check()
      await amina.getByRole('checkbox', { name: /Team size/ }).check()
      await amina.getByRole('radio', { name: /answer/i }).check()
      await accessible(amina)
      await amina.getByRole('button', { name: 'Let them' }).click()
      await amina.waitForURL(({ pathname }) => pathname === '/me/vault')
      await expect(
        amina
          .getByRole('button', { name: 'Revoke' })
          .or(amina.getByText('Revoke', { exact: true }))
          .first(),
      ).toBeVisible()
    })

    await test.step('Dara sees them, and Amina sees that Dara looked', async () => {
      await dara.goto(record)
      await expect(dara.getByText('Office and systems lead').first()).toBeVisible()
      await amina.goto('/me/readings')
      await expect(amina.getByText('Dara Quinn').first()).toBeVisible()
      await accessible(amina)
    })

    await test.step('Amina revokes; Dara’s open page loses them, and a new reading is refused', async () => {
      await amina.goto('/me/vault')
      await amina.getByText('Revoke', { exact: true }).first().click()
      await amina.getByRole('button', { name: 'Revoke now' }).click()
      await seen(dara)
      await expect(dara.getByText('Office and systems lead')).toHaveCount(0)
      await dara.goto(`${record}?purpose=answer`)
      await expect(dara.getByText('Refused: nothing is granted to answer questions. Nothing was shown.')).toBeVisible()
      expect(await dara.content()).not.toContain('Office and systems lead')
    })

    await test.step('Dara is refused three times when she tries to hide the recommendation', () => cannotHide(dara, recommendation))
  })

async function recommends(page: Page, accessible: (page: Page) => Promise<void>): Promise<string> {
  await page.goto('/vendors/tern-works/recommend?product=tern-mail')
  const choose = (question: RegExp, answer: string) =>
    page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check()
  await page.getByLabel('In one sentence').fill('It forwards what it should, once you know how')
  await page.getByLabel('What you use it for').fill('Mail of a clinic, forty people, many attachments.')
  await page.getByLabel('What is good').fill('Search, and the people who answer.')
  await page.getByLabel('What is not').fill('Forwarding twice is a trap.')
  await choose(/Would you recommend it/, 'Would')
  await choose(/How long/, 'One to three years')
  await choose(/choose it again/, 'Yes')
  await choose(/to the vendor/, 'A customer')
  await choose(/get anything/, 'Nothing received for it')
  await choose(/asked you to write/, 'Nobody')
  await accessible(page)
  await page.getByRole('button', { name: 'Publish it' }).click()
  await expect(page.getByText('It forwards what it should, once you know how').first()).toBeVisible()
  await page.goto('/vendors/tern-works')
  const href = await page
    .getByRole('link', { name: /It forwards what it should/ })
    .first()
    .getAttribute('href')
  return href?.split('/').pop() ?? ''
}

async function keeps(page: Page, key: string, value: string) {
  await page.goto(`/me/vault/${key}`)
  await page.getByRole('main').getByRole('textbox').fill(value)
  await page.getByRole('button', { name: 'Keep it' }).click()
  await page.waitForURL(({ pathname }) => pathname === '/me/vault')
}

/** By the page, by a forged form and by the data request of the same page. */
async function cannotHide(dara: Page, id: string) {
  const page = await dara.goto(`/moderation/recommendation/${id}`)
  expect(page?.status()).toBe(403)
  const origin = new URL(dara.url()).origin
  const form = { act: 'hide', rule: 'false', facts: 'We would rather that nobody read this.', seen: '' }
  const forged = await dara.request.post(`/moderation/recommendation/${id}`, { form, headers: { origin }, maxRedirects: 0 })
  expect(forged.status()).toBe(403)
  const data = await dara.request.post(`/moderation/recommendation/${id}.data`, { form, headers: { origin }, maxRedirects: 0 })
  expect(data.status()).toBe(403)
  await dara.goto(`/recommendations/${id}`)
  await expect(dara.getByText('It forwards what it should, once you know how').first()).toBeVisible()
}
