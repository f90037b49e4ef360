import { CompactSign, compactVerify, exportJWK, calculateJwkThumbprint, generalVerify, GeneralSign, generateKeyPair, importJWK } from 'jose'
import type { CompactJWSHeaderParameters, CryptoKey, GeneralJWS, JWK } from 'jose'
import { canonicalBytes } from './canonical-json'

export type { GeneralJWS, JWK }
/** `kid` is the thumbprint of the public key (RFC 7638): it names the key wherever it is found. */
export type Signer = { kid: string; key: CryptoKey }
export type PublicKey = { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; alg: 'EdDSA'; use: 'sig' }
/** Finds a public key by its name; null when nobody knows it. */
export type FindKey = (kid: string) => Promise<JWK | null> | JWK | null

const ALGORITHM = 'EdDSA'
const MOST_SIGNATURES = 4

export const publicKey = (kid: string, x: string): PublicKey => ({ kty: 'OKP', crv: 'Ed25519', x, kid, alg: ALGORITHM, use: 'sig' })

export async function freshKey(): Promise<{ kid: string; x: string; privateJwk: JWK }> {
  const pair = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true })
  const [shown, privateJwk] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)])
  return { kid: await calculateJwkThumbprint(shown), x: shown.x ?? '', privateJwk }
}

export async function signerOf(kid: string, privateJwk: JWK): Promise<Signer> {
  return { kid, key: (await importJWK(privateJwk, ALGORITHM)) as CryptoKey }
}

/** One payload in its canonical bytes, and a signature of each signer over it. */
export async function signTogether(record: unknown, signers: Signer[], typ = 'JSON'): Promise<GeneralJWS> {
  const signing = new GeneralSign(canonicalBytes(record))
  for (const { kid, key } of signers) signing.addSignature(key).setProtectedHeader({ alg: ALGORITHM, kid, typ })
  return signing.sign()
}

export function signAlone(record: unknown, { kid, key }: Signer, more: Partial<CompactJWSHeaderParameters> = {}): Promise<string> {
  return new CompactSign(canonicalBytes(record)).setProtectedHeader({ ...more, alg: ALGORITHM, kid }).sign(key)
}

export type Verified = { record: unknown; kids: string[] }

/** Null unless every signature holds, each by a key of its own, over the canonical bytes of what it says. */
export async function verifyTogether(jws: GeneralJWS, find: FindKey): Promise<Verified | null> {
  if (!Array.isArray(jws.signatures) || jws.signatures.length === 0 || jws.signatures.length > MOST_SIGNATURES) return null
  const kids: string[] = []
  try {
    for (const signature of jws.signatures) {
      const { protectedHeader } = await generalVerify({ payload: jws.payload, signatures: [signature] }, ({ kid }) => keyNamed(find, kid), {
        algorithms: [ALGORITHM],
      })
      kids.push(protectedHeader?.kid ?? '')
    }
    if (new Set(kids).size < kids.length) return null
    return { record: recordIn(Buffer.from(jws.payload, 'base64url')), kids }
  } catch {
    return null
  }
}

export async function verifyAlone(jws: string, find: FindKey): Promise<(Verified & { typ: string | undefined }) | null> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, ({ kid }) => keyNamed(find, kid), { algorithms: [ALGORITHM] })
    return { record: JSON.parse(new TextDecoder().decode(payload)), kids: [protectedHeader.kid ?? ''], typ: protectedHeader.typ }
  } catch {
    return null
  }
}

function recordIn(payload: Uint8Array): unknown {
  const record: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  if (!Buffer.from(payload).equals(canonicalBytes(record))) throw new TypeError('not canonical')
  return record
}

async function keyNamed(find: FindKey, kid: string | undefined) {
  const found = kid ? await find(kid) : null
  if (!found) throw new TypeError('nobody knows this key')
  return importJWK(found, ALGORITHM)
}
