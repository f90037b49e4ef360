import type { erasures } from '~/db/schema'
import { storage } from '~/server/platform/storage'

export const MARKED = 'erased-'
export type Marker = Pick<typeof erasures.$inferSelect, 'personId' | 'posts' | 'shownAs'>

/** Beside the files, outside of the database: a backup that is restored later brings nobody back. It names nobody. */
export async function leaveMarker({ personId, posts, shownAs }: Marker): Promise<void> {
  await storage().put(`${MARKED}${personId}`, Buffer.from(JSON.stringify({ personId, posts, shownAs })))
}
