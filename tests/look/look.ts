import { chromium, type Browser } from 'playwright'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Pictures of every named page, as each of the cast, light and dark, at 360 and 1280 px, into .look/. `--only front,thread` narrows. */
type Sight = {
  name: string
  as: string | null
  path: string | ((from: (start: string, link: RegExp) => Promise<string>) => Promise<string>)
}

const sights: Sight[] = [
  { name: 'front', as: null, path: '/' },
  { name: 'front', as: 'Amina', path: '/' },
  { name: 'communities', as: null, path: '/communities' },
  { name: 'community', as: null, path: '/c/tern-mail' },
  { name: 'community-imported', as: null, path: '/c/thunderbird' },
  { name: 'community-request', as: null, path: '/c/moving-a-small-office' },
  { name: 'thread', as: null, path: (from) => from('/c/tern-mail', /Deleted messages come back/) },
  { name: 'thread', as: 'Amina', path: (from) => from('/c/tern-mail', /Deleted messages come back/) },
  { name: 'thread-imported', as: null, path: (from) => from('/c/quantum?view=top', /emulators for quantum/) },
  { name: 'ask', as: 'Amina', path: '/c/tern-mail/ask' },
  { name: 'search', as: null, path: '/search?q=compact+folder' },
  { name: 'vendors', as: null, path: '/vendors' },
  { name: 'vendor', as: null, path: '/vendors/tern-works' },
  { name: 'vendor', as: 'Dara', path: '/vendors/tern-works' },
  { name: 'recommend', as: 'Amina', path: '/vendors/tern-works/recommend' },
  { name: 'vault', as: 'Amina', path: '/me/vault' },
  { name: 'vault-empty', as: 'Jun', path: '/me/vault' },
  { name: 'grant', as: 'Amina', path: '/me/grants/new' },
  { name: 'readings', as: 'Amina', path: '/me/readings' },
  { name: 'seen-by', as: 'Amina', path: '/me/seen-by/tern-works' },
  { name: 'my-relationship', as: 'Amina', path: '/me/relationships/tern-works' },
  { name: 'people', as: 'Dara', path: '/vendors/tern-works/people' },
  { name: 'relationship', as: 'Dara', path: (from) => from('/vendors/tern-works/people', /Amina/) },
  { name: 'queue', as: 'Bo', path: '/c/tern-mail/moderation' },
  { name: 'recommendation-queue', as: 'Bo', path: '/moderation' },
  { name: 'log', as: null, path: '/moderation/log' },
  { name: 'sign-in', as: null, path: '/sign-in' },
  { name: 'sign-up', as: null, path: '/sign-up' },
  { name: 'account', as: 'Amina', path: '/me/account' },
  { name: 'notifications', as: 'Amina', path: '/me/notifications' },
  { name: 'person', as: null, path: '/people/chen' },
  { name: 'operate', as: 'Olu', path: '/operate' },
  { name: 'operate-vendor', as: 'Olu', path: '/operate/vendors/tern-works' },
  { name: 'not-found', as: null, path: '/c/no-such-room' },
  { name: 'kit', as: null, path: '/dev/kit' },
]

const option = (name: string) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
const only = option('only')?.split(',')
const folder = '.look'
const given = option('url')
const port = 46_000 + (process.pid % 2000)
const base = given ?? `http://127.0.0.1:${port}`

const site = given ? null : await start()
const executablePath = process.env.PARLEY_CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
rmSync(join(folder, 'pictures'), { recursive: true, force: true })
mkdirSync(join(folder, 'pictures'), { recursive: true })
for (const sight of sights) if (!only || only.includes(sight.name)) await draw(browser, sight)
await browser.close()
site?.kill('SIGTERM')

async function draw(browser: Browser, { name, as, path }: Sight) {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 360]) {
      const context = await browser.newContext({
        baseURL: base,
        colorScheme,
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
        locale: 'en-GB',
      })
      const page = await context.newPage()
      if (as) {
        await page.goto('/dev/sign-in-as')
        await page
          .getByRole('button', { name: new RegExp(`\\b${as}\\b`) })
          .first()
          .click()
        await page.waitForURL((url) => url.pathname !== '/dev/sign-in-as')
      }
      const address =
        typeof path === 'string'
          ? path
          : await path(async (start, link) => {
              await page.goto(start)
              return (await page.locator('main').getByRole('link', { name: link }).first().getAttribute('href')) ?? start
            })
      await page.goto(address)
      await page.evaluate(() => document.fonts.ready)
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
      const file = join(folder, 'pictures', `${name}${as ? `-as-${as.toLowerCase()}` : ''}-${width}-${colorScheme}.png`)
      await page.screenshot({ path: file, fullPage: true })
      console.log(`${file}${sideways ? '   SCROLLS SIDEWAYS' : ''}`)
      await context.close()
    }
}

async function start(): Promise<ChildProcess> {
  const process_ = spawn(process.execPath, ['build/server/main.js'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PARLEY_DEMO: '1',
      PARLEY_DATA: join(folder, 'data'),
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
    },
  })
  for (;;) {
    const up = await fetch(`${base}/readyz`).then(
      () => true,
      () => false,
    )
    if (up) return process_
    if (process_.exitCode !== null) throw new Error('The site did not start')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
