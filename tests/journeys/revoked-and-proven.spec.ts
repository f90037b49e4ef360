import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { browserOf, expectAccessible, signUp } from '../support/browser'

/** From the click to the open page without the field. */
const DARK_WITHIN_MS = 2000

/** Scenario 3: a revocation takes effect at once, on every way in, and what proves it can be taken away and checked. */
test('Greta revokes in fewer clicks than she granted; Dara’s open page goes dark, and “0 readings since” is signed', async ({
  browser,
  baseURL,
}) => {
  const greta = await (await browser.newContext()).newPage()
  const dara = await browserOf(browser, 'Dara')
  const handle = await signUp(greta, 'Greta')
  const clicks = { granting: 0, revoking: 0 }
  const click = async (of: keyof typeof clicks, place: Locator) => {
    clicks[of] += 1
    await place.click()
  }
  let agent: Client
  let [key, record] = ['', '']

  await test.step('Greta asks Tern Works, keeps her role, and appoints an assistant that may see her grants', async () => {
    const asked = await greta.request.post('/c/tern-mail/ask', {
      multipart: { title: 'The calendar forgets its colours', body: 'Each morning all of them are grey.' },
      headers: { origin: baseURL ?? '' },
      maxRedirects: 0,
    })
    expect(asked.status()).toBe(302)
    await greta.goto('/me/vault/role')
    await greta.getByRole('textbox', { name: 'Role' }).fill('Keeper of the calendars')
    await greta.getByRole('button', { name: 'Keep it' }).click()
    await expect(greta.getByRole('heading', { name: 'My vault', level: 1 })).toBeVisible()
    await greta.goto('/me/delegates/new')
    await greta.getByLabel('What do you call it?').fill('Assistant')
    await greta.getByRole('checkbox', { name: 'See what vendors may read' }).check()
    await greta.getByRole('radio', { name: 'A week' }).check()
    await greta.getByRole('button', { name: 'Make its key' }).click()
    await expect(greta.getByRole('heading', { level: 1, name: 'The key of your delegate' })).toBeVisible()
    ;({ agent, key } = await agentWith(greta))
  })

  await test.step('she lets them read it, and her clicks are counted', async () => {
    await greta.goto('/me/vault')
    await click('granting', greta.getByRole('link', { name: 'Give a grant' }))
    await greta.getByRole('combobox', { name: /Vendor|Who/ }).selectOption('tern-works')
    await click('granting', greta.getByRole('checkbox', { name: /Role/ }))
    await click('granting', greta.getByRole('radio', { name: /answer/i }))
    await click('granting', greta.getByRole('button', { name: 'Let them' }))
    await greta.waitForURL(({ pathname }) => pathname === '/me/vault')
    expect(await listed(agent)).toContain('tern-works')
  })

  await test.step('Dara reads it, and keeps her page open', async () => {
    await expect(async () => {
      await dara.goto(`/vendors/tern-works/people?q=${handle}`)
      await dara.getByRole('main').getByRole('link', { name: /Greta/ }).first().click({ timeout: 2000 })
    }).toPass()
    await expect(dara.getByText('Keeper of the calendars').first()).toBeVisible()
    record = new URL(dara.url()).pathname
  })

  await test.step('Greta revokes: the open page is dark within two seconds, and so is what her assistant lists', async () => {
    await greta.goto('/me/vault')
    await click('revoking', greta.getByText('Revoke', { exact: true }).first())
    const gone = dara.getByText('Keeper of the calendars').first().waitFor({ state: 'detached' })
    const from = Date.now()
    await click('revoking', greta.getByRole('button', { name: 'Revoke now' }))
    await gone
    const darkAfter = Date.now() - from
    console.log(`dark after ${darkAfter} ms; clicks to grant ${clicks.granting}, to revoke ${clicks.revoking}`)
    expect(darkAfter).toBeLessThan(DARK_WITHIN_MS)
    expect(clicks.revoking).toBeLessThanOrEqual(clicks.granting)
    await expect(
      dara
        .getByText('Not shared any more')
        .or(dara.getByText(/no longer/i))
        .first(),
    ).toBeVisible()
    expect(await listed(agent)).toContain('"grants":[]')
    const named = await dara.request.get(`${record}?purpose=answer`)
    expect(await named.text()).not.toContain('Keeper of the calendars')
    const byKey = await fetch(new URL(record, baseURL), { headers: { Authorization: `Bearer ${key}` }, redirect: 'manual' })
    expect(byKey.status).toBe(302)
  })

  await test.step('her page shows the signed end, who was first refused, 0 readings since, and what Tern Works owes her', async () => {
    await greta.waitForURL(({ pathname }) => pathname.startsWith('/me/grants/'))
    const proof = greta.getByRole('region', { name: 'After the end' })
    await expect(proof.getByText(/Revoked by you/)).toBeVisible()
    await expect(proof.getByText(/First refused: Dara Quinn/)).toBeVisible()
    await expect(proof.getByText('0 readings since')).toBeVisible()
    await expect(proof.getByText(/Tern Works has until .* to delete its copies/)).toBeVisible()
    await expect(proof.getByRole('link', { name: 'Signed ending' })).toBeVisible()
    await expectAccessible(greta)
  })

  await test.step('both files hold on the public page, and a changed byte does not', async () => {
    const [ended, since] = [await taken(greta, 'Signed ending'), await taken(greta, 'Signed statement')]
    for (const [file, kind] of [
      [ended, 'dpv:ConsentWithdrawn'],
      [since, 'parley:ReadsSince'],
    ] as const) {
      expect(await checked(greta, file)).toContain('As it was signed')
      await expect(greta.getByText(kind).first()).toBeVisible()
    }
    await expect(greta.getByText(/0 readings since it ended/)).toBeVisible()
    await expectAccessible(greta)
    const { payload, ...rest } = JSON.parse(since) as { payload: string }
    const said = Buffer.from(payload, 'base64url').toString().replace('"parley:readsSince":0', '"parley:readsSince":7')
    expect(said).toContain(':7')
    expect(await checked(greta, JSON.stringify({ ...rest, payload: Buffer.from(said).toString('base64url') }))).toContain(
      'Not as it was signed',
    )
  })

  await test.step('Dara finds the task, says in one click that the copies are gone, and Greta reads it', async () => {
    await dara.goto('/vendors/tern-works/owed')
    const task = dara.getByRole('listitem').filter({ hasText: 'Greta' })
    await expect(task).toContainText(/Due by/)
    await expectAccessible(dara)
    await task.getByRole('button', { name: 'Copies are deleted' }).click()
    await dara.waitForURL(({ pathname }) => pathname === record)
    await expect(dara.getByText(/all copies are deleted/).first()).toBeVisible()
    await expectAccessible(dara)
    await greta.goto('/me/vault')
    await greta.getByText(/Ended grants/).click()
    await greta.getByRole('link', { name: 'Details and readings' }).first().click()
    await expect(greta.getByText(/Dara Quinn said on .* that all copies are deleted/)).toBeVisible()
  })

  await test.step('an assistant whose key was ended reads nothing at all', async () => {
    await greta.goto('/me/delegates')
    await greta.getByRole('button', { name: 'End Assistant' }).click()
    await expect(greta.getByText('Nobody acts in your name')).toBeVisible()
    await expect(listed(agent)).rejects.toThrow()
  })
})

async function taken(page: Page, name: string): Promise<string> {
  if (!new URL(page.url()).pathname.startsWith('/me/grants/')) await page.goBack()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
  return readFileSync(await download.path(), 'utf8')
}

async function checked(page: Page, file: string): Promise<string> {
  await page.goto('/verify')
  await page.getByRole('textbox', { name: 'The signed record' }).fill(file)
  await page.getByRole('button', { name: 'Check it' }).click()
  return page.getByRole('status').filter({ hasText: 'signed' }).first().innerText()
}

/** An assistant that was given the address and the key as they stand on the page. */
async function agentWith(page: Page): Promise<{ agent: Client; key: string }> {
  const [, key = ''] = await page.getByRole('main').locator('code').allInnerTexts()
  const agent = new Client({ name: 'an assistant', version: '1' })
  await agent.connect(
    new StreamableHTTPClientTransport(new URL('/mcp', page.url()), { requestInit: { headers: { Authorization: `Bearer ${key}` } } }),
  )
  return { agent, key }
}

async function listed(agent: Client): Promise<string> {
  const answer = (await agent.callTool({ name: 'list_grants', arguments: {} })) as { content: { text: string }[] }
  return answer.content[0]?.text ?? ''
}
