import { load } from '~/app/http.server'
import { published } from '~/app/published.server'
import { portalTerms } from '~/server/agreements'

export const loader = load(({ request }) => published(request, 'application/json', JSON.stringify(portalTerms())))
