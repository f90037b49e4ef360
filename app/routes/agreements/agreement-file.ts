import { load } from '~/app/http.server'
import { agreementFile } from '~/server/agreements'

export const loader = load(async ({ viewer, params }) => {
  const { file, sha256 } = await agreementFile(viewer, params.id ?? '')
  return new Response(file, {
    headers: {
      'Content-Type': 'application/jose+json',
      'Content-Disposition': `attachment; filename="agreement-${params.id}.jws.json"`,
      'X-Content-SHA256': sha256,
    },
  })
})
