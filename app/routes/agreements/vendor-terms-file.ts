import { load } from '~/app/http.server'
import { published } from '~/app/published.server'
import { termsOfVendor } from '~/server/agreements'

export const loader = load(async ({ request, params }) =>
  published(request, 'application/json', JSON.stringify(await termsOfVendor(params.slug ?? ''))),
)
