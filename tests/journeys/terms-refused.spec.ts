import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

const refusals = async (page: Page) =>
  Number(await page.locator('dt', { hasText: 'Offers that ended in a refusal' }).locator('xpath=../dd').textContent())

for (const javaScriptEnabled of [true, false])
  test(`a vendor that refuses Ada’s terms receives nothing of her ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const elke = await browserOf(browser, 'Elke', { javaScriptEnabled })
    const ada = await (await browser.newContext({ javaScriptEnabled })).newPage()
    const handle = await signUp(ada, 'Ada')
    const secret = `Keeper of ${handle}`

    await test.step('Wren accepts the widest terms alone', async () => {
      await elke.goto('/vendors/wren/terms/edit')
      for (const box of await elke.getByRole('group', { name: 'Say yes to' }).getByRole('checkbox').all()) await box.uncheck()
      await elke.locator('input[name=accepts][value="SD-BASE-ATP-S3P"]').check()
      await elke.getByLabel('When a customer offers something else').selectOption('refuse')
      if (javaScriptEnabled) await expectAccessible(elke)
      await elke.getByRole('button', { name: 'Publish' }).click()
      await expect(elke.getByRole('heading', { level: 1 })).toContainText('Terms that Wren accepts')
    })
    const before = await refusals(elke)

    await test.step('Ada grants a field, and is told that nothing is granted', async () => {
      await ada.goto('/me/vault/role')
      await ada.locator('[name=value]').fill(secret)
      await ada.getByRole('button', { name: 'Keep it', exact: true }).click()
      await ada.waitForURL(({ pathname }) => pathname === '/me/vault')
      await ada.goto('/me/grants/new?vendor=wren')
      await ada.locator('input[name=attributes][value=role]').check()
      await ada.getByRole('button', { name: 'Let them' }).click()
      await expect(ada.getByText(/does not accept your terms, so nothing is granted/).first()).toBeVisible()
      await ada.goto('/me/terms/wren')
      await expect(ada.getByText('Refused', { exact: true }).first()).toBeVisible()
      if (javaScriptEnabled) await expectAccessible(ada)
    })

    await test.step('the public page counts one more refusal', async () => {
      const visitor = await (await browser.newContext({ javaScriptEnabled })).newPage()
      await visitor.goto('/vendors/wren/terms')
      expect(await refusals(visitor)).toBe(before + 1)
      if (javaScriptEnabled) await expectAccessible(visitor)
      const told = (await (await visitor.request.get('/vendors/wren/.well-known/myterms.json')).json()) as { agreements: { id: string }[] }
      expect(told.agreements.map(({ id }) => id)).toEqual(['SD-BASE-ATP-S3P'])
    })

    await test.step('she still reads, and asks under her handle', async () => {
      await ada.goto('/c/moving-a-small-office')
      await expect(ada.getByRole('heading', { level: 1 })).toBeVisible()
      await ada.goto('/c/tern-mail/ask')
      await ada.getByLabel(/in one sentence/).fill(`Can a form of Wren end in a folder ${handle}`)
      await ada.getByLabel(/What happens/).fill('I send one to myself, and it ends beside all others.')
      await ada.getByRole('button', { name: 'Post question' }).click()
      await expect(ada.getByRole('heading', { level: 1 })).toContainText(handle)
    })

    await test.step('and the staff of Wren find no field of hers', async () => {
      for (const path of ['/vendors/wren/offers', '/vendors/wren/people', `/people/${handle}`, `/search?q=${handle}`]) {
        await elke.goto(path)
        expect(await elke.content()).not.toContain(secret)
      }
    })
  })
