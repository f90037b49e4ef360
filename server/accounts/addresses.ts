import { createHash } from 'node:crypto'

/** What makes two spellings one address. */
export function sameAddress(address: string): string {
  return address.normalize('NFC').toLowerCase()
}

export function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

/** One household or office: the address itself, or the /64 of IPv6, of which one visitor has more than anybody can count. */
export function networkOf(from: string): string {
  const address = from.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const all = [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`
}
