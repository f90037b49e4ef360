import { load } from '~/app/http.server'
import { whoIsHere } from '~/server/presence'

/** Who else is in a thread, for a page that stays open. */
export const loader = load(async ({ viewer, params }) => Response.json(await whoIsHere(viewer, params.number)))
