import { load, personOf } from '~/app/http.server'
import { sinceFile } from '~/server/revocations'

/** Counted and signed when it is asked for. */
export const loader = load(async ({ viewer, params }) => {
  const file = await sinceFile(personOf(viewer), params.grantId ?? '')
  return new Response(file, {
    headers: {
      'Content-Type': 'application/jose+json',
      'Content-Disposition': `attachment; filename="reads-since-${params.grantId}.jws.json"`,
    },
  })
})
