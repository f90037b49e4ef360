import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { can } from '~/server/policy'
import { colleaguesOf } from '~/server/relationships'
import { servedBy } from '~/server/served-by'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { fieldOf, on, subjectOf, vendorServed, type FieldHead, type Subject } from './facts'
import { meaningsAt, type Meanings } from './glossary'
import { MOST_EARLIER, SECONDS_TO_FILL, UNUSED_DAYS } from './rules'
import { countUse } from './using'

const A_PAGE = 30

export type FieldShown = Pick<FieldHead, 'fieldId' | 'object' | 'name' | 'kind' | 'group' | 'decision' | 'class' | 'retiredAt'> & {
  owner: HandleInfo | null
  filled: number
}
export type ValueShown = {
  nth: number
  value: string
  source: 'staff' | 'import' | 'enriched'
  saidAt: Date
  by: HandleInfo | null
  restores: number | null
}
export type Standing = Pick<FieldHead, 'fieldId' | 'name' | 'kind' | 'group' | 'decision'> & {
  value: Omit<ValueShown, 'restores'> | null
  byHand: boolean
}

/** What the last check says against a field, and what it has cost to fill. */
export type Wanting = Pick<FieldHead, 'fieldId' | 'name' | 'kind' | 'decision'> & {
  owner: HandleInfo | null
  unused: boolean
  filled: number
  nonsense: number
  seconds: number
}

const ownerHandle = sql`(select h.id from handles h where h.person_id = f.owner_id order by h.created_at limit 1)`
const writerHandle = sql`(select h.id from handles h where h.person_id = v.said_by order by h.created_at limit 1)`
const follows = sql`exists (select 1 from field_values l where l.field_id = v.field_id and l.nth = v.nth + 1 and (l.account_id = v.account_id or l.relationship_id = v.relationship_id))`

type FieldRow = Omit<FieldShown, 'owner' | 'retiredAt'> & { owner: string | null; retiredAt: string | null }

/** /vendors/:slug/fields: what the vendor keeps beside the portal's own fields, and what each is for. */
export async function fieldsPage(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const [rows, found] = await transaction(viewer, (tx) =>
    Promise.all([
      tx.execute<FieldRow>(sql`select f.id as "fieldId", f.object, f.name, f.kind, f.field_group as group, f.decision, f.class, f.retired_at as "retiredAt",
        ${ownerHandle} as owner, (select count(*)::int from field_values v where v.field_id = f.id and v.value <> '' and not ${follows}) as filled
      from vendor_fields f where ${servedBy(viewer, sql`f.vendor_id`)} and f.vendor_id = ${vendor.vendorId} order by f.object, f.retired_at is not null, f.field_group, f.name limit 300`),
      wantingOf(tx, vendor.vendorId),
    ]),
  )
  const names = await handlesShown(
    [...rows, ...found].map(({ owner }) => owner),
    { vendorId: vendor.vendorId },
  )
  const fields = rows.map((row): FieldShown => ({
    ...row,
    retiredAt: row.retiredAt ? new Date(row.retiredAt) : null,
    owner: named(names, row.owner),
  }))
  const wanting = found.map(({ owner, written, ...one }): Wanting => ({
    ...one,
    owner: named(names, owner),
    seconds: written * SECONDS_TO_FILL[one.kind],
  }))
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    wanting,
    fields,
    may: { define: can(viewer, 'field.define', vendor) },
  }
}

/** The form of a field, empty. */
export async function fieldForm(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const [colleagues, groups] = await transaction(viewer, (tx) =>
    Promise.all([colleaguesOf(tx, vendor.vendorId), groupsOf(tx, vendor.vendorId)]),
  )
  return { vendor: { slug: vendor.vendorSlug, name: vendor.vendorName }, colleagues, groups, me: viewer.handle }
}

type Found = { object: 'account' | 'relationship'; id: string; name: string | null; handle: string | null; value: string }

