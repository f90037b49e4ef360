import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { generalVerify, importJWK, type GeneralJWS, type JWK } from 'jose'
import type postgres from 'postgres'
import { checkParts, openArchive, type Part } from '~/server/platform/archive'
import { browserOf, expectAccessible, PASSWORD, signUp } from '../support/browser'
import { anEmptyPortal } from '../support/empty-portal'

for (const javaScriptEnabled of [true, false])
  test(`Ada takes everything along: one file, whole and readable elsewhere, ${javaScriptEnabled ? 'in live pages' : 'without JavaScript'}`, async ({
    browser,
  }) => {
    const page = await (await browser.newContext({ javaScriptEnabled, acceptDownloads: true })).newPage()

    await test.step('Ada keeps her role', async () => {
      await signUp(page, 'Ada')
      await page.goto('/me/vault/role')
      await page.getByRole('textbox', { name: 'Role' }).fill('Purchasing')
      await page.getByRole('main').getByRole('button').first().click()
      await expect(page.getByRole('heading', { level: 1, name: 'My vault' })).toBeVisible()
    })

    await test.step('she asks for the file, and it waits for her', async () => {
      await page.getByRole('link', { name: 'Export' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Take everything along' })).toBeVisible()
      if (javaScriptEnabled) await expectAccessible(page)
      await page.getByRole('button', { name: 'Make the file' }).click()
      await expect(async () => {
        if (!javaScriptEnabled) await page.reload()
        await expect(page.getByRole('link', { name: 'Download the file' })).toBeVisible()
      }).toPass({ timeout: 15_000 })
      if (javaScriptEnabled) await expectAccessible(page)
    })

    await test.step('every part of it is as the manifest says, and says what she kept', async () => {
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Download the file' }).click()
      const archive = await openArchive(await (await download).path(), { parts: 1000, bytes: 10_000_000 })
      const { files } = archive.manifest as { files: Part[] }
      for (const { name, bytes, sha256 } of files) {
        const content = await archive.bytes(name, 1_000_000)
        expect({ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }).toEqual({ name, bytes, sha256 })
      }
      expect((await archive.bytes('profile.jscontact.json', 100_000)).toString()).toContain('"name": "Purchasing"')
      archive.close()
    })

    await test.step('another person does not even learn that it is there', async () => {
      const address = (await page.getByRole('link', { name: 'Download the file' }).getAttribute('href')) ?? ''
      const other = await (await browser.newContext({ javaScriptEnabled })).newPage()
      await signUp(other, 'Bram')
      expect((await other.goto(address))?.status()).toBe(404)
    })
  })

/** Scenario 7. */
test('Ada moves: what she takes along comes out of an empty portal as it went in, and every signature still holds', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(60_000)
  const ada = await (await browser.newContext({ acceptDownloads: true })).newPage()
  const handle = await signUp(ada, 'Ada')
  const dara = await browserOf(browser, 'Dara', { javaScriptEnabled: false })
  const stranger = 'Words of Bram that are not Ada’s'

  await test.step('Ada keeps fields, agrees on terms, grants, asks, and is read', async () => {
    for (const [key, value] of [['role', 'Purchasing, Órgiva'], ['team-size', '40']] as const) await keep(ada, key, value) // prettier-ignore
    await ada.goto('/me/vault/new')
    await ada.getByRole('textbox', { name: 'What it is called' }).fill('Badge')
    await ada.getByRole('radio', { name: /^Words/ }).check()
    await ada.getByRole('textbox', { name: 'What it says' }).fill('B-17')
    await ada.getByRole('radio', { name: /^No\b/ }).check()
    await ada.getByRole('main').getByRole('button').first().click()
    await expect(ada.getByText('B-17')).toBeVisible()
    await post(ada, '/me/terms', { reach: 'SD-BASE', portable: 'on', furthest: 'SD-BASE-A', agent: 'asks', beyond: 'refuse' }, baseURL)
    await post(ada, '/me/alerts', { of: 'refused', most: '7' }, baseURL)
    const asked = await post(
      ada,
      '/c/tern-mail/ask',
      { title: 'How do I take my mail along?', body: 'All of it, with **folders**.' },
      baseURL,
    )
    await ada.goto('/me/grants/new?vendor=tern-works')
    for (const field of [/Role/, /Badge/]) await ada.getByRole('checkbox', { name: field }).check()
    await ada.getByRole('radio', { name: /answer/i }).check()
    await ada.getByRole('button', { name: 'Let them' }).click()
    await ada.waitForURL(({ pathname }) => pathname === '/me/vault')
    const bram = await (await browser.newContext()).newPage()
    await signUp(bram, 'Bram')
    await post(bram, new URL(asked, baseURL).pathname, { intent: 'answer', body: stranger }, baseURL)
    await expect(async () => {
      await dara.goto(`/vendors/tern-works/people?q=${handle}`)
      await dara.getByRole('main').getByRole('link', { name: /Ada/ }).first().click({ timeout: 2000 })
    }).toPass()
    await expect(dara.getByText('Purchasing, Órgiva').first()).toBeVisible()
  })

  const first = await test.step('she takes everything along', () => exported(ada))
  expect(first.parts.get('contributions.jsonld')).toContain('How do I take my mail along?')
  expect(first.parts.get('access-log.ndjson')).toContain('"field":"role"')
  const portal = await anEmptyPortal(39_000 + (process.pid % 1500))
  try {
    const there = await (await browser.newContext({ acceptDownloads: true, baseURL: portal.origin })).newPage()
    await test.step('in the empty portal she signs up under the same name', () => joins(there, portal.owner, handle))

    await test.step('the file is shown to her before anything changes, and every signature in it holds', async () => {
      await there.goto('/me/export')
      await there.getByRole('link', { name: 'Bring a file along' }).click()
      await expectAccessible(there)
      await there.getByLabel('Your file').setInputFiles(first.file)
      await there.getByRole('button', { name: 'Look at the file' }).click()
      await expect(there.getByRole('heading', { level: 1, name: 'What is in your file' })).toBeVisible()
      await expect(there.getByText(/the signatures of all hold/)).toBeVisible()
      for (const field of ['Role', 'Team size', 'Badge']) await expect(there.getByRole('checkbox', { name: field })).toBeChecked()
      await expectAccessible(there)
      for (const what of ['The terms I offer', 'How I hear of things']) await there.getByRole('checkbox', { name: what }).check()
      await there.getByRole('button', { name: 'Take it over' }).click()
      await expect(there.getByText(/Taken over on/)).toBeVisible()
      await expectAccessible(there)
      await there.goto('/me/vault')
      for (const value of ['Purchasing, Órgiva', '40', 'B-17']) await expect(there.getByText(value, { exact: true })).toBeVisible()
    })

    const second = await test.step('what she takes along from there equals the first, but for ids and dates', async () => {
      const again = await exported(there)
      expect([...again.parts.keys()].map(withoutIds).sort()).toEqual([...first.parts.keys()].map(withoutIds).sort())
      for (const [name, content] of again.parts) expect(withoutIds(content), name).toBe(withoutIds(first.parts.get(name) ?? ''))
      return again
    })

    await test.step('every agreement and receipt verifies with nothing but the file, and nobody else’s words are in it', async () => {
      const { keys } = JSON.parse(second.parts.get('keys.jwks.json') ?? '') as { keys: (JWK & { kid: string })[] }
      const signed = [...second.parts].filter(([name]) => name.endsWith('.jws'))
      expect(signed.map(([name]) => name.split('/')[0]).sort()).toEqual(['agreements', 'receipts'])
      for (const [name, content] of signed) {
        const { payload, signatures } = JSON.parse(content) as GeneralJWS
        expect(signatures, name).toHaveLength(2)
        for (const signature of signatures)
          await generalVerify({ payload, signatures: [signature] }, async ({ kid }) => importJWK(keys.find((key) => key.kid === kid) as JWK, 'EdDSA')) // prettier-ignore
      }
      expect(second.parts.get('profile.vcf')).toMatch(/^BEGIN:VCARD\r\nVERSION:4\.0\r\n/)
      expect(JSON.parse(second.parts.get('profile.jscontact.json') ?? '')).toMatchObject({ '@type': 'Card', version: '1.0' })
      for (const [name, content] of second.parts) expect(content, name).not.toContain(stranger)
    })

    await test.step('brought once more it is there once; undone, the portal is empty of it', async () => {
      await there.goto('/me/import')
      await there.getByLabel('Your file').setInputFiles(first.file)
      await there.getByRole('button', { name: 'Look at the file' }).click()
      await expect(there.getByText(/Taken over on/)).toBeVisible()
      await there.getByText('Undo all of it').click()
      await there.getByRole('button', { name: 'Undo it' }).click()
      await expect(there.getByText('Everything is as it was.')).toBeVisible()
      await there.goto('/me/vault')
      await expect(there.getByText('Nothing kept yet')).toBeVisible()
    })
  } finally {
    await portal.end()
  }
})

async function keep(page: Page, key: string, value: string) {
  await page.goto(`/me/vault/${key}`)
  await page.locator('[name=value]').fill(value)
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByRole('heading', { name: 'My vault', level: 1 })).toBeVisible()
}

