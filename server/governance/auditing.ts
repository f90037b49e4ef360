import { sql, type SQL } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { AUDIT_OBJECTS, type AUDIT_ACTS } from '~/db/kinds'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { authorize } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import { systemViewer, type HandleInfo, type PersonViewer } from '~/server/viewer'
import { vendorServed } from './facts'
import type { FieldKind } from './rules'

const A_PAGE = 40
/** What a column holds is a handle: shown as a name. */
const NAMES_SOMEBODY = ['owner_id', 'person_id']

export type AuditShown = {
  nth: number
  at: Date
  act: (typeof AUDIT_ACTS)[number]
  object: (typeof AUDIT_OBJECTS)[number]
  objectId: string
  /** Its name, or that of whose record it is; of a steward, of what. */
  name: string | null
  /** A column; empty where it is about the whole. */
  column: string
  /** A field of the vendor’s own. */
  own: { name: string; kind: FieldKind } | null
  by: HandleInfo | null
  job: string
  old: string | null
  new: string | null
  /** There were values, which went with their person. */
  gone: boolean
}

export type AuditAsked = { kind: string; of: string; person: string; before: string | null }

/** /vendors/:slug/audit: every change to what stands on the vendor’s records, newest first. */
export async function auditPage(viewer: PersonViewer, vendorSlug: string, asked: AuditAsked) {
  const vendor = await vendorServed(viewer, vendorSlug)
  authorize(viewer, 'audit.view', vendor)
  const kind = AUDIT_OBJECTS.find((one) => one === asked.kind) ?? null
  const of = isId(asked.of) ? asked.of : null
  const person = asked.person.toWellFormed().replaceAll('\0', '').trim().replace(/^@/, '').slice(0, 60)
  const about = person
    ? sql`e.relationship_id in (select r.id from relationships r join handles h on h.id = r.handle_id where r.vendor_id = ${vendor.vendorId} and lower(h.handle) = lower(${person}))`
    : null
  const parts: (SQL | null)[] = [
    kind ? sql`e.object = ${kind}` : null,
    // A company and its account are one to whoever asks.
    of ? sql`e.object_id in (select ${of}::uuid union all select a.organization_id from accounts a where a.id = ${of}::uuid)` : null,
    about,
  ]
  const { rows, older } = await page(
    viewer,
    sql`${servedBy(viewer, sql`e.vendor_id`)} and e.vendor_id = ${vendor.vendorId}`,
    parts,
    asked.before,
    vendor.vendorId,
  )
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    asked: { kind: kind ?? '', of: of ?? '', person },
    changes: rows,
    older,
  }
}

/** /me/relationships/:vendor/changes: what was changed on the viewer’s own record, and by whom. */
export async function changesAboutMe(viewer: PersonViewer, vendorSlug: string, before: string | null) {
  const [own] = await transaction(viewer, (tx) =>
    tx.execute<{
      id: string
      vendorId: string
      vendorName: string
    }>(sql`select r.id, v.id as "vendorId", v.name as "vendorName" from relationships r
      join vendors v on v.id = r.vendor_id where v.slug = ${vendorSlug} and r.handle_id = ${viewer.handleId}`),
  )
  if (!own) throw new NotFound()
  const { rows, older } = await page(viewer, sql`e.relationship_id = ${own.id}`, [], before, own.vendorId)
  return { vendor: { slug: vendorSlug, name: own.vendorName }, changes: rows, older }
}

/** The chain of a vendor computed again: how long it is, its last hash, and the first row that does not hold. */
export async function verifyAudit(vendorSlug: string) {
  const [vendor] = await db.execute<{ id: string; name: string }>(sql`select id, name from vendors where slug = ${vendorSlug}`)
  if (!vendor) throw new NotFound()
  return transaction(systemViewer('verify-audit'), async (tx) => {
    const [[broken], [last]] = await Promise.all([
      tx.execute<{ nth: string; why: 'missing' | 'order' | 'row' | 'value' }>(sql`select nth, why from broken_audit(${vendor.id}::uuid)`),
      tx.execute<{ nth: string; hash: string }>(
        sql`select nth, hash from audit_events where vendor_id = ${vendor.id}::uuid order by nth desc limit 1`,
      ),
    ])
    return {
      vendor: vendor.name,
      rows: Number(last?.nth ?? 0),
      lastHash: last?.hash ?? null,
      broken: broken ? { nth: Number(broken.nth), why: broken.why } : null,
    }
  })
}

type Row = Pick<AuditShown, 'act' | 'object' | 'objectId' | 'job'> & {
  nth: string
  at: string
  field: string
  fieldName: string | null
  fieldKind: FieldKind | null
  name: string | null
  ofHandle: string | null
  actor: string | null
  old: string | null
  new: string | null
  had: boolean
  has: boolean
}

async function page(viewer: PersonViewer, whose: SQL, parts: (SQL | null)[], before: string | null, vendorId: string) {
  const place = /^\d{1,15}$/.test(before ?? '') ? sql`and e.nth < ${before}::bigint` : sql``
  const wanted = parts.filter((part) => part !== null).map((part) => sql`and ${part}`)
  const rows = await transaction(viewer, (tx) => read(tx, sql`${whose} ${sql.join(wanted, sql` `)} ${place}`))
  const shown = rows.slice(0, A_PAGE)
  const people = shown.flatMap((row) => (NAMES_SOMEBODY.includes(row.field) ? [row.old, row.new] : []))
  const names = await handlesShown([...shown.flatMap(({ actor, ofHandle }) => [actor, ofHandle]), ...people], { vendorId })
  const nameOf = (id: string | null) => (id ? (names.get(id)?.displayName ?? null) : null)
  return {
    rows: shown.map(({ nth, at, field, fieldName, fieldKind, name, ofHandle, actor, had, has, ...row }): AuditShown => {
      const said = (value: string | null) => (NAMES_SOMEBODY.includes(field) ? nameOf(value) : value)
      const own = fieldName && fieldKind ? { name: fieldName, kind: fieldKind } : null
      return {
        ...row,
        ...{ nth: Number(nth), at: new Date(at), name: name ?? nameOf(ofHandle), own, column: isId(field) ? '' : field },
        ...{ by: actor ? (names.get(actor) ?? null) : null, old: said(row.old), new: said(row.new), gone: had && !has },
      }
    }),
    older: rows.length > A_PAGE ? (shown.at(-1)?.nth ?? null) : null,
  }
}

function read(tx: Tx, where: SQL) {
  return tx.execute<Row>(sql`
    select e.nth, e.at, e.act, e.object, e.object_id as "objectId", e.field, e.job, e.actor_handle_id as actor,
      f.name as "fieldName", f.kind as "fieldKind", coalesce(o.name, own.name, d.term, i.name, st.object) as name, r.handle_id as "ofHandle",
      v.old_value as old, v.new_value as new, coalesce(e.old_hash, e.new_hash) is not null as had, v.nth is not null as has
    from audit_events e left join audit_values v on v.vendor_id = e.vendor_id and v.nth = e.nth
      left join vendor_fields f on f.id = case when length(e.field) = 36 then e.field::uuid end
      left join vendor_fields own on own.id = e.object_id
      left join definitions d on d.id = e.object_id
      left join integrations i on i.id = e.object_id
      left join stewards st on st.id = e.object_id
      left join accounts a on a.id = e.object_id
      left join vendor_organizations o on o.id = coalesce(a.organization_id, e.object_id)
      left join relationships r on r.id = e.relationship_id
    where ${where} order by e.nth desc limit ${A_PAGE + 1}`)
}
