import { load } from '~/app/http.server'
import { published } from '~/app/published.server'
import { publishedKeys } from '~/server/agreements'

/** `?kid=` asks for one key, a person’s too: whoever holds its name holds something that it signed. */
export const loader = load(async ({ request, url }) =>
  published(request, 'application/jwk-set+json', JSON.stringify(await publishedKeys(url.searchParams.getAll('kid')))),
)
