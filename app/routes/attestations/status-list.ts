import { load } from '~/app/http.server'
import { statusList } from '~/server/attestations'

export const loader = load(
  async ({ params }) =>
    new Response(await statusList(params.number ?? ''), {
      headers: { 'Content-Type': 'application/statuslist+jwt', 'Cache-Control': 'no-cache' },
    }),
)
