import { createHash } from 'node:crypto'

/** A file that everybody gets alike: kept by whoever fetches it, and asked after each time. */
export function published(request: Request, type: string, body: string): Response {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const headers = { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache', ETag: tag }
  const known = request.headers.get('if-none-match')?.split(/,\s*/).includes(tag) ?? false
  return known ? new Response(null, { status: 304, headers }) : new Response(body, { headers })
}
