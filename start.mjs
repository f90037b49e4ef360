// One command from a bare clone: node start.mjs [--test | --dev | --setup]. Plain Node, because nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { holderOf, takeLock } from './server/platform/holder.js'

const root = fileURLToPath(new URL('.', import.meta.url))
const mode = process.argv[2] ?? '--start'
const modes = { '--start': start, '--test': test, '--dev': develop, '--setup': setUp }

process.chdir(root)
requireNode(20, 19)
await (modes[mode] ?? giveUp.bind(null, `Unknown option ${mode}. There are --test, --dev and --setup.`))()

async function start() {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const ownDatabase = !process.env.DATABASE_URL && !process.env.DATABASE_OWNER_URL
  if (ownDatabase) onlyOnce()
  install()
  build()
  const demo = process.env.PARLEY_DEMO ?? (ownDatabase ? '1' : '0')
  const host = process.env.HOST ?? '127.0.0.1'
  await follow(['build/server/main.js'], { NODE_ENV: 'production', PARLEY_DEMO: demo, HOST: host })
}

async function develop() {
  if (existsSync('.env')) process.loadEnvFile('.env')
  install()
  const ownDatabase = !process.env.DATABASE_URL && !process.env.DATABASE_OWNER_URL
  await follow(['--import', 'tsx', 'server/dev.ts'], {
    NODE_ENV: 'development',
    PARLEY_DEMO: process.env.PARLEY_DEMO ?? (ownDatabase ? '1' : '0'),
  })
}

async function setUp() {
  install()
  build()
  const browser = findChromium()
  console.log(
    `Ready. npm start runs the demo, npm run dev runs it for development.${browser ? '' : ' npm test needs Chromium: install the package chromium, or set PARLEY_CHROMIUM.'}`,
  )
}

async function test() {
  install()
  const browser = findChromium() ?? installChromium()
  if (!browser) giveUp('The journeys need a browser: install Chromium (apt-get install chromium), or set PARLEY_CHROMIUM to its path.')
  build()

  const results = '.cache/tests'
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const environment = { ...testEnvironment(), PARLEY_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'journeys.json') }
  const capabilities = await run(
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${results}/capabilities.json`],
    environment,
  )
  const journeys = await run(['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], environment)

  const [a, b] = [countCapabilities(readJson(`${results}/capabilities.json`)), countJourneys(readJson(`${results}/journeys.json`))]
  console.log(`capabilities: ${a.passed} passed, ${a.failed} failed; journeys: ${b.passed} passed, ${b.failed} failed`)
  console.log(`${a.passed + b.passed} passed, ${a.failed + b.failed} failed`)
  process.exit(capabilities || journeys || (a.failed + b.failed > 0 ? 1 : 0))
}

/** A start that meets a running one says so; a lock left by a killed one counts for nothing. */
function onlyOnce() {
  const given = process.env.PARLEY_DATA || '.data'
  const folder = isAbsolute(given) ? given : join(root, given)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const running = holderOf(join(folder, 'server.lock'))
  if (running) giveUp(`Parley is already running${running.note ? ` at ${running.note}` : ''} (process ${running.pid}).`)
  const release = takeLock(join(folder, 'start.lock'))
  if (!release) giveUp(`Parley is already starting (process ${holderOf(join(folder, 'start.lock'))?.pid ?? 'unknown'}).`)
  process.on('exit', release)
}

function requireNode(major, minor) {
  const [here, there] = process.versions.node.split('.').map(Number)
  if (here > major || (here === major && there >= minor)) return
  giveUp(`Parley needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`)
}

function install() {
  if (installed()) return
  console.log('Installing packages (about a minute) ...')
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const clean = npm(['ci', ...options])
  if (clean.status === 0) return
  // A registry that lacks the builds of other systems makes `npm ci` refuse a good lock file.
  const plain = npm(['install', '--no-save', ...options])
  if (plain.status !== 0) giveUp(`${plain.stdout}${plain.stderr}\nnpm could not install the packages.`)
}

/** The lock file that npm writes last is there, and every package that is asked for has the version that is asked for. */
function installed() {
  if (!existsSync('node_modules/.package-lock.json')) return false
  const { dependencies, devDependencies } = readJson('package.json')
  return Object.entries({ ...dependencies, ...devDependencies }).every(
    // Under another name, `npm:name@version`.
    ([name, version]) => readJson(`node_modules/${name}/package.json`)?.version === version.replace(/^npm:.+@/, ''),
  )
}

function npm(args) {
  // Started by npm, its own script is the npm to use; production mode would leave out what the build needs.
  const script = process.env.npm_execpath
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []]
  const { NODE_ENV: _, ...environment } = process.env
  return spawnSync(command, [...first, ...args], {
    encoding: 'utf8',
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
}

function build() {
  const stamp = hashOfSources()
  if (existsSync('build/server/main.js') && existsSync('build/.stamp') && readFileSync('build/.stamp', 'utf8') === stamp) return
  console.log('Building ...')
  const remix = 'node_modules/@remix-run/dev/dist/cli.js'
  const built = spawnSync(process.execPath, [remix, 'vite:build'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
    maxBuffer: 64 * 1024 * 1024,
  })
  if (built.status !== 0) giveUp(`${built.stdout}${built.stderr}\nThe build failed.`)
  writeFileSync('build/.stamp', stamp)
}

function hashOfSources() {
  const hash = createHash('sha256').update(process.versions.node)
  const single = ['package.json', 'package-lock.json', 'vite.config.ts', 'remix.config.js', 'tsconfig.json'].filter((file) =>
    existsSync(file),
  )
  for (const file of [...single, ...['app', 'server', 'db', 'words', 'public'].flatMap(filesIn)])
    hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

/** Data and migrations are read where they lie, not built. */
function filesIn(folder) {
  if (!existsSync(folder)) return []
  const found = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  const paths = found.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  return paths.filter((path) => !path.startsWith(join('db', 'seed', 'data')) && !path.startsWith(join('db', 'migrations'))).sort()
}

function findChromium() {
  if (process.env.PARLEY_CHROMIUM) return process.env.PARLEY_CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter)
  // The same Chromium without what a window needs is a third faster.
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function installChromium() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined
  console.log('Installing Chromium ...')
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], options)
  return findChromium()
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Tests never meet the database, the files or the mail server of whoever runs them. */
function testEnvironment() {
  const own = /^(DATABASE_|PARLEY_(?!TEST_DATABASE)|SMTP_|MAIL_|PORT$|HOST$|NODE_ENV$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
}

function countCapabilities(report) {
  if (!report) return { passed: 0, failed: 1 }
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  ).length
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken }
}

function countJourneys(report) {
  if (!report) return { passed: 0, failed: 1 }
  return { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky + report.errors.length }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function run(args, environment) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** Runs the server and ends as it ends. In a terminal Ctrl-C reaches it without help. */
function follow(args, settings) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...settings }, stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1)
      resolve(undefined)
    })
  })
}

function giveUp(why) {
  console.error(why)
  process.exit(1)
}
