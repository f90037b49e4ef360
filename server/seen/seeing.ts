import { asc, eq } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities } from '~/db/schema'
import { personPage } from '~/server/accounts'
import { authorize } from '~/server/policy'
import { fieldsGranted, seenBy } from '~/server/vault'
import { vendorBySlug } from '~/server/vendors'
import { NO_ROLES, visitor, type PersonViewer, type Viewer } from '~/server/viewer'

export const EYES = ['public', 'member', 'moderator', 'advisor'] as const
export type Eyes = (typeof EYES)[number]

/** Nobody: what is only for somebody in particular is not for them. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
const MOST_ROOMS = 200

/**
 * The person as somebody else sees them: anybody, another member of their rooms, or a vendor's staff. The very functions that answer those
 * are asked, by a viewer with their rights and no name; nothing is recorded by looking.
 */
export async function seenAs(viewer: PersonViewer, eyes: Eyes, vendorSlug: string | null) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const vendor = vendorSlug && (eyes === 'moderator' || eyes === 'advisor') ? await vendorBySlug(viewer, vendorSlug) : null
  const who = await lookingAs(viewer, eyes, vendor)
  const [page, granted, vendors] = await Promise.all([
    personPage(who, viewer.handle),
    vendor ? seenBy(viewer, vendor.slug) : null,
    fieldsGranted(viewer),
  ])
  const { acts, older, who: shown, about, handle } = page
  return {
    eyes,
    vendor: vendor && { slug: vendor.slug, name: vendor.name },
    who: shown,
    handle,
    about,
    acts,
    more: older !== null,
    granted,
    vendors,
  }
}

async function lookingAs(
  viewer: PersonViewer,
  eyes: Eyes,
  vendor: { vendorId: string; slug: string; name: string } | null,
): Promise<Viewer> {
  if (eyes === 'public') return visitor
  const member: PersonViewer = {
    ...viewer,
    ...NO_ROLES,
    ...{ personId: NOBODY, handleId: NOBODY, handle: '', displayName: '', sessionId: '' },
    ...{
      unnamedAs: [],
      everStaffOf: [],
      silences: [],
      suspended: false,
      suspendedIn: [],
      confirmed: true,
      proved: false,
      rolesWaiting: null,
    },
  }
  if (!vendor) return member
  const rooms = await db
    .select({ id: communities.id, slug: communities.slug, name: communities.name })
    .from(communities)
    .where(eq(communities.hostVendorId, vendor.vendorId))
    .orderBy(asc(communities.name))
    .limit(MOST_ROOMS)
  const ids = rooms.map(({ id }) => id)
  return {
    ...member,
    memberOf: ids,
    staffOf: [{ vendorId: vendor.vendorId, vendorSlug: vendor.slug, vendorName: vendor.name, role: eyes }],
    ...(eyes === 'moderator' ? { moderates: ids, moderatedRooms: rooms.map(({ slug, name }) => ({ slug, name })) } : {}),
  }
}
