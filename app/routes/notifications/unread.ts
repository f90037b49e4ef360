import { load } from '~/app/http.server'
import { unreadCount } from '~/server/notifications'

/** The number on the bell, for a page that stays open. One whose session has ended meanwhile is left where it is. */
export const loader = load(async ({ viewer }) => Response.json({ unread: viewer.kind === 'person' ? await unreadCount(viewer) : 0 }))
