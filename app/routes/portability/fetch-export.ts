import { Readable } from 'node:stream'
import { load, personOf } from '~/app/http.server'
import { fetchExport } from '~/server/portability'

export const loader = load(async ({ viewer, params, request }) => {
  const file = await fetchExport(personOf(viewer), params.id)
  const headers = {
    'Content-Type': 'application/zip',
    'Content-Length': String(file.bytes),
    'Content-Disposition': `attachment; filename="parley-${file.madeAt.toISOString().slice(0, 10)}.zip"`,
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
  }
  return new Response(request.method === 'HEAD' ? null : (Readable.toWeb(Readable.from(file.content)) as BodyInit), { headers })
})
