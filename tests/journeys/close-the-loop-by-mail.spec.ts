import { createTransport } from 'nodemailer'
import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { readSecrets, urlsOf } from '~/server/platform/postgres-secrets'
import { browserOf, signUp } from '../support/browser'

const QUOTED =
  '\n\n-- \nNora Lind\nOffice lead\n\nOn Sun, 22 Nov 2026 at 09:14, Parley <no-reply@localhost> wrote:\n> Chen answered your question.\n> Try this.\n'

/** The portal’s own database, where minutes can be let pass. */
function database() {
  const folder = process.env.PARLEY_JOURNEY_DATA ?? ''
  const port = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3])
  return postgres(urlsOf(readSecrets(join(folder, 'database.json')), port).ownerUrl, { max: 1, onnotice: () => {} })
}

/** She never comes back, but answers the mail; without JavaScript. */
test('Close the loop by mail: a reply stands under her name, one click accepts, and one without signing in ends the mail', async ({
  browser,
  baseURL,
}) => {
  const sql = database()
  const nora = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  const address = `${await signUp(nora, 'Nora')}@people.example`
  const origin = { origin: baseURL ?? '' }
  const [chen, ilse] = [
    await browserOf(browser, 'Chen', { javaScriptEnabled: false }),
    await browserOf(browser, 'Ilse', { javaScriptEnabled: false }),
  ]
  let thread = ''
  const mailed = () => sql<{ subject: string; headers: Record<string, string> | null; body: string }[]>`
    select subject, headers, text_body as body from outgoing_mails where to_address = ${address} and sent_at is not null order by sent_at, id`
  const waiting = () =>
    sql`select w.due_at from notifications_waiting w join account_emails e on e.person_id = w.person_id where e.address = ${address} and w.channel = 'mail'`
  /** Ten minutes pass, in which she does not come. */
  const minutesPass = async () => {
    await sql`update notifications_waiting set due_at = now() where person_id = (select person_id from account_emails where address = ${address})`
    const [job] = await sql<{ id: string }[]>`select id::text as id from graphile_worker.add_job('tell-waiting')`
    await expect
      .poll(async () => (await sql`select 1 from graphile_worker._private_jobs where id = ${job?.id ?? ''}::bigint`).length)
      .toBe(0)
  }

  await test.step('Nora asks and goes; two answer', async () => {
    const asked = await nora.request.post('/c/tern-mail/ask', {
      ...{ multipart: { title: 'The calendar of the office shows last year', body: 'Each entry is a year too old since Monday.' } },
      ...{ headers: origin, maxRedirects: 0 },
    })
    thread = new URL(asked.headers().location ?? '', baseURL).pathname
    expect(thread).toMatch(/^\/c\/tern-mail\/\d+/)
    for (const [page, body] of [
      [chen, 'Ask whoever keeps the server for its clock.'],
      [ilse, 'Set the clock of the office router, then start again.'],
    ] as const) {
      const answered = await page.request.post(thread, { form: { body }, headers: origin, maxRedirects: 0 })
      expect(answered.status(), await answered.text()).toBe(302)
    }
  })

  let replyTo = ''
  let ending = ''
  await test.step('ten minutes later she is mailed both, with an address that a reply goes to', async () => {
    await expect.poll(async () => (await waiting()).length).toBe(2)
    await minutesPass()
    await expect(async () => {
      const found = (await mailed()).find(({ body }) => body.includes('office router'))
      expect(found?.body).toContain('whoever keeps the server')
      replyTo = found?.headers?.['Reply-To'] ?? ''
      ending = found?.headers?.['List-Unsubscribe'] ?? ''
      expect(found?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    }).toPass()
    expect(replyTo).toMatch(/^reply\+/)
  })

  await test.step('she replies from her mail program, with a signature and all of what was written to her', async () => {
    const client = createTransport({ host: '127.0.0.1', port: Number(process.env.PARLEY_JOURNEY_MAIL_PORT) })
    await client.sendMail({ from: address, to: replyTo, subject: 'Re: your question', text: `The second one worked, thanks${QUOTED}` })
    client.close()
    await nora.goto(thread)
    await expect(nora.getByText('The second one worked, thanks')).toBeVisible()
    await expect(nora.getByText('Office lead')).toHaveCount(0)
  })

  await test.step('she is asked whether that solved it, and one click says so', async () => {
    let link = ''
    await expect(async () => {
      const asked = (await mailed()).find(({ subject }) => subject === 'Did that answer solve it?')
      link = /https?:\/\/\S+post=[\w-]+\S*/.exec(asked?.body ?? '')?.[0] ?? ''
      expect(link).not.toBe('')
    }).toPass()
    const { pathname, search } = new URL(link)
    await nora.goto(pathname + search)
    await nora.getByRole('article').filter({ hasText: 'office router' }).getByRole('button', { name: 'Accept this answer' }).click()
    await expect(nora.getByText('Solved').first()).toBeVisible()
    await expect(async () => {
      await ilse.goto('/me/notifications')
      await expect(ilse.getByText(/Your answer solved it/).first()).toBeVisible({ timeout: 1000 })
    }).toPass()
  })

  await test.step('from the same mail, signed in nowhere, she ends the mail about this thread, and only that', async () => {
    const stranger = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    const { pathname } = new URL(/<(https?:[^>]+)>/.exec(ending)?.[1] ?? '')
    await stranger.goto(pathname)
    await stranger.getByRole('main').getByRole('button').first().click()
    const before = (await mailed()).length
    const told = () => sql`select 1 from notifications n join account_emails e on e.person_id = n.person_id where e.address = ${address}`
    const toldBefore = (await told()).length
    await chen.request.post(thread, {
      form: { body: 'And the clock of the telephone, if it has one.' },
      headers: origin,
      maxRedirects: 0,
    })
    await expect.poll(async () => (await told()).length).toBe(toldBefore + 1)
    await minutesPass()
    const underWay = () => sql`select 1 from outgoing_mails o join account_emails e on e.person_id = o.person_id
      where e.address = ${address} and o.sent_at is null and o.dropped_at is null and o.failed_at is null`
    await expect.poll(async () => (await underWay()).length).toBe(0)
    expect(await mailed()).toHaveLength(before)
  })
  await sql.end()
})
