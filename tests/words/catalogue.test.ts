import { readdirSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test, vi } from 'vitest'
import { hasWords, say, sayError } from '~/words'
import { english } from '~/words/en'

const messages = Object.entries(english as Record<string, string>)

test('every message can be said', () => {
  const broken = messages.filter(([, message]) => {
    try {
      new IntlMessageFormat(message, 'en-GB')
      return false
    } catch {
      return true
    }
  })
  expect(broken).toEqual([])
})

test('no key is written twice, where one would silently hide the other', async () => {
  const seen = new Map<string, string>()
  const twice: string[] = []
  for (const file of readdirSync('words/en').filter((name) => name !== 'index.ts')) {
    const domain = (await import(`../../words/en/${file.replace(/\.ts$/, '')}.ts`)) as Record<string, Record<string, string>>
    for (const key of Object.values(domain).flatMap((words) => Object.keys(words))) {
      if (seen.has(key)) twice.push(`${key}: ${seen.get(key)} and ${file}`)
      seen.set(key, file)
    }
  }
  expect(twice).toEqual([])
})

test('the portal writes curly quotes and no em dashes', () => {
  const plain = messages.filter(([, message]) => /"|\w'\w|—/.test(message)).map(([key]) => key)
  expect(plain).toEqual([])
})

test('an error carries its number', () => {
  expect(sayError('tooLong:120')).toBe('At most 120 characters, please.')
  expect(sayError('tooShort:1')).toBe('At least 1 character, please.')
})

test('an error nobody wrote words for is said in general terms', () => {
  expect(sayError('no.such.thing')).toBe(say('error.invalid'))
  expect(hasWords('no.such.thing')).toBe(false)
})

test('a value that nobody gave is a mistake here, and never takes a page from a visitor', () => {
  expect(() => say('error.tooLong')).toThrow()

  vi.stubEnv('NODE_ENV', 'production')
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(say('error.tooLong')).toBe('At most characters, please.')
  say('error.tooLong')
  expect(told).toHaveBeenCalledTimes(1)
  vi.unstubAllEnvs()
})
