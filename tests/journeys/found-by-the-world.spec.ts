import { expect, test } from '@playwright/test'
import { browserOf, expectAccessible, signUp } from '../support/browser'

test('Found by the world: a stranger comes by a search engine, a feed or a link, and a newcomer’s own links are not followed', async ({
  browser,
}) => {
  const chen = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  const handle = await signUp(chen, 'Chen')
  const amina = await browserOf(browser, 'Amina', { javaScriptEnabled: false })
  const title = `Where does ${handle} keep “drafts” & filters?`
  const origin = new URL(chen.url()).origin
  let thread = ''

  await test.step('Amina asks, a newcomer answers with a link, she accepts', async () => {
    await amina.goto('/c/tern-mail/ask')
    await amina.getByLabel(/in one sentence/).fill(title)
    await amina.getByLabel(/What happens/).fill('The settings name no folder, and the manual is silent about it.')
    await amina.getByRole('button', { name: 'Post question' }).click()
    await expect(amina.getByRole('heading', { level: 1 })).toHaveText(title)
    thread = new URL(amina.url()).pathname
    await chen.goto(thread)
    await chen.getByLabel('Your answer').fill('In the profile: [where it is](https://example.com/profile).')
    await chen.getByRole('button', { name: 'Post answer' }).click()
    await amina.goto(thread)
    await amina.getByRole('button', { name: 'Accept this answer' }).click()
    await expect(amina.getByText(/Accepted by/)).toBeVisible()
  })

  const stranger = await (await browser.newContext()).newPage()
  const get = async (path: string) => {
    const answer = await stranger.request.get(path, { maxRedirects: 0 })
    return { status: answer.status(), type: answer.headers()['content-type'], to: answer.headers().location, text: await answer.text() }
  }

  await test.step('a search engine finds the question by the sitemap, and no private page', async () => {
    const maps = [...(await get('/sitemap.xml')).text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      ([, address]) => new URL(address ?? '').pathname,
    )
    const all = (await Promise.all(maps.map(get))).map(({ text }) => text).join('')
    expect(all).toContain(`<loc>${origin}${thread}</loc>`)
    expect(all).not.toMatch(/\/me\/|\/operate|\/relationships|moving-a-small-office\/\d|tern-mail-testers/)
    expect((await get('/robots.txt')).text).toContain(`Sitemap: ${origin}/sitemap.xml`)
  })

  await test.step('whatever address leads there, one is the right one, and the page says so', async () => {
    const [, slug, number] = /^\/c\/([^/]+)\/(\d+)/.exec(thread) ?? []
    await stranger.goto(`/c/${slug}/${number}/an-older-title?utm_source=letter`)
    await expect(stranger.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(stranger.locator('link[rel=canonical]')).toHaveAttribute('href', origin + thread)
    await expectAccessible(stranger)
  })

  await test.step('machines read who asked, what was accepted, and see a picture of it', async () => {
    const [data] = (await stranger.locator('script[type="application/ld+json"]').allTextContents()).map(
      (text) => JSON.parse(text) as { '@type': string; mainEntity: { name: string; acceptedAnswer: { author: { name: string } } } },
    )
    expect(data).toMatchObject({ '@type': 'QAPage', mainEntity: { name: title, acceptedAnswer: { author: { name: 'Chen' } } } })
    const picture = await stranger.locator('meta[property="og:image"]').getAttribute('content')
    const drawn = await stranger.request.get(picture ?? '')
    expect([drawn.status(), drawn.headers()['content-type']]).toEqual([200, 'image/png'])
  })

  await test.step('a newcomer’s link earns them no place with a search engine', async () => {
    const link = stranger.getByRole('link', { name: 'where it is' })
    await expect(link).toHaveAttribute('rel', /ugc/)
    await expect(link).toHaveAttribute('rel', /nofollow/)
  })

  await test.step('a reader of feeds finds the question and its answer', async () => {
    const feed = await stranger.locator('link[rel=alternate][type="application/atom+xml"]').first().getAttribute('href')
    const { status, type, text } = await get(feed ?? '')
    expect([status, type]).toEqual([200, expect.stringContaining('application/atom+xml')])
    expect(text).toContain(`“drafts” &amp; filters?</title>`)
  })

  await test.step('printed, the page is its text alone', async () => {
    await stranger.emulateMedia({ media: 'print' })
    await expect(stranger.getByRole('banner')).toBeHidden()
    await expect(stranger.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(stranger.getByText('In the profile:')).toBeVisible()
    await stranger.emulateMedia({ media: 'screen' })
  })

  await test.step('a phone takes it among its own programs', async () => {
    const devtools = await stranger.context().newCDPSession(stranger)
    const { errors, data } = await devtools.send('Page.getAppManifest')
    expect(errors).toEqual([])
    const { icons } = JSON.parse(data ?? '') as { icons: { src: string }[] }
    for (const { src } of icons) expect((await stranger.request.get(src)).status()).toBe(200)
  })

  await test.step('from right to left it reads as well', async () => {
    await stranger.context().addCookies([{ name: 'parley_words', value: 'ar-XB', url: origin }])
    await stranger.setViewportSize({ width: 360, height: 740 })
    for (const path of [thread, '/', '/c/tern-mail', '/vendors/tern-works', '/sign-up', '/search?q=filters']) {
      await stranger.goto(path)
      await expect(stranger.locator('html')).toHaveAttribute('dir', 'rtl')
      expect(await stranger.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBe(0)
    }
    await expectAccessible(stranger)
  })
})
