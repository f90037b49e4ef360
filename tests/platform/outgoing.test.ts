import { expect, test } from 'vitest'
import { fetchOutside, isPublicAddress } from '~/server/platform/outgoing'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '169.254.169.254',
  '100.64.0.1',
  '::1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1',
  'fd00::1',
  '0.0.0.0',
  '224.0.0.1',
])('%s is inside', (address) => expect(isPublicAddress(address)).toBe(false))

test.each(['93.184.216.34', '2606:2800:220:1::1'])('%s is outside', (address) => expect(isPublicAddress(address)).toBe(true))

test.each(['http://127.1/', 'http://2130706433/', 'http://[::ffff:127.0.0.1]/', 'http://localhost/'])(
  '%s is not asked',
  async (address) => {
    await expect(fetchOutside(address)).rejects.toMatchObject({ reason: 'address' })
  },
)

test.each(['file:///etc/passwd', 'http://user:word@example.org/'])('%s is refused as it is written', async (address) => {
  await expect(fetchOutside(address)).rejects.toThrow('Outgoing request refused')
})
