import { AwsClient } from 'aws4fetch'
import { createHash } from 'node:crypto'
import { SaxesParser } from 'saxes'
import type { Storage } from './storage'

/** Tried again this often when the other side stumbles. */
const RETRIES = 2
const PATIENCE_MILLISECONDS = 20_000

/**
 * Any S3-compatible store: https://KEY:SECRET@host/bucket?region=eu-central-1. The portal reads and writes on everybody's behalf; the bucket
 * itself stays closed, so that a file is reached only past the policy.
 */
export function s3Storage(address: string): Storage {
  const url = new URL(address)
  const secret = { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) }
  const region = url.searchParams.get('region') ?? 'us-east-1'
  const bucket = `${url.origin}${url.pathname.replace(/\/$/, '')}`
  const client = new AwsClient({ ...secret, region, service: 's3', retries: RETRIES })
  const ask = async (method: string, path: string, body?: Uint8Array) => {
    const headers = {
      'x-amz-content-sha256': createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
    }
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS)
    const answer = await client.fetch(bucket + path, { method, headers, signal, ...(body ? { body: new Uint8Array(body) } : {}) })
    if (answer.ok || answer.status === 404) return answer
    await answer.body?.cancel()
    throw new Error(`the file store answered ${answer.status} to ${method}`)
  }
  return {
    async put(key, bytes) {
      const answer = await ask('PUT', `/${key}`, bytes)
      await answer.body?.cancel()
      if (!answer.ok) throw new Error('the file store has no such bucket')
    },
    async read(key) {
      const answer = await ask('GET', `/${key}`)
      if (answer.ok) return answer.body
      await answer.body?.cancel()
      return null
    },
    has: async (key) => (await ask('HEAD', `/${key}`)).ok,
    async remove(key) {
      await (await ask('DELETE', `/${key}`)).body?.cancel()
    },
    async *list() {
      for (let after = ''; ;) {
        const page = listed(await (await ask('GET', `?list-type=2${after && `&continuation-token=${encodeURIComponent(after)}`}`)).text())
        yield* page.files
        if (!page.next) return
        after = page.next
      }
    },
  }
}

/** A page of ListObjectsV2. */
function listed(xml: string) {
  const files: { key: string; writtenAt: Date }[] = []
  let [text, key, next] = ['', '', '']
  const parser = new SaxesParser()
  parser.on('opentag', () => (text = ''))
  parser.on('text', (piece) => (text += piece))
  parser.on('closetag', ({ name }) => {
    if (name === 'Key') key = text
    if (name === 'LastModified') files.push({ key, writtenAt: new Date(text) })
    if (name === 'NextContinuationToken') next = text
    text = ''
  })
  parser.write(xml).close()
  return { files, next }
}
