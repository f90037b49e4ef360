import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible } from '../support/browser'
import { ask, atMost, seatOf, send, type Seat } from './sweep/seats'

const ROOM = 'self-hosted-mail'
const QUEUE = `/c/${ROOM}/moderation`

test('Bo and Olu clear a morning: forty flags are nine things, each decided once', async ({ browser, baseURL }) => {
  const tag = `offer ${Date.now().toString(36)}`
  const reporters = await seats(['jun', 'amina', 'tomas', 'ravi', 'chen'])
  const [first = ''] = await fortyFlagsOnNine()

  const bo = await browserOf(browser, 'Bo')
  const olu = await browserOf(browser, 'Olu')
  await Promise.all([bo.goto(QUEUE), olu.goto(QUEUE)])
  const rowsOf = (page: typeof bo) => page.getByRole('list').filter({ hasText: tag }).getByRole('link').filter({ hasText: tag })
  await expect(rowsOf(bo)).toHaveCount(9)
  const weights = await rowsOf(bo).evaluateAll((rows) => rows.map((row) => Number(/Weight\s+([\d.]+)/.exec(row.textContent ?? '')?.[1])))
  expect(weights).toEqual([...weights].sort((a, b) => b - a))
  await expect(rowsOf(bo).first()).toContainText('5 flags')
  await expect(rowsOf(bo).first()).toContainText('Advertising or spam')

  const stale = await browserOf(browser, 'Olu', { javaScriptEnabled: false })
  await test.step('what Bo takes on says so on Olu’s screen', async () => {
    await bo.goto(`${QUEUE}?item=post:${first}`)
    await bo.getByRole('button', { name: 'I am at it' }).click()
    await expect(bo.getByText('You are at it').first()).toBeVisible()
    await expect(rowsOf(olu).filter({ hasText: 'Bo is at it' })).toHaveCount(1)
    await expectAccessible(bo)
    await stale.goto(`/moderation/post/${first}`)
  })

  await test.step('one decision settles its flags, and the tab that slept is told', async () => {
    await bo.getByRole('link', { name: 'Advertisement', exact: true }).click()
    await expect(bo.getByLabel('Why that breaks the rule')).toHaveValue(/Advertising has no place/)
    await decides(bo)
    await expect(rowsOf(bo)).toHaveCount(8)
    await expect(rowsOf(olu)).toHaveCount(8)
    await decides(stale, true)
    await expect(stale.getByText(/Bo decided this just now: hidden/).first()).toBeVisible()
    for (const reporter of reporters) await expect.poll(() => thanks(reporter)).toBe(1)
  })

  await test.step('the rest of one person goes with one press, item by item in the log, and comes back with one', async () => {
    await bo
      .getByRole('link', { name: /decide together/ })
      .first()
      .click()
    await expect(bo.getByRole('checkbox')).not.toHaveCount(0)
    const many = await bo.getByRole('checkbox').count()
    await expectAccessible(bo)
    await bo.getByRole('link', { name: 'The same again' }).click()
    await expect(bo.getByLabel('Why that breaks the rule')).toHaveValue(/several places/)
    await bo.getByLabel('Facts').fill('The same offer in each of them.')
    await bo.getByRole('button', { name: 'Hide what is ticked' }).click()
    const listed = bo.getByRole('main').getByRole('listitem').getByRole('link').filter({ hasText: tag })
    await expect(listed).toHaveCount(many)
    const decided = await listed.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    const { body } = await ask({ base: baseURL ?? '', cookie: '' }, `/moderation/log?community=${ROOM}`)
    expect(decided.filter((address) => !body.includes(address))).toEqual([])
    await bo.getByRole('button', { name: 'Take it all back' }).click()
    await expect(bo.getByText('This was taken back', { exact: false })).toBeVisible()
    await expectAccessible(bo)
    await expect(rowsOf(olu)).toHaveCount(8)
  })

  async function decides(page: typeof bo, plain = false) {
    await page.getByRole('radio', { name: 'Hide' }).check()
    await page.getByLabel('Rule', { exact: true }).selectOption('advertising')
    await page.getByLabel('Facts').fill('It sells licences under a question about quotas.')
    if (plain) await page.getByLabel('Why that breaks the rule').fill('Nobody had asked what it costs.')
    await page.getByRole('button', { name: /^Decide and tell/ }).click()
  }

  async function seats(names: string[]): Promise<Seat[]> {
    return Promise.all(names.map((name) => seatOf(baseURL ?? '', name)))
  }

  /** Three people write three answers each; five flag the first four, four the others. */
  async function fortyFlagsOnNine(): Promise<string[]> {
    const [jun] = reporters as [Seat]
    const asked = await send(jun, `/c/${ROOM}/ask`, {
      title: `Which quota is sensible, ${tag}?`,
      body: 'Nine mailboxes on one small disk.',
      tags: '',
    })
    expect(asked.location).toContain(`/c/${ROOM}/`)
    const address = asked.location.split(/[?#]/)[0] ?? ''
    const number = /\/c\/[\w-]+\/(\d+)/.exec(address)?.[1] ?? ''
    const authors = await seats(['henk', 'lena', 'noor'])
    for (const [at, author] of authors.entries())
      for (const each of [1, 2, 3]) await send(author, address, { body: `Licences for less, ${tag}, only today, number ${at}${each}.` })
    const page = await ask(jun, `/c/${ROOM}/${number}`)
    const posts = [...new Set([...page.body.matchAll(/id="post-([\w-]{36})"/g)].map((match) => match[1] ?? ''))].slice(1)
    expect(posts).toHaveLength(9)
    const flags = posts.flatMap((post, at) => reporters.slice(0, at < 4 ? 5 : 4).map((reporter) => ({ post, reporter })))
    expect(flags).toHaveLength(40)
    await atMost(4, flags, async ({ post, reporter }) => {
      expect((await send(reporter, `/flags/post/${post}`, { reason: 'spam', note: '' })).status).toBe(200)
    })
    return posts
  }

  async function thanks(reporter: Seat): Promise<number> {
    const { body } = await ask(reporter, '/me/notifications')
    return body.split('a moderator looked at what you flagged').length - 1
  }
})
