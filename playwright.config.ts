import { defineConfig } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const port = Number((process.env.PARLEY_JOURNEY_PORT ??= String(43_000 + (process.pid % 2000))))
const mailPort = (process.env.PARLEY_JOURNEY_MAIL_PORT ??= String(port + 2000))
if (!process.env.PARLEY_JOURNEY_DATA) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-journeys-'))
  // Root's database runs as another account, which must get in.
  chmodSync(folder, 0o711)
  process.env.PARLEY_JOURNEY_DATA = folder
  // Only here is the server ended already: a global teardown would take the data from under it.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}

function chromium() {
  if (process.env.PARLEY_CHROMIUM) return process.env.PARLEY_CHROMIUM
  // The same Chromium without what a window needs is a third faster.
  for (const name of ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'])
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim()
    } catch {
      continue
    }
  return undefined
}

/** Journeys walk through the built portal with the demo world in it, in a real browser. */
export default defineConfig({
  testDir: 'tests/journeys',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      executablePath: chromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node --import tsx tests/support/journey-server.ts',
    cwd: import.meta.dirname,
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'ignore',
    stderr: 'pipe',
    env: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      PARLEY_DEMO: '1',
      PARLEY_DATA: process.env.PARLEY_JOURNEY_DATA,
      // Mail leads to the first; passkeys are made for the second, since a browser makes none for numbers.
      PARLEY_ORIGIN: `http://127.0.0.1:${port},http://localhost:${port}`,
      // The organisation of a journey signs its people in on this machine.
      PARLEY_LOOPBACK_PROVIDERS: '1',
      // Everybody comes from a network of their own: nobody signs up twenty people from one.
      PARLEY_TRUSTED_PROXIES: '127.0.0.1',
      // Mail comes back in by SMTP.
      MAIL_REPLY_DOMAIN: 'parley.example',
      MAIL_LISTEN: `127.0.0.1:${mailPort}`,
      LOG_LEVEL: 'debug',
    },
  },
})
