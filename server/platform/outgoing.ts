import { lookup as resolveName, type LookupAddress } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

type Outgoing = {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  timeoutSeconds?: number
  maxBytes?: number
  inside?: boolean
}

/**
 * The only way out to addresses that people name. The decision is made on the resolved address at the moment of
 * connecting, so neither odd spellings of an address nor a name that changes its mind reach the inside. Redirects are
 * not followed. `inside` is for tests, whose other side is on this machine.
 */
export async function fetchOutside(
  address: string | URL,
  { method = 'GET', headers = {}, body, timeoutSeconds = 10, maxBytes = 1_000_000, inside: insideToo = false }: Outgoing = {},
) {
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new OutgoingRefused('protocol')
  if (url.username || url.password) throw new OutgoingRefused('credentials')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !insideToo && !isPublicAddress(host)) throw new OutgoingRefused('address')

  const request = url.protocol === 'https:' ? secureRequest : plainRequest
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }>((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutSeconds * 1000)
    const sent = request(url, { method, headers, signal, agent: false, ...(insideToo ? {} : { lookup: publicLookup }) }, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBytes) response.destroy(new OutgoingRefused('size'))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export class OutgoingRefused extends Error {
  constructor(readonly reason: 'protocol' | 'credentials' | 'address' | 'size') {
    super(`Outgoing request refused: ${reason}`)
    this.name = 'OutgoingRefused'
  }
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, [])
    const first = addresses[0]
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) return callback(new OutgoingRefused('address'), [])
    if (options.all) return callback(null, addresses)
    callback(null, first.address, first.family)
  })
}

const inside = new BlockList()
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]) {
  const [net, bits] = range.split('/') as [string, string]
  inside.addSubnet(net, Number(bits), 'ipv4')
}

/** Of IPv6 only global unicast is outside; inside it, the ranges that carry an IPv4 address or lead nowhere are not. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

export function isPublicAddress(address: string) {
  const kind = isIP(address)
  if (kind === 4) return !inside.check(address, 'ipv4')
  return kind === 6 && global6.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}

/** Whether it is worth trying at all: an https address of a public name, on the usual port. What it resolves to is looked at when it is asked. */
export function mayBeAsked(address: string): boolean {
  const url = new URL(address)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (url.protocol !== 'https:' || url.username || url.password || url.port) return false
  return isIP(host) ? isPublicAddress(host) : /\.[a-z][a-z0-9-]*$/i.test(host) && !/\.(localhost|local|internal|test)$/i.test(host)
}
