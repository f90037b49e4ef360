import { load } from '~/app/http.server'
import { published } from '~/app/published.server'
import { sitemapIndex } from '~/server/publishing'

export const loader = load(async ({ request }) => published(request, 'application/xml', await sitemapIndex()))
