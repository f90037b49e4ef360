import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { compactVerify, generalVerify, importJWK } from 'jose'
import { expect, test } from 'vitest'
import { canonicalJson } from '~/server/platform/canonical-json'
import { freshKey, publicKey, signAlone, signerOf, signTogether, verifyAlone, verifyTogether } from '~/server/platform/signatures'

const hex = (text: string) => Buffer.from(text, 'hex')
const base64url = (text: string) => hex(text).toString('base64url')

/** RFC 8032, 7.1: secret, public, message, signature. */
const RFC_8032 = [
  {
    d: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    x: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    d: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    x: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    d: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    x: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
]

test('Ed25519 signs and verifies as RFC 8032 says', () => {
  for (const { d, x, message, signature } of RFC_8032) {
    const jwk = { kty: 'OKP', crv: 'Ed25519', d: base64url(d), x: base64url(x) }
    const signed = sign(null, hex(message), createPrivateKey({ key: jwk, format: 'jwk' }))
    expect(signed.toString('hex')).toBe(signature)
    expect(verify(null, hex(message), createPublicKey({ key: jwk, format: 'jwk' }), hex(signature))).toBe(true)
  }
})

/** RFC 8037, appendix A. */
const RFC_8037 = {
  jwk: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
  thumbprint: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  jws: 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
}

test('the example of RFC 8037 verifies with jose, and the name of a key is its thumbprint', async () => {
  const { x, kty, crv } = RFC_8037.jwk
  const { payload } = await compactVerify(RFC_8037.jws, await importJWK({ kty, crv, x }, 'EdDSA'))
  expect(new TextDecoder().decode(payload)).toBe('Example of Ed25519 signing')
  const { calculateJwkThumbprint } = await import('jose')
  expect(await calculateJwkThumbprint({ kty, crv, x })).toBe(RFC_8037.thumbprint)
})

test('values are written as RFC 8785 writes them', () => {
  expect(
    canonicalJson({
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }),
  ).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  const sorted = {
    '\u20ac': 'Euro',
    '\r': 'CR',
    '\ufb33': 'Dalet',
    '1': 'One',
    '\ud83d\ude00': 'Smile',
    '\u0080': 'Control',
    '\u00f6': 'o',
  }
  const order = [...canonicalJson(sorted).matchAll(/"(CR|One|Control|o|Euro|Smile|Dalet)"/g)].map(([, word]) => word)
  expect(order).toEqual(['CR', 'One', 'Control', 'o', 'Euro', 'Smile', 'Dalet'])
  expect([0, -0, 5e-324, 1e21, 295147905179352830000, 9007199254740994].map((number) => canonicalJson(number))).toEqual([
    '0', '0', '5e-324', '1e+21', '295147905179352830000', '9007199254740994',
  ]) // prettier-ignore
  for (const impossible of [NaN, Infinity, '\ud800', { a: () => 1 }, [undefined]])
    expect(() => canonicalJson(impossible)).toThrow(TypeError)
})

async function twoSigners() {
  const made = await Promise.all([freshKey(), freshKey()])
  const keys = new Map(made.map(({ kid, x }) => [kid, publicKey(kid, x)]))
  return {
    signers: await Promise.all(made.map(({ kid, privateJwk }) => signerOf(kid, privateJwk))),
    find: (kid: string) => keys.get(kid) ?? null,
  }
}

test('two sides sign the same bytes, jose alone verifies each, and a changed byte fails', async () => {
  const { signers, find } = await twoSigners()
  const jws = await signTogether({ b: 1, a: ['ü', null] }, signers)
  expect(Buffer.from(jws.payload, 'base64url').toString()).toBe('{"a":["ü",null],"b":1}')
  for (const signature of jws.signatures)
    await generalVerify({ payload: jws.payload, signatures: [signature] }, async ({ kid }) => importJWK(find(kid ?? '') ?? {}, 'EdDSA'))
  expect(await verifyTogether(jws, find)).toEqual({ record: { a: ['ü', null], b: 1 }, kids: signers.map(({ kid }) => kid) })

  const bytes = Buffer.from(jws.payload, 'base64url')
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await verifyTogether({ ...jws, payload: changed.toString('base64url') }, find), `byte ${at}`).toBeNull()
  }
})

test('one signature twice is not two, an unknown key is none, and no signature is refused', async () => {
  const { signers, find } = await twoSigners()
  const jws = await signTogether({ a: 1 }, signers)
  const [first] = jws.signatures
  expect(await verifyTogether({ ...jws, signatures: first ? [first, first] : [] }, find)).toBeNull()
  expect(await verifyTogether(jws, () => null)).toBeNull()
  expect(await verifyTogether({ ...jws, signatures: [] }, find)).toBeNull()
  const stranger = await twoSigners()
  expect(await verifyTogether(await signTogether({ a: 1 }, stranger.signers), find)).toBeNull()
})

test('one signature alone says who signed, and what kind of thing it is', async () => {
  const { signers, find } = await twoSigners()
  const [signer] = signers
  if (!signer) throw new Error('no signer')
  const jws = await signAlone({ root: 'abc' }, signer, { typ: 'parley-root+jws' })
  expect(await verifyAlone(jws, find)).toEqual({ record: { root: 'abc' }, kids: [signer.kid], typ: 'parley-root+jws' })
  expect(await verifyAlone(jws.replace(/^./, 'f'), find)).toBeNull()
  expect(await verifyAlone('', find)).toBeNull()
})
