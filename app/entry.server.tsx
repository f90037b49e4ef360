import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node'
import { log } from '~/server/platform/log'
import { RemixServer } from '@remix-run/react'
import { Writable } from 'node:stream'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceContext } from './nonce'

const RENDER_WITHIN_MS = 10_000

/** The whole page in one piece: it can be given a length, an ETag and a place in a cache. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
) {
  const nonce = typeof context.cspNonce === 'string' ? context.cspNonce : undefined
  let outcome = status
  const page = await render(
    <NonceContext.Provider value={nonce}>
      <RemixServer context={remix} url={request.url} abortDelay={RENDER_WITHIN_MS} nonce={nonce} />
    </NonceContext.Provider>,
    nonce,
    (error) => {
      outcome = 500
      logOnce(error, request)
    },
  )
  headers.set('Content-Type', 'text/html; charset=utf-8')
  return new Response(request.method === 'HEAD' ? null : page, { headers, status: outcome })
}

function render(page: React.ReactElement, nonce: string | undefined, onError: (error: unknown) => void) {
  return new Promise<Buffer<ArrayBuffer>>((resolve, reject) => {
    const chunks: Buffer[] = []
    const stream = renderToPipeableStream(page, {
      nonce,
      onAllReady() {
        clearTimeout(tooLong)
        stream.pipe(
          new Writable({
            write(chunk: Buffer, _encoding, done) {
              chunks.push(Buffer.from(chunk))
              done()
            },
            final(done) {
              resolve(Buffer.concat(chunks))
              done()
            },
          }),
        )
      },
      onShellError: reject,
      onError,
    })
    const tooLong = setTimeout(() => stream.abort(new Error('rendering took too long')), RENDER_WITHIN_MS)
  })
}

/** Errors nobody meant. Visitors who left, and refusals, which are answers, are not among them. */
export function handleError(error: unknown, { request }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (request.signal.aborted || isAnswer(error)) return
  logOnce(error, request)
}

const logged = new WeakSet<object>()

function logOnce(error: unknown, request: Request) {
  if (typeof error === 'object' && error !== null) {
    if (logged.has(error)) return
    logged.add(error)
  }
  const { pathname } = new URL(request.url)
  log.error({ err: error, method: request.method, path: pathname }, 'a page failed')
}

/** Remix wraps “no such page” and thrown responses: they have a status below 500 and need no log. */
function isAnswer(error: unknown) {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' && error.status < 500
}
