import { communityBySlug } from '~/server/communities'
import { canInTime, mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'

/** The room whose ideas are looked at, for whoever may read there. */
export async function ideasRoom(viewer: Viewer, slug: string) {
  const room = await communityBySlug(viewer, slug)
  mustBeFound(viewer, 'community.read', room)
  const { communityId, name, access, hostVendorId } = room
  return {
    communityId,
    slug: room.slug,
    name,
    access,
    hosted: hostVendorId !== null,
    may: { propose: viewer.kind === 'visitor' || canInTime(viewer, 'idea.propose', room) },
  }
}
