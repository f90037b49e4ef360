import { createHash, createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Storage } from '~/server/platform/storage'
import { diskStorage } from '~/server/platform/storage-disk'
import { s3Storage } from '~/server/platform/storage-s3'

const textOf = async (storage: Storage, key: string) => {
  const stream = await storage.read(key)
  return stream && new Response(stream).text()
}

async function keepsPromises(storage: Storage) {
  const keys = Array.from({ length: 5 }, () => randomBytes(20).toString('hex'))
  const [first = '', second = ''] = keys
  expect(await storage.read(first)).toBeNull()
  expect(await storage.has(first)).toBe(false)
  for (const key of keys) await storage.put(key, Buffer.from(`of ${key}`))
  await storage.put(`${second}-small`, Buffer.from('smaller'))
  expect(await textOf(storage, first)).toBe(`of ${first}`)
  expect(await storage.has(`${second}-small`)).toBe(true)
  const listed: string[] = []
  for await (const { key, writtenAt } of storage.list()) {
    listed.push(key)
    expect(Math.abs(Date.now() - writtenAt.getTime())).toBeLessThan(60_000)
  }
  expect(listed.sort()).toEqual([...keys, `${second}-small`].sort())
  await storage.remove(first)
  await storage.remove(first)
  expect(await storage.read(first)).toBeNull()
}

test('on disk: whole or not at all, and never outside its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const storage = diskStorage(join(folder, 'files'))
  for await (const { key } of storage.list()) throw new Error(`${key} should not be there`)
  await keepsPromises(storage)
  for (const key of ['../../etc/passwd', 'a/b', '..', 'UPPER-CASE', '']) await expect(storage.put(key, Buffer.from('x'))).rejects.toThrow()
  expect(readdirSync(folder)).toEqual(['files'])
  // What was half written when the power went.
  mkdirSync(join(folder, 'files', 'ab'), { recursive: true })
  writeFileSync(join(folder, 'files', 'ab', 'abcdef0123.part'), 'half')
  const halves: string[] = []
  for await (const { key } of storage.list()) if (key.endsWith('.part')) halves.push(key)
  for (const key of halves) await storage.remove(key)
  expect(halves).toEqual(['abcdef0123.part'])
  expect(await storage.has('abcdef0123.part')).toBe(false)
})

test('in a bucket: every request is signed as S3 wants it, and a wrong secret is refused', async () => {
  const bucket = await aBucket('key-of-parley', 'a secret/with+signs')
  const address = (secret: string) =>
    `http://key-of-parley:${encodeURIComponent(secret)}@127.0.0.1:${bucket.port}/files?region=eu-central-1`
  await keepsPromises(s3Storage(address('a secret/with+signs')))
  await expect(s3Storage(address('another secret')).put('somewhere-else', Buffer.from('x'))).rejects.toThrow('403')
  expect(bucket.refused()).toBeGreaterThan(0)
})

/** As much of S3 as is used: four methods, a list of two a page, and signatures that are checked (version 4). */
async function aBucket(keyId: string, secret: string) {
  const files = new Map<string, { bytes: Buffer; at: string }>()
  let refused = 0
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://bucket')
      if (!isSigned(request, body, keyId, secret)) {
        refused += 1
        return response.writeHead(403).end()
      }
      const key = pathname.replace(/^\/files\/?/, '')
      const found = files.get(key)
      if (request.method === 'PUT') {
        files.set(key, { bytes: body, at: new Date().toISOString() })
        return response.writeHead(200).end()
      }
      if (request.method === 'DELETE') {
        files.delete(key)
        return response.writeHead(204).end()
      }
      if (key) return response.writeHead(found ? 200 : 404).end(request.method === 'HEAD' ? undefined : found?.bytes)
      const names = [...files.keys()].sort()
      const from = Number(searchParams.get('continuation-token') ?? 0)
      const contents = names
        .slice(from, from + 2)
        .map((name) => `<Contents><Key>${name}</Key><LastModified>${files.get(name)?.at}</LastModified></Contents>`)
      const next = from + 2 < names.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''
      response.writeHead(200, { 'content-type': 'application/xml' })
      response.end(`<?xml version="1.0"?><ListBucketResult>${contents.join('')}${next}</ListBucketResult>`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, refused: () => refused }
}

async function bodyOf(request: IncomingMessage) {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const hash = (of: string | Buffer) => createHash('sha256').update(of).digest('hex')
const hmac = (key: string | Buffer, of: string) => createHmac('sha256', key).update(of).digest()

function isSigned(request: IncomingMessage, body: Buffer, keyId: string, secret: string): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
    request.headers.authorization ?? '',
  )
  const [, key, day = '', region = '', signed = '', signature] = given ?? []
  if (key !== keyId || request.headers['x-amz-content-sha256'] !== hash(body)) return false
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://bucket')
  const query = [...searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort()
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const canonical = [request.method, pathname, query.join('&'), headers.join(''), signed, hash(body)].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, hash(canonical)].join('\n')
  const signingKey = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${secret}`, day), region))
  return hmac(signingKey, toSign).toString('hex') === signature
}