/** /fields/:id: what it is for, and where it says something; `said` finds where it says that. */
export async function fieldPage(viewer: PersonViewer, id: string, said: string) {
  const sought = said.toWellFormed().replaceAll('\0', '').trim().slice(0, 100)
  const { it, found, use } = await transaction(viewer, async (tx) => {
    const field = await fieldOf(tx, viewer, id)
    if (sought && !field.retiredAt) await countUse(tx, 'filters', [field])
    const where = field.retiredAt
      ? []
      : await tx.execute<Found>(sql`select case when v.account_id is null then 'relationship' else 'account' end as object, coalesce(v.account_id, v.relationship_id) as id,
            o.name, r.handle_id as handle, v.value
          from field_values v left join accounts a on a.id = v.account_id left join vendor_organizations o on o.id = a.organization_id
            left join relationships r on r.id = v.relationship_id
          where v.field_id = ${field.fieldId} and v.value <> '' and not ${follows} ${sought ? sql`and lower(v.value) = lower(${sought})` : sql``}
          order by v.said_at desc, v.id desc limit ${A_PAGE + 1}`)
    return { it: field, found: where, use: await useOf(tx, field.fieldId) }
  })
  const names = await handlesShown([it.owner, ...found.map(({ handle }) => handle)], { vendorId: it.vendorId })
  const { owner, vendorId: _, vendorSlug, vendorName, ...field } = it
  return {
    field: { ...field, owner: named(names, owner) },
    vendor: { slug: vendorSlug, name: vendorName },
    sought,
    use,
    found: found.slice(0, A_PAGE).map(({ handle, name, ...one }) => ({ ...one, name: name ?? named(names, handle)?.displayName ?? null })),
    more: found.length > A_PAGE,
    may: { define: can(viewer, 'field.define', it) },
  }
}

/** The form of a field as it stands. */
export async function fieldAsItStands(viewer: PersonViewer, id: string) {
  const { it, colleagues, groups } = await transaction(viewer, async (tx) => {
    const field = await fieldOf(tx, viewer, id)
    const [staff, headings] = await Promise.all([colleaguesOf(tx, field.vendorId), groupsOf(tx, field.vendorId)])
    return { it: field, colleagues: staff, groups: headings }
  })
  const names = await handlesShown([it.owner], { vendorId: it.vendorId })
  return { field: { ...it, owner: named(names, it.owner)?.handle ?? '' }, colleagues, groups }
}

/** What a vendor's own fields say on an account or a record, for its staff. */
export async function fieldsOn(viewer: PersonViewer, object: 'account' | 'relationship', id: string) {
  const { subject, rows, meanings } = await transaction(viewer, async (tx) => {
    const found = await subjectOf(tx, viewer, object, id)
    const standing = await standingOn(tx, found)
    // What says nothing is not read by standing there.
    await countUse(
      tx,
      'reads',
      standing.filter(({ value }) => value).map(({ fieldId }) => ({ vendorId: found.vendorId, fieldId })),
    )
    return { subject: found, rows: standing, meanings: await meaningsAt(tx, found.vendorId) }
  })
  return {
    of: { object, id: subject.id },
    fields: await shown(rows, subject.vendorId),
    meanings,
    may: { fill: can(viewer, 'field.fill', subject) },
  }
}

/** The same of the viewer's own record: only what says something. */
export async function fieldsAboutMe(viewer: PersonViewer, vendorSlug: string): Promise<{ fields: Standing[]; meanings: Meanings }> {
  const { rows, vendorId, meanings } = await transaction(viewer, async (tx) => {
    const [own] = await tx.execute<{ id: string; vendorId: string }>(sql`select r.id, r.vendor_id as "vendorId" from relationships r
      join vendors v on v.id = r.vendor_id where v.slug = ${vendorSlug} and r.handle_id = ${viewer.handleId}`)
    if (!own) throw new NotFound()
    const [standing, said] = await Promise.all([standingOn(tx, { object: 'relationship', ...own }), meaningsAt(tx, own.vendorId)])
    return { rows: standing, vendorId: own.vendorId, meanings: said }
  })
  return { fields: (await shown(rows, vendorId)).filter(({ value }) => value !== null), meanings }
}

