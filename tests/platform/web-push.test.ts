import { createECDH } from 'node:crypto'
import { expect, test } from 'vitest'
import { encrypted, publicKey } from '~/server/platform/web-push'
import { mayBeAsked } from '~/server/platform/outgoing'

test('a message is sealed as RFC 8291 shows it', () => {
  const ours = createECDH('prime256v1')
  ours.setPrivateKey(Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'))
  const sealed = encrypted(
    Buffer.from('When I grow up, I want to be a watermelon'),
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    ours,
    Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
  )
  expect(sealed.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

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
