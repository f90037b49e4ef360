import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { openArchive, type Part } from '~/server/platform/archive'
import { expectAccessible, signUp } from '../support/browser'

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
