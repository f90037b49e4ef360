import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { disclosureOf, issueSdJwt, presentSdJwt, verifySdJwt } from '~/server/platform/sd-jwt'
import { freshKey, publicKey, signerOf } from '~/server/platform/signatures'

/** RFC 9901: disclosures as they are sent, and the digests that are signed for them. */
const RFC_9901 = [
  ['WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd', 'jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4'],
  ['WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd', 'TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo'],
]

test('a disclosure is digested as it was sent, byte by byte', () => {
  for (const [disclosure = '', digest] of RFC_9901) expect(createHash('sha256').update(disclosure).digest('base64url')).toBe(digest)
  expect(JSON.parse(Buffer.from(disclosureOf('since', '2021-03', 'salt'), 'base64url').toString())).toEqual(['salt', 'since', '2021-03'])
})

async function issued() {
  const { kid, x, privateJwk } = await freshKey()
  const sdJwt = await issueSdJwt(
    { iss: 'https://vendor.example' },
    { since: '2021-03', product: 'Tern Mail' },
    await signerOf(kid, privateJwk),
    'dc+sd-jwt',
  )
  return { sdJwt, find: (asked: string) => (asked === kid ? publicKey(kid, x) : null) }
}

test('the holder shows what they choose, and nothing else is in it', async () => {
  const { sdJwt, find } = await issued()
  const shown = presentSdJwt(sdJwt, ['product'])
  expect((await verifySdJwt(shown, find))?.claims).toEqual({ iss: 'https://vendor.example', product: 'Tern Mail' })
  const [payload = ''] = shown.split('.').slice(1)
  for (const part of [payload, ...shown.split('~').slice(1)]) expect(Buffer.from(part, 'base64url').toString()).not.toContain('2021-03')
  expect((await verifySdJwt(presentSdJwt(sdJwt, []), find))?.claims).toEqual({ iss: 'https://vendor.example' })
  expect((await verifySdJwt(sdJwt, find))?.typ).toBe('dc+sd-jwt')
})

test('what was not signed, is there twice, or stands over what was signed, is refused', async () => {
  const { sdJwt, find } = await issued()
  const only = presentSdJwt(sdJwt, ['since'])
  const [, disclosure = ''] = only.split('~')
  for (const forged of [
    only + disclosureOf('plan', 'gold') + '~',
    only + disclosure + '~',
    only.replace(disclosure, disclosureOf('since', '1999-01')),
    only.replace(disclosure, disclosureOf('iss', 'https://rival.example')),
    only.slice(0, -1),
    only.replace(/^./, 'f'),
    '',
    '~',
  ])
    expect(await verifySdJwt(forged, find), forged.slice(-40)).toBeNull()
})
