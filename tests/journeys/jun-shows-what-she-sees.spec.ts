import { expect, test, type Page } from '@playwright/test'
import sharp from 'sharp'
import { browserOf, expectAccessible, signInAs, signUp } from '../support/browser'

const ROOM = '/c/tern-mail'
const drawing = (red: number) =>
  sharp({ create: { width: 1400, height: 700, channels: 3, background: { r: red, g: 90, b: 90 } } })
    .png()
    .toBuffer()
const body = (page: Page) => page.getByLabel(/What happens/)
const files = (page: Page) => page.getByRole('list', { name: 'Files that go along' }).getByRole('listitem')

test('Jun pastes a picture and adds a log; readers see both, and nobody sees them once they are hidden', async ({ browser }) => {
  const title = `The folder list is cut off ${Date.now().toString(36)}`
  // A Jun of her own: what waits in the form of a person is theirs in every window, also in that of another journey.
  const jun = await (await browser.newContext()).newPage()
  await signUp(jun, 'Jun')
  await jun.goto(`${ROOM}/ask`)
  await jun.getByLabel(/in one sentence/).fill(title)
  await body(jun).fill('Since the update it looks like this:')

  await test.step('pasted, it stands where the caret was, and its words are there to be written', async () => {
    const picture = [...(await drawing(10))]
    await expect(jun.getByText('You can paste or drop them')).toBeVisible()
    await body(jun).evaluate((text, bytes) => {
      const brought = new DataTransfer()
      brought.items.add(new File([new Uint8Array(bytes)], 'folder list.png', { type: 'image/png' }))
      text.dispatchEvent(new ClipboardEvent('paste', { clipboardData: brought, bubbles: true, cancelable: true }))
    }, picture)
    await expect(body(jun)).toHaveValue(/!\[folder list\]\(\/files\/[\w-]{36}\)\n$/)
    await jun.keyboard.type('Six folders, the last one cut in half')
    await expect(body(jun)).toHaveValue(/!\[Six folders, the last one cut in half\]\(/)
  })

  await test.step('what is not taken says why, and what is comes along', async () => {
    const choose = jun.getByLabel(/Pictures and files/)
    await choose.setInputFiles({ name: 'setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\0\0') })
    await expect(jun.getByText('That kind of file is not taken').first()).toBeVisible()
    await choose.setInputFiles([
      { name: 'folder.log', mimeType: 'text/plain', buffer: Buffer.from('12:00 cut off') },
      { name: 'private.txt', mimeType: 'text/plain', buffer: Buffer.from('not for you') },
    ])
    await expect(files(jun)).toHaveCount(3)
    await jun.getByRole('button', { name: 'Remove private.txt' }).click()
    await expect(files(jun)).toHaveCount(2)
    await expectAccessible(jun)
  })

  await test.step('another day the draft still has them', async () => {
    await expect(jun.getByText('Draft saved.')).toBeVisible()
    await jun.reload()
    await expect(files(jun)).toHaveCount(2)
    await jun.getByRole('button', { name: 'Preview' }).click()
    await expect(jun.locator('.preview').getByRole('img', { name: /Six folders/ })).toBeVisible()
    await jun.getByRole('button', { name: 'Post question' }).click()
    await expect(jun.getByRole('heading', { level: 1 })).toHaveText(title)
  })

  const reader = await (await browser.newContext()).newPage()
  const thread = new URL(jun.url()).pathname
  const addresses = await test.step('everybody sees the picture, small and whole, and can save the log', async () => {
    await reader.goto(thread)
    const picture = reader.getByRole('img', { name: /Six folders/ })
    await expect(picture).toBeVisible()
    await expect(picture).toHaveJSProperty('naturalWidth', 960)
    await expectAccessible(reader)
    const log = await reader.getByRole('link', { name: 'Download folder.log' }).getAttribute('href')
    const whole = await picture.locator('..').getAttribute('href')
    const saved = await reader.request.get(log ?? '')
    expect(await saved.text()).toBe('12:00 cut off')
    expect(saved.headers()).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="folder.log"; filename*=UTF-8''folder.log`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    })
    expect(saved.headers()['content-security-policy']).toContain('sandbox')
    return [log ?? '', whole ?? '', `${whole}/small`]
  })

  await test.step('Bo hides the question: its files are gone, however they are asked for', async () => {
    for (const address of addresses) expect((await reader.request.get(address)).status()).toBe(200)
    const bo = await browserOf(browser, 'Bo')
    const post = /post-([\w-]{36})/.exec((await reader.locator('article').first().getAttribute('id')) ?? '')?.[1]
    await bo.goto(`/moderation/post/${post}`)
    await bo.getByRole('radio', { name: 'Hide' }).check()
    await bo.getByLabel('Rule', { exact: true }).selectOption({ index: 1 })
    await bo.getByLabel('Facts').fill('It shows the mailbox of somebody else.')
    await bo.getByLabel('Why that breaks the rule').fill('Whose mailbox it is was not asked.')
    await bo.getByRole('button', { name: 'Decide and tell Jun' }).click()
    await bo.waitForURL((url) => !url.pathname.includes(`/post/${post}`))
    for (const address of addresses) {
      expect((await reader.request.get(address)).status()).toBe(404)
      expect((await reader.request.head(address)).status()).toBe(404)
      expect((await reader.request.get(address, { headers: { range: 'bytes=0-3' } })).status()).toBe(404)
    }
  })
})

test('without JavaScript: a file stays when the form is refused, and is asked for again after signing in', async ({ browser }) => {
  const page = await browserOf(browser, 'Jun', { javaScriptEnabled: false })
  await page.goto(ROOM)
  await page
    .getByRole('link', { name: /Deleted messages come back/ })
    .first()
    .click()
  const answer = page.getByLabel('Your answer')
  await answer.fill('x')
  await page.getByLabel(/Pictures and files/).setInputFiles([
    { name: 'compact.log', mimeType: 'text/plain', buffer: Buffer.from('compacted') },
    { name: 'secret.txt', mimeType: 'text/plain', buffer: Buffer.from('secret') },
    { name: 'before.png', mimeType: 'image/png', buffer: await drawing(200) },
  ])
  await page.getByRole('button', { name: 'Post answer' }).click()
  await expect(page.getByRole('link', { name: /Your answer: At least/ })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /compact.log/ })).toBeChecked()
  const words = `Compact it twice ${Date.now().toString(36)}`
  await answer.fill(words)
  await page.getByRole('checkbox', { name: /secret.txt/ }).uncheck()
  await page.getByRole('button', { name: 'Post answer' }).click()
  const posted = page.getByRole('article').filter({ hasText: words })
  await expect(posted.getByRole('link', { name: 'Download compact.log' })).toBeVisible()
  await expect(posted.getByRole('img', { name: 'Picture: before.webp' })).toBeVisible()
  await expect(page.getByText('secret.txt')).toHaveCount(0)

  await page.context().clearCookies({ name: /^(?!parley_held)/ })
  await answer.fill(`${words}, and once more`)
  await page.getByLabel(/Pictures and files/).setInputFiles({ name: 'after.txt', mimeType: 'text/plain', buffer: Buffer.from('after') })
  await page.getByRole('button', { name: 'Post answer' }).click()
  await expect(page).toHaveURL(/sign-in/)
  const back = new URL(page.url()).searchParams.get('next') ?? ''
  await signInAs(page, 'Jun')
  await page.goto(back)
  await expect(answer).toHaveValue(`${words}, and once more`)
  await expect(page.getByText('Your files could not be: choose them again.')).toBeVisible()
})
