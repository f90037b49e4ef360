import { hkdfSync } from 'node:crypto'
import { closed, opened } from './closed'
import { portalSecret } from './signing'

/** Each purpose and owner has a key of its own: what is sealed for one opens for nobody else. */
async function keyFor(purpose: string, owner: string): Promise<Buffer> {
  return Buffer.from(hkdfSync('sha256', await portalSecret('sealing'), owner, purpose, 32))
}

/** For secrets that have to be read again, and so cannot be hashed. */
export async function seal(purpose: string, owner: string, secret: Buffer): Promise<string> {
  return closed(await keyFor(purpose, owner), '', secret).toString('base64url')
}

/** Throws when it was sealed for something else, or changed since. */
export async function unseal(purpose: string, owner: string, sealed: string): Promise<Buffer> {
  return opened(await keyFor(purpose, owner), '', Buffer.from(sealed, 'base64url'))
}
