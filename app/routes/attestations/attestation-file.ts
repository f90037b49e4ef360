import { load, personOf } from '~/app/http.server'
import { attestationFile } from '~/server/attestations'

export const loader = load(
  async ({ viewer, params }) =>
    new Response(await attestationFile(personOf(viewer), params.id ?? ''), {
      headers: { 'Content-Type': 'application/dc+sd-jwt', 'Content-Disposition': 'attachment; filename="verified-customer.sd-jwt"' },
    }),
)
