import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** What the embedded database keeps to itself: who it is, and the passwords of its three roles. */
export type Secrets = { id: string; superPassword: string; ownerPassword: string; appPassword: string }

export function readSecrets(file: string): Secrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  const secrets = { id: random(16), superPassword: random(24), ownerPassword: random(24), appPassword: random(24) }
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  return secrets
}

export function urlsOf(secrets: Secrets, port: number) {
  const url = (role: string, password: string, database: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
  return {
    appUrl: url('parley_app', secrets.appPassword, 'parley'),
    ownerUrl: url('parley_owner', secrets.ownerPassword, 'parley'),
    superUrl: url('postgres', secrets.superPassword, 'postgres'),
  }
}

function random(bytes: number) {
  return randomBytes(bytes).toString('hex')
}
