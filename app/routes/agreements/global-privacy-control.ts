import { load } from '~/app/http.server'
import { published } from '~/app/published.server'
import { globalPrivacyControl } from '~/server/agreements'

export const loader = load(({ request }) => published(request, 'application/json', JSON.stringify(globalPrivacyControl)))
