import { createHash } from 'node:crypto'

/** A text that everybody gets alike: kept by whoever fetches it, and asked after each time. */
export const published = (request: Request, type: string, body: string): Response => publishedFile(request, `${type}; charset=utf-8`, body)

export function publishedFile(request: Request, type: string, body: string | Uint8Array): Response {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache', ETag: tag }
  const known = request.headers.get('if-none-match')?.split(/,\s*/).includes(tag) ?? false
  return known
    ? new Response(null, { status: 304, headers })
    : new Response(typeof body === 'string' ? body : new Uint8Array(body), { headers })
}
