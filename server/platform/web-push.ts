import webpush from 'web-push'
import { env } from './env'
import { fetchOutside } from './outgoing'
import { portalSecret } from './signing'

/** Where a browser takes messages, and the keys that only it can read them with. */
export type Subscription = { endpoint: string; p256dh: string; auth: string }
export type Pushed = 'taken' | 'gone' | 'refused' | 'later'

/** A day: what is older stands in the inbox. */
const KEPT_SECONDS = 24 * 3600

/**
 * Sends a message that the push service can carry but not read (RFC 8291), signed as this portal's (RFC 8292). `topic` replaces what still
 * waits there of the same. The library seals and signs; what goes out goes through the one guarded door.
 */
export async function push({ endpoint, ...keys }: Subscription, message: Record<string, string>, topic: string): Promise<Pushed> {
  const { headers, body } = webpush.generateRequestDetails({ endpoint, keys }, JSON.stringify(message), {
    vapidDetails: { subject: contact(), ...(await portalKeys()) },
    contentEncoding: 'aes128gcm',
    urgency: 'normal',
    TTL: KEPT_SECONDS,
    topic,
  })
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  const { status } = await fetchOutside(endpoint, { method: 'POST', body, headers: sent, inside: env.PARLEY_PUSH_INSIDE, maxBytes: 20_000 })
  if (status >= 200 && status < 300) return 'taken'
  if (status === 404 || status === 410) return 'gone'
  return status === 429 || status >= 500 ? 'later' : 'refused'
}

/** The portal's own pair, made at the first need and kept with its other secrets: browsers tie their subscription to it. */
async function portalKeys() {
  const kept = await portalSecret('web-push-keys', () => JSON.stringify(webpush.generateVAPIDKeys()))
  return JSON.parse(kept) as { publicKey: string; privateKey: string }
}

export const publicKey = async (): Promise<string> => (await portalKeys()).publicKey

const contact = () => `mailto:${/[^\s<>]+@[^\s<>]+/.exec(env.MAIL_FROM)?.[0] ?? 'no-reply@localhost'}`
