import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { published } from '~/app/published.server'
import { sitemap } from '~/server/publishing'

const { thread, community, vendor, recommendation } = paths
const fixed = [paths.home(), paths.communities(), paths.vendors(), paths.moderationLog(), '/method']

export const loader = load(async ({ request, params }) =>
  published(request, 'application/xml', await sitemap(params.name, { thread, community, vendor, recommendation, fixed })),
)
