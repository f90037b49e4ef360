import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasWords } from '~/words'

const REFUSAL = /new (?:NotFound|Forbidden|Conflict)\(\s*'([^']+)'/g
const INVALID = /new Invalid\(\{([^}]*)\}/g

test('every refusal of the server has words', () => {
  const missing: string[] = []
  for (const file of sources()) {
    const source = readFileSync(file, 'utf8')
    const keys = [...source.matchAll(REFUSAL)].map((match) => match[1] ?? '')
    for (const [, fields] of source.matchAll(INVALID))
      keys.push(...[...(fields ?? '').matchAll(/:\s*'([^']+)'/g)].map((match) => match[1] ?? ''))
    for (const key of keys) if (!hasWords(`error.${key.split(':')[0]}`)) missing.push(`${file}: ${key}`)
  }
  expect(missing).toEqual([])
})

function sources(): string[] {
  return ['server', 'app'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(root, name)),
  )
}
