import { expect, test } from 'vitest'
import { publicKey } from '~/server/platform/web-push'
import { mayBeAsked } from '~/server/platform/outgoing'

test('the portal has one key, made once', async () => {
  const [one, other] = await Promise.all([publicKey(), publicKey()])
  expect(one).toBe(other)
  expect(Buffer.from(one, 'base64url')).toHaveLength(65)
})

test.each([
  'http://push.example.org/x',
  'https://localhost/x',
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://printer/x',
  'https://db.internal/x',
  'https://user:word@push.example.org/x',
  'https://push.example.org:8443/x',
  'https://169.254.169.254/latest',
])('%s is no place for messages', (address) => expect(mayBeAsked(address)).toBe(false))

test.each([
  'https://fcm.googleapis.com/fcm/send/x',
  'https://updates.push.services.mozilla.com/wpush/v2/x',
  'https://web.push.apple.com/x',
])('%s is', (address) => expect(mayBeAsked(address)).toBe(true))
