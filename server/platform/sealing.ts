import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { portalSecret } from './signing'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Each purpose and owner has a key of its own: what is sealed for one opens for nobody else. */
async function keyFor(purpose: string, owner: string): Promise<Buffer> {
  return Buffer.from(hkdfSync('sha256', await portalSecret('sealing'), owner, purpose, 32))
}

/** For secrets that have to be read again, and so cannot be hashed. */
export async function seal(purpose: string, owner: string, secret: Buffer): Promise<string> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, await keyFor(purpose, owner), nonce)
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Throws when it was sealed for something else, or changed since. */
export async function unseal(purpose: string, owner: string, sealed: string): Promise<Buffer> {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv(CIPHER, await keyFor(purpose, owner), bytes.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
}
