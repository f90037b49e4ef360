import { unreadCount } from '~/server/notifications'
import { env, publicOrigins } from '~/server/platform/env'
import { heldForm } from '~/server/platform/held-forms'
import { can } from '~/server/policy'
import type { PersonViewer, SeatInfo, Viewer } from '~/server/viewer'
import { heldToken } from './http.server'

/** What the frame around every page shows of the one who looks at it. */
export async function frame(viewer: Viewer, request: Request) {
  const cookies = request.headers.get('cookie') ?? ''
  const theme = /(?:^|;\s*)parley_theme=(light|dark)/.exec(cookies)?.[1] as 'light' | 'dark' | undefined
  const [held, unread] = viewer.kind === 'person' ? await Promise.all([heldBefore(request), unreadCount(viewer)]) : [null, 0]
  return {
    viewer: viewer.kind === 'person' ? seated(viewer) : null,
    unread,
    theme: theme ?? null,
    demo: env.PARLEY_DEMO ?? false,
    origin: publicOrigins()[0] ?? '',
    held,
  }
}

function seated(viewer: PersonViewer) {
  return {
    personId: viewer.personId,
    handle: viewer.handle,
    displayName: viewer.displayName,
    seat: ownSeat(viewer),
    confirmed: viewer.confirmed,
    suspended: viewer.suspended,
    silences: viewer.silences,
    rolesWait: viewer.rolesWaiting !== null,
    isOperator: viewer.isOperator,
    isModerator: can(viewer, 'recommendation-queue.view', null),
    moderatedRooms: viewer.suspended ? [] : viewer.moderatedRooms,
    staffOf: [...new Map(viewer.staffOf.map((seat) => [seat.vendorSlug, { slug: seat.vendorSlug, name: seat.vendorName }])).values()],
  }
}

function ownSeat(viewer: PersonViewer): SeatInfo {
  const staff = viewer.staffOf[0]
  if (viewer.isOperator) return { kind: 'operator' }
  if (staff) return { kind: 'staff', vendorName: staff.vendorName, role: staff.role }
  if (viewer.isPortalModerator || viewer.moderatedRooms.length > 0) return { kind: 'moderator' }
  return { kind: 'member' }
}

async function heldBefore(request: Request) {
  const token = heldToken(request)
  if (!token) return null
  const url = new URL(request.url)
  return heldForm(token, url.pathname.replace(/\.data$/, '') + url.search)
}
