import { load } from '~/app/http.server'
import { fileOf } from '~/server/threads'

/**
 * Pictures were drawn anew and may be shown; everything else is only ever saved. Nothing here may run, whatever a browser takes it for.
 * No cache that others share keeps a copy, and a browser that has one asks each time: what is hidden is gone.
 */
export const loader = load(async ({ viewer, params, request }) => {
  const file = await fileOf(viewer, params.id, params.size)
  const headers = {
    'Content-Type': file.picture ? 'image/webp' : 'application/octet-stream',
    'Content-Disposition': `${file.picture ? 'inline' : 'attachment'}; ${named(file.name)}`,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Robots-Tag': 'noindex',
    'Cache-Control': 'private, no-cache',
    Vary: 'Cookie',
    ETag: file.tag,
  }
  if (request.headers.get('if-none-match')?.split(/,\s*/).includes(file.tag)) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : await file.content(), { headers })
})

/** RFC 6266: letters that every browser reads, and beside them the name as it is. */
function named(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  const exact = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `filename="${plain}"; filename*=UTF-8''${exact}`
}
