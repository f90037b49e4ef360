import { load, personOf } from '~/app/http.server'
import { accessProofs } from '~/server/vault'

/** The fields of one line are a row each: all of them are in the one file. */
export const loader = load(async ({ viewer, params, url }) => {
  const rows = await accessProofs(personOf(viewer), [params.id ?? '', ...url.searchParams.getAll('and')])
  return new Response(`${JSON.stringify({ rows }, null, 2)}\n`, {
    headers: { 'Content-Type': 'application/json', 'Content-Disposition': 'attachment; filename="proof-of-reading.json"' },
  })
})