/** As a form without JavaScript posts it. Returns where it leads. */
async function post(page: Page, path: string, form: Record<string, string>, origin = '') {
  const answer = await page.request.post(path, { form, headers: { origin }, maxRedirects: 0 })
  expect(answer.status(), `${path}: ${await answer.text()}`.slice(0, 300)).toBe(302)
  return answer.headers().location ?? ''
}

/** Through the pages, to the last byte. */
async function exported(page: Page) {
  await page.goto('/me/export')
  await page.getByRole('button', { name: /^Make/ }).click()
  await expect(page.getByRole('link', { name: 'Download the file' })).toBeVisible({ timeout: 15_000 })
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the file' }).click()
  const file = await (await download).path()
  const bytes = readFileSync(file)
  const archive = await openArchive(file, { parts: 1000, bytes: 10_000_000 })
  const { files } = archive.manifest as { files: Part[] }
  await checkParts(archive, files)
  const parts = new Map<string, string>()
  for (const { name } of files) parts.set(name, (await archive.bytes(name, 1_000_000)).toString())
  archive.close()
  return { file: { name: 'parley.zip', mimeType: 'application/zip', buffer: bytes }, parts }
}

const withoutIds = (text: string) =>
  text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?/g, '<date>')
    .replace(/Written on [^.]+\./, '<date>')

/** Where there is no mailbox to look into, the letter is looked up where it waits to be sent. */
async function joins(page: Page, owner: postgres.Sql, handle: string) {
  await page.goto('/sign-up')
  await page.getByLabel(/mail address/).fill(`${handle}@people.example`)
  await page.getByLabel('Handle').fill(handle)
  await page.getByLabel(/Name to show/).fill('Ada')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('main').getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/mail|confirm/i)
  const [mail] = await owner<
    { text: string }[]
  >`select text_body as text from outgoing_mails where to_address = ${`${handle}@people.example`}`
  await page.goto(/https?:\/\/\S+/.exec(mail?.text ?? '')?.[0] ?? '')
  await page.getByRole('button', { name: 'Yes, confirm it' }).click()
  await expect(page.getByText(/Confirmed\.|is confirmed/).first()).toBeVisible()
}
