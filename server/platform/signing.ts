import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '~/db/client'
import { portalSecrets } from '~/db/schema'

const known = new Map<string, Promise<string>>()

/** A secret of the portal, made the first time somebody needs it; every process finds the same one. */
export function portalSecret(name: string, make: () => string = () => randomBytes(32).toString('base64url')): Promise<string> {
  let secret = known.get(name)
  if (!secret) {
    secret = findOrMake(name, make)
    secret.catch(() => known.delete(name))
    known.set(name, secret)
  }
  return secret
}

async function findOrMake(name: string, make: () => string): Promise<string> {
  const find = async () => (await db.select().from(portalSecrets).where(eq(portalSecrets.name, name)))[0]?.value
  const found = await find()
  if (found) return found
  await db.insert(portalSecrets).values({ name, value: make() }).onConflictDoNothing()
  return (await find()) as string
}

/** The purpose is part of what is signed: a signature for one thing opens nothing else. */
async function signatureOf(purpose: string, payload: string, bytes: number): Promise<Buffer> {
  const key = await portalSecret('signing')
  return createHmac('sha256', key).update(`${purpose}\0${payload}`).digest().subarray(0, bytes)
}

/** A link that speaks for itself: what it says, and that we said it. */
export async function signedToken(purpose: string, payload: string): Promise<string> {
  return `${Buffer.from(payload).toString('base64url')}.${(await signatureOf(purpose, payload, 16)).toString('base64url')}`
}

export async function readToken(purpose: string, token: string): Promise<string | null> {
  const [, said = '', signature = ''] = /^([\w-]{1,400})\.([\w-]{22})$/.exec(token) ?? []
  const payload = Buffer.from(said, 'base64url').toString()
  return said && same(Buffer.from(signature, 'base64url'), await signatureOf(purpose, payload, 16)) ? payload : null
}

/** For addresses of e-mail: 64 characters at most before the @, in whatever case they come back. */
export async function signedId(purpose: string, id: string): Promise<string> {
  return id.replaceAll('-', '') + (await signatureOf(purpose, id, 10)).toString('hex')
}

export async function readId(purpose: string, tag: string): Promise<string | null> {
  const [, hex = '', signature = ''] = /^([0-9a-f]{32})([0-9a-f]{20})$/i.exec(tag) ?? []
  const id = hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return hex && same(Buffer.from(signature, 'hex'), await signatureOf(purpose, id, 10)) ? id : null
}

function same(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
