import { load } from '~/app/http.server'
import { quickly } from '~/server/search'

/** Read by the palette while somebody types. */
export const loader = load(({ viewer, url }) => quickly(viewer, url.searchParams.get('q') ?? ''))
