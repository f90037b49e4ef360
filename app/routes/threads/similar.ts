import { load } from '~/app/http.server'
import { similarQuestions } from '~/server/search'

/** Read by the form for asking while somebody types. */
export const loader = load(async ({ viewer, params, url }) =>
  Response.json({ similar: await similarQuestions(viewer, params.slug, url.searchParams.get('title') ?? '') }),
)
