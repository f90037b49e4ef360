import type { erasures } from '~/db/schema'
import { KEPT_APART, storage } from '~/server/platform/storage'

export const MARKED = `${KEPT_APART}erased-`
export type Marker = Pick<typeof erasures.$inferSelect, 'id' | 'personId' | 'posts' | 'shownAs'>

/** Beside the files, outside of the database: a backup that is restored later brings nobody back. It names nobody. */
export async function leaveMarker({ id, personId, posts, shownAs }: Marker): Promise<void> {
  await storage().put(`${MARKED}${id}`, Buffer.from(JSON.stringify({ id, personId, posts, shownAs })))
}
