import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { published } from '~/app/published.server'
import { threadFeed } from '~/server/publishing'

export const loader = load(async ({ request, params }) =>
  published(request, 'application/atom+xml', await threadFeed(params.slug, params.number, paths)),
)
