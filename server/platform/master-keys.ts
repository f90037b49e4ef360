import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from './database'
import { env } from './env'

export type MasterKey = { id: string; key: Buffer }

const FILE = 'vault.key'
const KEY_BYTES = 32

/** The keys that wrap people’s own keys, the one in use first. They are never in the database, nor in a backup of it. */
export function masterKeys(): [MasterKey, ...MasterKey[]] {
  const keys = parseKeys(env.PARLEY_VAULT_KEY ?? keptBesideTheData())
  if (!keys[0]) throw new Error('PARLEY_VAULT_KEY is empty. It is a list of id:key, each key 32 bytes in base64url.')
  return keys as [MasterKey, ...MasterKey[]]
}

export function masterKey(id: string): MasterKey {
  const found = masterKeys().find((each) => each.id === id)
  if (!found)
    throw new Error(`The vault was sealed under the key “${id}”, which PARLEY_VAULT_KEY does not hold. Add it back after the key in use.`)
  return found
}

export function parseKeys(list: string): MasterKey[] {
  const keys = list
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
    .map((item) => {
      const [, id = '', encoded = ''] = /^([\w-]{1,40}):([\w-]+)=*$/.exec(item) ?? []
      const key = Buffer.from(encoded, 'base64url')
      if (!id || key.length !== KEY_BYTES) throw new Error('PARLEY_VAULT_KEY must be a list of id:key, each key 32 bytes in base64url.')
      return { id, key }
    })
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error('PARLEY_VAULT_KEY names one id twice.')
  return keys
}

export const freshMasterKey = (id: string) => `${id}:${randomBytes(KEY_BYTES).toString('base64url')}`

/** Its name is made with it: a key of another folder is never taken for this one. */
function keptBesideTheData(): string {
  const file = masterKeyFile()
  mkdirSync(dataFolder(env), { recursive: true })
  try {
    // Whoever comes second finds the first one’s: two processes may start at once.
    writeFileSync(file, `${freshMasterKey(`key-${randomBytes(4).toString('hex')}`)}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}

export const masterKeyFile = () => join(dataFolder(env), FILE)
