import { load } from '~/app/http.server'
import { receiptFile } from '~/server/receipts'

export const loader = load(async ({ viewer, params }) => {
  const { file, sha256 } = await receiptFile(viewer, params.grantId ?? '')
  return new Response(file, {
    headers: {
      'Content-Type': 'application/jose+json',
      'Content-Disposition': `attachment; filename="receipt-${params.grantId}.jws.json"`,
      'X-Content-SHA256': sha256,
    },
  })
})
