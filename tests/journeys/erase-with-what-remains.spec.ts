import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { paths } from '~/app/paths'
import { expectAccessible, PASSWORD, signUp } from '../support/browser'
import { ask, done, recordOf, seatOf, send } from './sweep/seats'

for (const javaScriptEnabled of [true, false])
  test(`Ada has everything erased, and reads what remains ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
    baseURL,
  }) => {
    const base = baseURL ?? ''
    const context = await browser.newContext({ javaScriptEnabled })
    const page = await context.newPage()
    const handle = await signUp(page, 'Ada')
    const ada = { base, cookie: (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ') }
    const [dara, amina, jun] = [await seatOf(base, 'dara'), await seatOf(base, 'amina'), await seatOf(base, 'jun')]
    const TITLE = `Where does the outbox wait ${handle}`
    const id = (text: string, link: RegExp) => link.exec(text)?.[1] ?? ''

    const { thread, answer, record } =
      await test.step('she has an accepted answer with a reply, a record as a customer, and an open dispute', async () => {
        await done(ada, '/c/tern-mail/membership', {})
        const asked = await send(amina, '/c/tern-mail/ask', { title: TITLE, body: 'It waits, and nobody says for what.' })
        const thread = asked.location.split('?')[0] ?? ''
        const answered = await send(ada, thread, { body: 'It waits for the password of the second account: open the settings once.' })
        const answer = id(answered.location, /post[=-]([\w-]{36})/)
        await done(amina, paths.acceptance(answer), {})
        await done(jun, paths.commentOn(answer), { body: 'The same here, and that was it.' })
        await done(ada, '/me/vault/role', { value: 'Keeper of the lighthouse' })
        await done(ada, '/me/grants/new', { vendor: 'tern-works', attributes: ['role'], purpose: 'answer', until: inAMonth() })
        let record = ''
        await expect.poll(async () => (record = await recordOf(dara, 'tern-works', handle).catch(() => ''))).not.toBe('')
        await done(dara, `/relationships/${record}/states`, { state: 'customer' })
        const stateId = id((await ask(ada, '/me/relationships/tern-works')).body, /name="stateId" value="([\w-]{36})"/)
        await done(ada, paths.confirmState('tern-works'), { stateId, answer: 'confirm' })
        await done(ada, paths.recommend('tern-works'), {
          ...{ product: 'tern-mail', headline: 'It does what it says', useCase: 'Mail for nine of us.', whatIsGood: 'The search.' },
          ...{ whatIsNot: 'The rules.', forWhom: 'Small offices.', verdict: '4', timeUsed: '1-to-3-years', chooseAgain: 'yes' },
          ...{ relation: 'customer', incentive: 'none', invitedBy: 'nobody', shownAs: 'handle' },
        })
        const recommendation = id((await ask(ada, `/people/${handle}`)).body, /\/recommendations\/([\w-]{36})/)
        await done(dara, `/recommendations/${recommendation}/dispute`, { rule: 'false', body: 'The rules can be exported since spring.' })
        return { thread, answer, record }
      })

    await test.step('she reads what goes and what stays before she asks, and chooses a name for what stays', async () => {
      await page.goto('/me/account')
      await page.getByRole('link', { name: 'Erase everything of me' }).click()
      await expect(page.getByText('The one field of your vault', { exact: false })).toBeVisible()
      await expect(page.getByText('One vendor is told to delete its copies within 30 days', { exact: false })).toBeVisible()
      if (javaScriptEnabled) await expectAccessible(page)
      await page.getByLabel(/^Stay, under the name/).check()
      await page.getByLabel('The name to credit').fill('The keeper')
      await page.getByLabel('Now', { exact: true }).check()
      await page.getByLabel(/^Your handle/).fill('somebody-else')
      await page.getByRole('button', { name: 'Erase everything of me' }).click()
      await expect(page.getByText('This is not your handle.').first()).toBeVisible()
      await expect(page.getByLabel('The name to credit')).toHaveValue('The keeper')
      await page.getByLabel(/^Your handle/).fill(handle)
      await page.getByRole('button', { name: 'Erase everything of me' }).click()
    })

    const signed = await test.step('the mail leads to a signed statement: each thing that remains, why, and until when', async () => {
      const visitor = { base, cookie: '' }
      const link = async () =>
        (await ask(visitor, '/dev/mailbox')).body
          .split('<section')
          .filter((mail) => mail.includes(`${handle}@people.example`))
          .map((mail) => id(mail, /\/erased\/([\w-]+)/))
          .find(Boolean) ?? ''
      await expect.poll(link, { timeout: 20_000 }).not.toBe('')
      await page.goto(`/erased/${await link()}`)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Everything of yours is erased')
      await expect(page.getByText('within the month that the law allows', { exact: false })).toBeVisible()
      const row = (what: string) => page.getByRole('row').filter({ hasText: what })
      await expect(row('That you were a customer, without a name')).toContainText('17(3)(b)')
      await expect(row('Disputes that are still open')).toContainText('17(3)(e)')
      await expect(row('Posts that you let stay')).toContainText('17(3)(a)')
      await expect(page.getByText('Tern Works has to delete its copies by', { exact: false })).toBeVisible()
      if (javaScriptEnabled) await expectAccessible(page)
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download the signed statement' }).click(),
      ])
      return readFileSync(await file.path(), 'utf8')
    })

    await test.step('its signature holds, and a changed byte does not', async () => {
      await page.goto('/verify')
      await page.getByLabel('The signed record').fill(signed)
      await page.getByRole('button', { name: 'Check it' }).click()
      await expect(page.getByText('As it was signed', { exact: true })).toBeVisible()
      await page.getByLabel('The signed record').fill(`${signed.trim().slice(0, -3)}AAA`)
      await page.getByRole('button', { name: 'Check it' }).click()
      await expect(
        page
          .getByText(/^Not as it was signed|^Changed|no longer/)
          .or(page.locator('.state-bad'))
          .first(),
      ).toBeVisible()
    })

    await test.step('nobody signs in as her; her answer stays under the name that she chose, with its reply', async () => {
      await page.goto('/sign-in')
      await page.getByLabel(/mail address/).fill(`${handle}@people.example`)
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
      await expect(page).toHaveURL(/\/sign-in/)
      await page.goto(thread)
      const kept = page.locator(`#post-${answer}`)
      await expect(kept).toContainText('The keeper')
      await expect(kept).toContainText('The same here, and that was it.')
      expect(await page.content()).not.toContain(`@${handle}`)
      expect((await ask(dara, `/people/${handle}`)).status).toBe(404)
      expect((await ask(dara, `/relationships/${record}`)).body).not.toContain('Keeper of the lighthouse')
    })

    await test.step('Dara is told which copies to delete, and says that they are', async () => {
      const owed = (await ask(dara, '/vendors/tern-works/owed')).body
      const notice = id(owed.slice(owed.indexOf(record)), /action="\/erasures\/([\w-]{36})/)
      await done(dara, `/erasures/${notice}`, {})
      expect((await ask(dara, '/vendors/tern-works/owed')).body).not.toContain(`/erasures/${notice}`)
    })
  })

const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
