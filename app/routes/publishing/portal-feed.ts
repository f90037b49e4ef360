import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { published } from '~/app/published.server'
import { portalFeed } from '~/server/publishing'

export const loader = load(async ({ request }) => published(request, 'application/atom+xml', await portalFeed(paths)))
