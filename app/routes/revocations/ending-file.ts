import { load, personOf } from '~/app/http.server'
import { endingFile } from '~/server/revocations'

export const loader = load(async ({ viewer, params }) => {
  const file = await endingFile(personOf(viewer), params.grantId ?? '')
  return new Response(file, {
    headers: { 'Content-Type': 'application/jose+json', 'Content-Disposition': `attachment; filename="ended-${params.grantId}.jws.json"` },
  })
})
