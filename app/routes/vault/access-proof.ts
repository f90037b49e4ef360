import { load, personOf } from '~/app/http.server'
import { accessProof } from '~/server/vault'

export const loader = load(async ({ viewer, params }) => {
  const proof = await accessProof(personOf(viewer), params.id ?? '')
  return new Response(`${JSON.stringify(proof, null, 2)}\n`, {
    headers: { 'Content-Type': 'application/json', 'Content-Disposition': 'attachment; filename="proof-of-reading.json"' },
  })
})
