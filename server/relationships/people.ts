import { and, desc, eq, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { handles, relationships, relationshipTasks, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { ownerAmongStaff, visibleTo } from './facts'
import { nameOf } from './parts'

const PEOPLE_A_PAGE = 30

/** /vendors/:slug/people: everybody who dealt with the vendor, by last touch. */
export async function peopleOf(viewer: PersonViewer, vendorSlug: string, { search, before }: { search: string; before: string | null }) {
  const [vendor] = await db
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name, defaultOwnerId: vendors.defaultOwnerId })
    .from(vendors)
    .where(eq(vendors.slug, vendorSlug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'relationship.view', vendor)
  const [beforeAt = '', beforeId = ''] = (before ?? '').split('_')
  const paged = isId(beforeId) && !Number.isNaN(Date.parse(beforeAt))
  const wanted = search.toWellFormed().replaceAll('\0', '').trim().slice(0, 60)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({
        id: relationships.id,
        handleId: relationships.handleId,
        since: relationships.since,
        lastAt: relationships.lastAt,
        owner: sql<
          string | null
        >`(select h.id from handles h where h.person_id = ${ownerAmongStaff(sql`${vendor.defaultOwnerId}::uuid`)} order by h.created_at limit 1)`,
        openTasks: sql<number>`(select count(*)::int from ${relationshipTasks} k where k.relationship_id = ${relationships.id} and k.done_at is null)`,
        nextDue: sql<
          string | null
        >`(select min(k.due_at) from ${relationshipTasks} k where k.relationship_id = ${relationships.id} and k.done_at is null)`,
      })
      .from(relationships)
      .innerJoin(handles, eq(handles.id, relationships.handleId))
      .where(
        and(
          visibleTo(viewer),
          eq(relationships.vendorId, vendor.vendorId),
          wanted
            ? sql`(${handles.handle} ilike ${`${likely(wanted)}%`} or ${handles.displayName} ilike ${`%${likely(wanted)}%`})`
            : undefined,
          paged
            ? sql`(${relationships.lastAt}, ${relationships.id}) < (${new Date(beforeAt).toISOString()}::timestamptz, ${beforeId}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(relationships.lastAt), desc(relationships.id))
      .limit(PEOPLE_A_PAGE + 1),
  )
  const shown = rows.slice(0, PEOPLE_A_PAGE)
  const last = shown.at(-1)
  const names = await handlesShown(
    shown.flatMap((row) => [row.handleId, row.owner]),
    { vendorId: vendor.vendorId },
  )
  return {
    vendor: { id: vendor.vendorId, slug: vendor.slug, name: vendor.name },
    search: wanted,
    people: shown.map((row) => ({
      id: row.id,
      member: nameOf(names, row.handleId),
      owner: nameOf(names, row.owner),
      since: row.since,
      lastAt: row.lastAt,
      openTasks: row.openTasks,
      late: row.nextDue !== null && new Date(row.nextDue) < now(),
    })),
    older: rows.length > PEOPLE_A_PAGE && last ? `${last.lastAt.toISOString()}_${last.id}` : null,
  }
}

/** /me/relationships: the vendors that hold a record of the viewer. */
export async function myRecords(viewer: PersonViewer) {
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ id: relationships.id, slug: vendors.slug, name: vendors.name, since: relationships.since, lastAt: relationships.lastAt })
      .from(relationships)
      .innerJoin(vendors, eq(vendors.id, relationships.vendorId))
      .where(and(visibleTo(viewer), eq(relationships.handleId, viewer.handleId)))
      .orderBy(desc(relationships.lastAt))
      .limit(200),
  )
  return { records: rows }
}

const likely = (typed: string) => typed.replace(/[\\%_]/g, '\\$&')
