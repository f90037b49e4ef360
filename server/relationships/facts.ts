import { eq, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { handles, relationships, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { mustBeFound } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer, Viewer } from '~/server/viewer'

export type RelationshipFacts = { relationshipId: string; vendorId: string; handleId: string }

/** Whose records somebody sees: those of the vendors they serve, and their own. */
export const visibleTo = (viewer: PersonViewer): SQL =>
  or(eq(relationships.handleId, viewer.handleId), servedBy(viewer, relationships.vendorId)) as SQL

/** What the policy may know of a record, for those whom row-level security lets see it. */
export async function relationshipFacts(viewer: Viewer, id: string): Promise<RelationshipFacts | null> {
  if (!isId(id)) return null
  return transaction(viewer, async (tx) => {
    const [found] = await tx
      .select({ relationshipId: relationships.id, vendorId: relationships.vendorId, handleId: relationships.handleId })
      .from(relationships)
      .where(eq(relationships.id, id))
    return found ?? null
  })
}

/** Who owns a record: whoever was named, while they serve the vendor; else its default owner. */
export function ownerAmongStaff(defaultOwner: SQLWrapper) {
  return sql<string | null>`case when exists (select 1 from vendor_staff s where s.vendor_id = ${relationships.vendorId}
    and s.person_id = ${relationships.ownerId} and s.ended_at is null) then ${relationships.ownerId} else ${defaultOwner} end`
}

const head = {
  relationshipId: relationships.id,
  vendorId: relationships.vendorId,
  handleId: relationships.handleId,
  since: relationships.since,
  lastAt: relationships.lastAt,
  ownerId: ownerAmongStaff(vendors.defaultOwnerId),
  vendorSlug: vendors.slug,
  vendorName: vendors.name,
  personId: handles.personId,
}
export type Head = RelationshipFacts & {
  since: Date
  lastAt: Date
  ownerId: string | null
  vendorSlug: string
  vendorName: string
  personId: string | null
}

/** The record as its vendor's staff find it, by its id; for anybody else it does not exist. */
export async function staffRecord(tx: Tx, viewer: PersonViewer, id: string): Promise<Head> {
  if (!isId(id)) throw new NotFound()
  const [found] = await tx
    .select(head)
    .from(relationships)
    .innerJoin(vendors, eq(vendors.id, relationships.vendorId))
    .innerJoin(handles, eq(handles.id, relationships.handleId))
    .where(eq(relationships.id, id))
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'relationship.view', found)
  return found
}

/** The viewer's own record at a vendor; NotFound while there is none. */
export async function ownRecord(tx: Tx, viewer: PersonViewer, vendorSlug: string): Promise<Head> {
  const [found] = await tx
    .select(head)
    .from(relationships)
    .innerJoin(vendors, eq(vendors.id, relationships.vendorId))
    .innerJoin(handles, eq(handles.id, relationships.handleId))
    .where(sql`${vendors.slug} = ${vendorSlug} and ${relationships.handleId} = ${viewer.handleId}`)
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'relationship.view-own', found)
  return found
}
