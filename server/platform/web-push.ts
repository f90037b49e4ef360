import { createCipheriv, createECDH, createPrivateKey, generateKeyPairSync, hkdfSync, randomBytes, sign } from 'node:crypto'
import { now } from './clock'
import { env } from './env'
import { fetchOutside } from './outgoing'
import { portalSecret } from './signing'

/** Where a browser takes messages, and the keys that only it can read them with. */
export type Subscription = { endpoint: string; p256dh: string; auth: string }
export type Pushed = 'taken' | 'gone' | 'refused' | 'later'

const RECORD_BYTES = 4096
/** A day: what is older stands in the inbox. */
const KEPT_SECONDS = 24 * 3600
const TOKEN_SECONDS = 12 * 3600

/** Sends a message that the push service can carry but not read. `topic` replaces what still waits there of the same. */
export async function push(to: Subscription, message: Record<string, string>, topic: string): Promise<Pushed> {
  const body = encrypted(Buffer.from(JSON.stringify(message)), to)
  const { status } = await fetchOutside(to.endpoint, {
    method: 'POST',
    body,
    inside: env.PARLEY_PUSH_INSIDE,
    maxBytes: 20_000,
    headers: {
      Authorization: await authorization(to.endpoint),
      'Content-Encoding': 'aes128gcm',
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(body.length),
      TTL: String(KEPT_SECONDS),
      Urgency: 'normal',
      Topic: topic,
    },
  })
  if (status >= 200 && status < 300) return 'taken'
  if (status === 404 || status === 410) return 'gone'
  return status === 429 || status >= 500 ? 'later' : 'refused'
}

/** RFC 8291: a key of this message alone, agreed with the browser's, and one record of AES-128-GCM (RFC 8188). */
export function encrypted(
  message: Buffer,
  to: Pick<Subscription, 'p256dh' | 'auth'>,
  ours = createECDH('prime256v1'),
  salt = randomBytes(16),
): Buffer {
  const theirPublic = Buffer.from(to.p256dh, 'base64url')
  const ourPublic = hasKeys(ours) ? ours.getPublicKey() : ours.generateKeys()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirPublic, ourPublic])
  const shared = hkdfSync('sha256', ours.computeSecret(theirPublic), Buffer.from(to.auth, 'base64url'), info, 32)
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(shared), salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', Buffer.from(shared), salt, 'Content-Encoding: nonce\0', 12))
  const size = Buffer.alloc(4)
  size.writeUInt32BE(RECORD_BYTES)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(Buffer.concat([message, Buffer.of(2)])), cipher.final(), cipher.getAuthTag()])
  return Buffer.concat([salt, size, Buffer.of(ourPublic.length), ourPublic, sealed])
}

function hasKeys(ours: ReturnType<typeof createECDH>): boolean {
  try {
    return ours.getPrivateKey().length > 0
  } catch {
    return false
  }
}

/** The portal's own key, made at the first need and kept with its other secrets: browsers tie their subscription to it. */
async function portalKey() {
  const pem = await portalSecret(
    'web-push',
    () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  )
  return createPrivateKey(pem)
}

export async function publicKey(): Promise<string> {
  const { x, y } = (await portalKey()).export({ format: 'jwk' })
  return Buffer.concat([Buffer.of(4), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]).toString('base64url')
}

/** RFC 8292: that it is this portal which sends, for this push service, until tonight. */
async function authorization(endpoint: string): Promise<string> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now().getTime() / 1000) + TOKEN_SECONDS, sub: contact() }
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: await portalKey(), dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${await publicKey()}`
}

const contact = () => `mailto:${/[^\s<>]+@[^\s<>]+/.exec(env.MAIL_FROM)?.[0] ?? 'no-reply@localhost'}`
