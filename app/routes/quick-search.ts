import { load } from '~/app/http.server'
import { quickly } from '~/server/search'

/** Read by the palette while somebody types. */
export const loader = load(async ({ viewer, url }) => Response.json(await quickly(viewer, url.searchParams.get('q') ?? '')))
