import { createHash, randomBytes } from 'node:crypto'
import type { FindKey, Signer } from './signatures'
import { signAlone, verifyAlone } from './signatures'

/**
 * RFC 9901, as much of it as a flat credential needs: claims that the holder may leave out stand in the signed part as digests alone, and
 * beside it as disclosures. Whoever is shown some learns neither the others nor their names.
 */
export type Claims = Record<string, unknown>
export type Verified = { claims: Claims; kid: string; typ: string | undefined }

const digestOf = (disclosure: string) => createHash('sha256').update(disclosure, 'ascii').digest('base64url')

export const disclosureOf = (name: string, value: unknown, salt = randomBytes(16).toString('base64url')) =>
  Buffer.from(JSON.stringify([salt, name, value])).toString('base64url')

/** The issuer signs `open` as it is, and of `hideable` the digests, in an order that says nothing. */
export async function issueSdJwt(open: Claims, hideable: Claims, signer: Signer, typ: string): Promise<string> {
  const disclosures = Object.entries(hideable).map(([name, value]) => disclosureOf(name, value))
  const jwt = await signAlone({ ...open, _sd: disclosures.map(digestOf).sort(), _sd_alg: 'sha-256' }, signer, { typ })
  return [jwt, ...disclosures, ''].join('~')
}

/** The holder leaves out what is not named. */
export function presentSdJwt(issued: string, names: readonly string[]): string {
  const [jwt = '', ...rest] = issued.split('~')
  return [jwt, ...rest.filter((disclosure) => disclosure && names.includes(nameIn(disclosure) ?? '')), ''].join('~')
}

/** Null unless the signature holds and each disclosure is one that was signed, and there once. */
export async function verifySdJwt(presented: string, find: FindKey): Promise<Verified | null> {
  const [jwt = '', ...parts] = presented.split('~')
  if (parts.pop() !== '' || parts.length > 50) return null
  const verified = await verifyAlone(jwt, find)
  if (!verified || typeof verified.record !== 'object' || verified.record === null) return null
  const { _sd, _sd_alg, ...claims } = verified.record as Claims
  const digests = Array.isArray(_sd) ? _sd.map(String) : []
  if (_sd_alg !== undefined && _sd_alg !== 'sha-256') return null
  if (new Set(digests).size < digests.length || new Set(parts).size < parts.length) return null
  for (const part of parts) {
    const [, name, value] = openedDisclosure(part) ?? []
    if (!name || !digests.includes(digestOf(part)) || Object.hasOwn(claims, name) || name === '_sd' || name === '...') return null
    claims[name] = value
  }
  return { claims, kid: verified.kids[0] ?? '', typ: verified.typ }
}

const nameIn = (disclosure: string) => openedDisclosure(disclosure)?.[1] ?? null

function openedDisclosure(disclosure: string): [string, string, unknown] | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(disclosure, 'base64url').toString())
    return Array.isArray(said) && said.length === 3 && typeof said[1] === 'string' ? (said as [string, string, unknown]) : null
  } catch {
    return null
  }
}
