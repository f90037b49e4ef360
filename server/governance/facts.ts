import { and, eq, sql, type SQL } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { FIELD_OBJECTS } from '~/db/kinds'
import { vendorFields, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { authorize, mustBeFound } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'
import type { FieldKind } from './rules'

export type VendorHead = { vendorId: string; vendorSlug: string; vendorName: string }

/** The vendor of an address, for whoever serves it. */
export async function vendorServed(viewer: PersonViewer, slug: string): Promise<VendorHead> {
  const [vendor] = await db
    .select({ vendorId: vendors.id, vendorSlug: vendors.slug, vendorName: vendors.name })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'field.view', vendor)
  return vendor
}

/** Whose fields somebody sees: those of the vendors they serve. */
export const visibleTo = (viewer: PersonViewer): SQL => servedBy(viewer, vendorFields.vendorId)

const head = {
  fieldId: vendorFields.id,
  vendorId: vendorFields.vendorId,
  object: vendorFields.object,
  name: vendorFields.name,
  kind: vendorFields.kind,
  choices: vendorFields.choices,
  group: vendorFields.fieldGroup,
  decision: vendorFields.decision,
  class: vendorFields.class,
  sources: vendorFields.sources,
  retiredAt: vendorFields.retiredAt,
  createdAt: vendorFields.createdAt,
  owner: sql<string | null>`(select h.id from handles h where h.person_id = ${vendorFields.ownerId} order by h.created_at limit 1)`,
  vendorSlug: vendors.slug,
  vendorName: vendors.name,
}
export type FieldHead = VendorHead & {
  fieldId: string
  object: (typeof FIELD_OBJECTS)[number]
  name: string
  kind: FieldKind
  choices: string[]
  group: string
  decision: string
  class: 'business' | 'public' | 'personal'
  sources: ('staff' | 'import' | 'enriched')[]
  retiredAt: Date | null
  createdAt: Date
  owner: string | null
}

/** A field as its vendor's staff find it; for anybody else it does not exist. */
export async function fieldOf(tx: Tx, viewer: PersonViewer, id: string): Promise<FieldHead> {
  if (!isId(id)) throw new NotFound()
  const [found] = await tx
    .select(head)
    .from(vendorFields)
    .innerJoin(vendors, eq(vendors.id, vendorFields.vendorId))
    .where(and(visibleTo(viewer), eq(vendorFields.id, id)))
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'field.view', found)
  return found
}

/** A company's account or somebody's record, on which fields stand. */
export type Subject = VendorHead & { object: (typeof FIELD_OBJECTS)[number]; id: string; name: string | null; handleId: string | null }

/** What fields stand on, as the vendor's staff find it; for anybody else it does not exist. */
export async function subjectOf(tx: Tx, viewer: PersonViewer, object: string, id: string): Promise<Subject> {
  const known = FIELD_OBJECTS.find((one) => one === object)
  if (!known || !isId(id)) throw new NotFound()
  const [found] = await tx.execute<Subject>(
    known === 'account'
      ? sql`select ${known}::text as object, a.id, o.name, null as "handleId", v.id as "vendorId", v.slug as "vendorSlug", v.name as "vendorName"
          from accounts a join vendor_organizations o on o.id = a.organization_id join vendors v on v.id = a.vendor_id where a.id = ${id}::uuid`
      : sql`select ${known}::text as object, r.id, null as name, r.handle_id as "handleId", v.id as "vendorId", v.slug as "vendorSlug", v.name as "vendorName"
          from relationships r join vendors v on v.id = r.vendor_id where r.id = ${id}::uuid`,
  )
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'field.view', found)
  return found
}

/** The part of a question that finds what stands on a subject. */
export const on = (subject: Pick<Subject, 'object' | 'id'>, alias: string): SQL =>
  sql`${sql.identifier(alias)}.${sql.identifier(subject.object === 'account' ? 'account_id' : 'relationship_id')} = ${subject.id}::uuid`
