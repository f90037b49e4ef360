import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, signUp } from '../support/browser'

for (const javaScriptEnabled of [true, false])
  test(`An assistant in her name: it reads what it was given, asks before it writes, and ends at once, ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage()
    let agent: Client

    await test.step('Rosa keeps her role, and nothing else', async () => {
      await signUp(page, 'Rosa')
      await page.goto('/me/vault/role')
      await page.getByRole('textbox', { name: 'Role' }).fill('Purchasing')
      await page.getByRole('main').getByRole('button').first().click()
      await expect(page.getByRole('heading', { level: 1, name: 'My vault' })).toBeVisible()
    })

    await test.step('she appoints her assistant for a week, and gets its key once', async () => {
      await page.getByRole('link', { name: 'My delegates' }).click()
      await expect(page.getByText('Nobody acts in your name')).toBeVisible()
      await page.getByRole('link', { name: 'Appoint a delegate' }).click()
      await page.getByRole('button', { name: 'Make its key' }).click()
      await expect(page.getByRole('alert')).toContainText('Choose at least one thing it may do')
      await page.getByLabel('What do you call it?').fill('Purchasing assistant')
      for (const scope of ['Read fields of my vault', 'See what vendors may read', 'Search the communities I may read'])
        await page.getByRole('checkbox', { name: scope }).check()
      await page.getByRole('group', { name: 'What may it do?' }).getByRole('checkbox', { name: 'Draft grants to vendors' }).check()
      await page.getByRole('checkbox', { name: 'Role' }).check()
      await page.getByRole('radio', { name: 'A week' }).check()
      if (javaScriptEnabled) await expectAccessible(page)
      await page.getByRole('button', { name: 'Make its key' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'The key of your delegate' })).toBeVisible()
      agent = await agentWith(page)
      await page.getByRole('link', { name: 'I have it' }).click()
    })

    await test.step('it reads her role, looks for answers, and would like to let Halyard read', async () => {
      expect(await said(agent, 'read_vault')).toContain('Purchasing')
      expect(await said(agent, 'find_answers', { text: 'search finds nothing' })).toContain('/c/tern-mail/')
      expect(
        await said(agent, 'draft_grant', {
          vendor: 'halyard',
          fields: ['role'],
          purpose: 'offer',
          until: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
          why: 'You wanted an offer from them this month.',
        }),
      ).toContain('waiting_for_confirmation')
      expect(await said(agent, 'list_grants')).toContain('"grants":[]')
    })

    await test.step('nothing has happened before she says so; then it has', async () => {
      await page.goto('/me/delegates')
      const wish = page.getByRole('article').filter({ hasText: 'You wanted an offer from them this month.' })
      await expect(wish).toContainText('Halyard')
      if (javaScriptEnabled) await expectAccessible(page)
      await wish.getByRole('button', { name: 'Do in my name what Purchasing assistant would like to' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Halyard')
      expect(await said(agent, 'list_grants')).toContain('halyard')
    })

    await test.step('she reads what it did, and ends it', async () => {
      await page.goto('/me/delegates')
      await expect(page.getByRole('table')).toContainText('read role')
      await expect(page.getByRole('table')).toContainText('searched for answers')
      await page.getByRole('button', { name: 'End Purchasing assistant' }).click()
      await expect(page.getByText('Nobody acts in your name')).toBeVisible()
      await expect(said(agent, 'read_vault')).rejects.toThrow()
    })
  })

/** An assistant that was given the address and the key as they stand on the page. */
async function agentWith(page: Page): Promise<Client> {
  const [, key = ''] = await page.getByRole('main').locator('code').allInnerTexts()
  const agent = new Client({ name: 'an assistant', version: '1' })
  const address = new URL('/mcp', page.url())
  await agent.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers: { Authorization: `Bearer ${key}` } } }))
  return agent
}

async function said(agent: Client, name: string, given: Record<string, unknown> = {}): Promise<string> {
  const answer = (await agent.callTool({ name, arguments: given })) as { content: { text: string }[] }
  return answer.content[0]?.text ?? ''
}
