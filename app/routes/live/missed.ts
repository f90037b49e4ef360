import { load } from '~/app/http.server'
import { missedSince } from '~/server/catching-up'

/** What an open page missed, asked now and then where sockets are blocked. */
export const loader = load(async ({ viewer, url }) => Response.json(await missedSince(viewer, url.searchParams.getAll('room'))))
