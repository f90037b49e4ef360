import { load, personOf } from '~/app/http.server'
import { vaultFile } from '~/server/vault'

export const loader = load(async ({ viewer }) => {
  const file = await vaultFile(personOf(viewer))
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="vault-${file.writtenAt.toISOString().slice(0, 10)}.json"`,
      'Cache-Control': 'no-store',
    },
  })
})
