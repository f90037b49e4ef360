import { expect, test, type Page } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

for (const javaScriptEnabled of [true, false])
  test(`Help earns standing, row by row, and is given back when it was not meant ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const accessible = async (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined)
    const chen = await (await browser.newContext({ javaScriptEnabled })).newPage()
    const handle = await signUp(chen, 'Chen')
    const jun = await browserOf(browser, 'Jun', { javaScriptEnabled })
    const title = `Can filters wait for ${handle}?`
    let thread = ''

    await test.step('Jun asks, the newcomer answers, and Jun accepts', async () => {
      await jun.goto('/c/tern-mail/ask')
      await jun.getByLabel(/in one sentence/).fill(title)
      await jun.getByLabel(/What happens/).fill('They run before the message is whole, and miss what stands at its end.')
      await jun.getByRole('button', { name: 'Post question' }).click()
      await expect(jun.getByRole('heading', { level: 1 })).toHaveText(title)
      thread = new URL(jun.url()).pathname
      await chen.goto(thread)
      await chen.getByLabel('Your answer').fill('Set “after the body” in the conditions of each.')
      await chen.getByRole('button', { name: 'Post answer' }).click()
      await expect(chen.getByText('Set “after the body”')).toBeVisible()
      await jun.goto(thread)
      await jun
        .getByRole('button', { name: /Accept/ })
        .first()
        .click()
      await expect(jun.getByText(/Solved/).first()).toBeVisible()
    })

    await test.step('the newcomer reads why they have 15 points, and what trust needs next', async () => {
      await expect(async () => {
        await chen.goto('/me/standing')
        await expect(chen.getByRole('heading', { name: '15 points of reputation' })).toBeVisible({ timeout: 1000 })
      }).toPass()
      await expect(chen.getByText('Jun accepted your answer')).toBeVisible()
      await expect(chen.getByRole('link', { name: title })).toBeVisible()
      await expect(chen.getByRole('heading', { name: 'What level 1 needs' })).toBeVisible()
      await expect(chen.getByText(/Threads read: \d of 5/)).toBeVisible()
      await accessible(chen)
    })

    await test.step('they stand in the list of the room, until they would rather not', async () => {
      const mine = jun.getByRole('link', { name: `@${handle}` }).or(jun.locator(`a[href="/people/${handle}"]`))
      await jun.goto('/c/tern-mail/leaders')
      await expect(mine.first()).toBeVisible()
      await accessible(jun)
      await chen.getByRole('button', { name: 'Leave me out' }).click()
      await expect(chen.getByRole('button', { name: 'Name me again' })).toBeVisible()
      await jun.goto('/c/tern-mail/leaders')
      await expect(jun.getByRole('heading', { level: 1 })).toContainText('Who helped most')
      await expect(mine).toHaveCount(0)
    })

    const olu = await browserOf(browser, 'Olu', { javaScriptEnabled })
    if (!javaScriptEnabled)
      await test.step('five accounts vote for three of their answers in a minute, and Jun for one: only Jun’s vote counts once it was checked', async () => {
        for (const more of ['And wait for the sign at the end.', 'Then filter once more.']) {
          await chen.goto(thread)
          await chen.getByLabel('Your answer').fill(more)
          await chen.getByRole('button', { name: 'Post answer' }).click()
          await expect(chen.getByText(more)).toBeVisible()
        }
        await jun.goto(thread)
        const answers = jun.getByRole('article', { name: /answer by Chen/i })
        await expect(answers).toHaveCount(3)
        const ids = await answers.evaluateAll((all) => all.map(({ id }) => id.replace('post-', '')))
        const vote = async (page: Page, id = '') => {
          const sent = await page.request.post(`/posts/${id}/vote`, {
            form: { value: '1' },
            headers: { origin: new URL(page.url()).origin },
          })
          expect(sent.status()).toBe(200)
        }
        for (let n = 0; n < 5; n++) {
          const one = await (await browser.newContext({ javaScriptEnabled })).newPage()
          await signUp(one, `Ring${n}`)
          for (const id of ids) await vote(one, id)
          await one.context().close()
        }
        await vote(jun, ids[1])
        await jun.goto(thread)
        await expect(answers.getByText('6 votes', { exact: true })).toHaveCount(1)
        await expect(answers.getByText('5 votes', { exact: true })).toHaveCount(2)

        await olu.goto('/operate/votes')
        await olu.getByRole('button', { name: 'Look now' }).click()
        const sign = olu.getByRole('listitem').filter({ hasText: '5 new accounts vote for Chen' }).first()
        await expect(sign).toContainText('Each gave all of their votes there')
        await expect(sign).toContainText('They do not count')
        await expect(async () => {
          await jun.goto(thread)
          await expect(answers.getByText('1 vote', { exact: true })).toHaveCount(1, { timeout: 1000 })
          await expect(answers.getByText('0 votes', { exact: true })).toHaveCount(2, { timeout: 1000 })
        }).toPass()
        await chen.goto('/me/standing')
        await expect(chen.getByRole('heading', { name: '25 points of reputation' })).toBeVisible()
        await expect(chen.getByText(/by the nightly check: 5 people gave you 15 votes/).first()).toBeVisible()
        await expect(chen.getByText(/Ring\d/)).toHaveCount(0)
      })

    await test.step('an operator takes votes out with a reason, and counts them again', async () => {
      const [from, to] = javaScriptEnabled ? ['noor', 'dara'] : ['tomas', 'joost']
      const form = async (button: string, reason: string) => {
        await olu.getByLabel('Why?').fill(reason)
        await olu.getByRole('button', { name: button, exact: true }).click()
        await expect(olu.getByRole('heading', { level: 1 })).toHaveText('Votes that look arranged')
      }
      await olu.goto(`/operate/votes/void?for=${to}&by=${from}`)
      await accessible(olu)
      await form('Take it out', `They share a desk, says ${handle}.`)
      const row = olu.getByRole('listitem').filter({ hasText: handle })
      await row.getByRole('link', { name: 'Count them again' }).click()
      await form('Count them again', 'They share a desk and a problem.')
      await expect(row).toContainText('They share a desk and a problem.')
      await accessible(olu)
    })
  })
