import { sql } from 'drizzle-orm'
import { threads, vendors } from '~/db/schema'
import type { Viewer } from '~/server/viewer'
import { vendorConcerned } from './facts'

type Found = { vendor: string; offeredAt: string; continuedAt: string | null; cameBackAt: string | null }

/** What everybody may know of the private cases of a question: with whom, since when, and whether an answer came back. */
export const privately = () =>
  sql<Found[] | null>`(select json_agg(json_build_object('vendor', s.vendor, 'offeredAt', s.offered_at, 'continuedAt', s.continued_at,
    'cameBackAt', s.came_back_at)) from private_since(${threads.id}) s)`

/**
 * The case that their vendor has with whoever asks it, or the viewer's own, of a question that stands in it as well; row-level
 * security shows others none.
 */
export const ownCase = (viewer: Viewer) =>
  viewer.kind === 'person'
    ? sql<string | null>`(select c.id from cases c join threads q on q.id = c.thread_id and q.handle_id = c.handle_id
        where q.id = ${threads.id} or (q.stands_in_id = ${threads.id} and q.handle_id = ${viewer.handleId}::uuid) order by q.id <> ${threads.id}, c.created_at limit 1)`
    : sql<string | null>`null`

/** The record that staff of the vendor concerned hold of whoever asks, while somebody stands behind the handle; for others there is none. */
export const recordOfAsker = (viewer: Viewer) => {
  const served = viewer.kind === 'person' ? [...new Set(viewer.staffOf.map((seat) => seat.vendorId))] : []
  if (viewer.kind !== 'person' || served.length === 0) return sql<string | null>`null`
  return sql<string | null>`(select r.id from relationships r join handles h on h.id = r.handle_id and h.kind = 'member'
    where r.handle_id = ${threads.handleId} and r.handle_id <> ${viewer.handleId}::uuid and r.vendor_id = ${vendorConcerned} and r.vendor_id in ${served})`
}

export const vendorConcernedName = () =>
  sql<string | null>`(select ${vendors.name} from ${vendors} where ${vendors.id} = ${vendorConcerned})`
