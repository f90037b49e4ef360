import { z } from 'zod'
import { Invalid } from './errors'
import { missedIn, type Missed } from './platform/live-log'
import { mayEnter } from './rooms'
import type { Viewer } from './viewer'

const MOST_ROOMS = 30
/** `kind:id@number`, as many as a page listens to. */
const Asked = z
  .array(z.string().regex(/^[a-z-]{1,30}:[a-z0-9-]{1,40}@\d{1,15}$/))
  .min(1)
  .max(MOST_ROOMS)

/** What was missed since a number in each room, for a page whose socket is blocked. Rooms that one may not enter are left out. */
export async function missedSince(viewer: Viewer, asked: string[]): Promise<({ room: string } & Missed)[]> {
  const rooms = Asked.safeParse(asked)
  if (!rooms.success) throw new Invalid({ room: 'notChoice' })
  const found = await Promise.all(
    rooms.data.map(async (each) => {
      const [room = '', since = ''] = each.split('@')
      return (await mayEnter(viewer, room)) ? [{ room, ...(await missedIn(room, Number(since))) }] : []
    }),
  )
  return found.flat()
}
