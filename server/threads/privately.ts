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

export const vendorConcernedName = () =>
  sql<string | null>`(select ${vendors.name} from ${vendors} where ${vendors.id} = ${vendorConcerned})`
