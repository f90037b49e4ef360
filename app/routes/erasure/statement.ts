import { load } from '~/app/http.server'
import { statementBy } from '~/server/erasure'

export const loader = load(async ({ params }) => {
  const { signed } = await statementBy(params.token)
  return new Response(`${signed}\n`, {
    headers: {
      'Content-Type': 'application/jose; charset=utf-8',
      'Content-Disposition': 'attachment; filename="erased.jws"',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
      'Referrer-Policy': 'no-referrer',
    },
  })
})
