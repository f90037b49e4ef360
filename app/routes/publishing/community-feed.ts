import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { published } from '~/app/published.server'
import { communityFeed } from '~/server/publishing'

export const loader = load(async ({ request, params }) =>
  published(request, 'application/atom+xml', await communityFeed(params.slug, paths)),
)
