import { load, personOf } from '~/app/http.server'
import { kantaraFile } from '~/server/receipts'

export const loader = load(
  async ({ viewer, params }) =>
    new Response(JSON.stringify(await kantaraFile(personOf(viewer), params.grantId ?? ''), null, 2), {
      headers: {
        'Content-Type': 'application/json',
        'Content-Disposition': `attachment; filename="receipt-${params.grantId}.kantara.json"`,
      },
    }),
)