/** /fields/:id/:kind/:key: what it says there, and what it said before. */
export async function valuePage(viewer: PersonViewer, fieldId: string, object: string, id: string) {
  const { it, subject, rows, meanings } = await transaction(viewer, async (tx) => {
    const [field, of] = [await fieldOf(tx, viewer, fieldId), await subjectOf(tx, viewer, object, id)]
    if (field.object !== of.object || field.vendorId !== of.vendorId || field.retiredAt) throw new NotFound()
    const values = await tx.execute<ValueRow>(sql`select v.nth, v.value, v.source, v.said_at as "saidAt", ${writerHandle} as by, v.restores
      from field_values v where v.field_id = ${field.fieldId} and ${on(of, 'v')} order by v.nth desc limit ${MOST_EARLIER + 1}`)
    return { it: field, subject: of, rows: values, meanings: await meaningsAt(tx, field.vendorId) }
  })
  const names = await handlesShown([it.owner, subject.handleId, ...rows.map(({ by }) => by)], { vendorId: it.vendorId })
  const values = rows.map((row): ValueShown => ({ ...row, saidAt: new Date(row.saidAt), by: named(names, row.by) }))
  const { fieldId: key, name, kind, choices, decision } = it
  return {
    field: {
      id: key,
      name,
      kind,
      choices,
      decision,
      owner: named(names, it.owner),
      meaning: meanings[name.toLowerCase()] ?? null,
      byHand: it.sources.includes('staff'),
    },
    of: { object: subject.object, id: subject.id, name: subject.name ?? named(names, subject.handleId)?.displayName ?? null },
    now: values[0] ?? null,
    earlier: values.slice(1),
  }
}

type ValueRow = {
  nth: number
  value: string
  source: 'staff' | 'import' | 'enriched'
  saidAt: string
  by: string | null
  restores: number | null
}
type StandingRow = Pick<FieldHead, 'fieldId' | 'name' | 'kind' | 'group' | 'decision' | 'sources'> & Partial<Omit<ValueRow, 'restores'>>

/** The live fields of what stands here, each with what it says. */
async function standingOn(tx: Tx, subject: Pick<Subject, 'object' | 'id' | 'vendorId'>): Promise<StandingRow[]> {
  return tx.execute<StandingRow>(sql`select f.id as "fieldId", f.name, f.kind, f.field_group as group, f.decision, f.sources,
      v.nth, v.value, v.source, v.said_at as "saidAt", v.by
    from vendor_fields f left join lateral (select v.nth, v.value, v.source, v.said_at, ${writerHandle} as by
      from field_values v where v.field_id = f.id and ${on(subject, 'v')} order by v.nth desc limit 1) v on v.value <> ''
    where f.vendor_id = ${subject.vendorId} and f.object = ${subject.object} and f.retired_at is null order by f.field_group, f.name`)
}

async function shown(rows: StandingRow[], vendorId: string): Promise<Standing[]> {
  const names = await handlesShown(
    rows.map(({ by }) => by),
    { vendorId },
  )
  return rows.map(({ nth, value, source, saidAt, by, sources, ...field }) => ({
    ...field,
    byHand: sources.includes('staff'),
    value: nth && value && source && saidAt ? { nth, value, source, saidAt: new Date(saidAt), by: named(names, by) } : null,
  }))
}

const named = (names: Map<string, HandleInfo>, id: string | null | undefined): HandleInfo | null => (id ? (names.get(id) ?? null) : null)

async function groupsOf(tx: Tx, vendorId: string): Promise<string[]> {
  const rows = await tx.execute<{ name: string }>(
    sql`select distinct f.field_group as name from vendor_fields f where f.vendor_id = ${vendorId} and f.retired_at is null order by 1 limit 100`,
  )
  return rows.map(({ name }) => name)
}

type WantingRow = Omit<Wanting, 'owner' | 'seconds'> & { owner: string | null; written: number }

/** What the last check, a week ago at most, says against fields that are live. */
function wantingOf(tx: Tx, vendorId: string) {
  return tx.execute<WantingRow>(sql`select f.id as "fieldId", f.name, f.kind, f.decision, ${ownerHandle} as owner, n.unused, n.filled, n.nonsense, n.written
    from vendor_fields f cross join lateral (select * from field_findings n where n.field_id = f.id and n.found_on >= ${daysAgo(8)} order by n.found_on desc limit 1) n
    where f.vendor_id = ${vendorId} and f.retired_at is null order by f.name limit 120`)
}

async function useOf(tx: Tx, fieldId: string) {
  const [use] = await tx.execute<{ reads: number; writes: number; filters: number }>(sql`select coalesce(sum(d.reads), 0)::int as reads,
    coalesce(sum(d.writes), 0)::int as writes, coalesce(sum(d.filters), 0)::int as filters from field_days d where d.field_id = ${fieldId} and d.day > ${daysAgo(UNUSED_DAYS)}`)
  return use ?? { reads: 0, writes: 0, filters: 0 }
}

const daysAgo = (days: number) => sql`${new Date(now().getTime() - days * 86_400_000).toISOString().slice(0, 10)}::date`
