import { load } from '~/app/http.server'
import { similarIdeas } from '~/server/search'

/** Read by the form for proposing while somebody types. */
export const loader = load(async ({ viewer, params, url }) =>
  Response.json({ similar: await similarIdeas(viewer, params.slug, url.searchParams.get('title') ?? '') }),
)
