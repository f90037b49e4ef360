import { chromium, type Browser } from 'playwright'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { furnishedWorld } from '../journeys/sweep/seats'
import { cookiesOf } from '../support/cookies'
import type { DemoRole } from '../support/addresses'
import { sights, type Sight } from './sights'

/**
 * Pictures of every page, each as whoever has the least rights to see it, light and dark, at 360 and 1280 px, into .look/pictures/.
 * `--only=front,vault` keeps the names that begin so, `--words=en-XA` or `ar-XB` draws a pseudo-language, `--url=` looks at a portal that already runs.
 */
const option = (name: string) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
const only = option('only')?.split(',')
const folder = '.look'
const words = option('words')
const given = option('url')
const port = 46_000 + (process.pid % 2000)
const base = given ?? `http://127.0.0.1:${port}`

const site = given ? null : await start()
const executablePath = process.env.PARLEY_CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
if (!only) rmSync(join(folder, 'pictures'), { recursive: true, force: true })
mkdirSync(join(folder, 'pictures'), { recursive: true })
const { seats, world } = await furnishedWorld(base)
const wanted = sights.filter(({ name }) => !only || only.some((start) => name.startsWith(start)))
for (const role of new Set(wanted.map((sight) => sight.as)))
  await Promise.all(
    [1280, 360].map((width) =>
      draw(
        browser,
        width,
        wanted.filter((sight) => sight.as === role),
        role,
      ),
    ),
  )
await browser.close()
site?.kill('SIGTERM')

async function draw(browser: Browser, width: number, sights: Sight[], role: DemoRole) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  })
  await context.addCookies(cookiesOf(seats[role]))
  if (words) await context.addCookies([{ name: 'parley_words', value: words, url: base }])
  const page = await context.newPage()
  for (const { name, path } of sights) {
    await page.goto(path(world))
    await page.evaluate(() => document.fonts.ready)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const file = join(folder, 'pictures', `${name}-as-${role}-${width}-${colorScheme}.png`)
      await page.screenshot({ path: file, fullPage: true })
      console.log(`${file}${wide > 0 ? `   IS ${wide} PX TOO WIDE` : ''}`)
    }
  }
  await context.close()
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
