import { load, personOf } from '~/app/http.server'
import { unreadCount } from '~/server/notifications'

/** The number on the bell, for a page that stays open. */
export const loader = load(async ({ viewer }) => Response.json({ unread: await unreadCount(personOf(viewer)) }))
