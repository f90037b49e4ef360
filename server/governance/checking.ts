import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { record } from '~/server/events'
import { today } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { FEWEST_FILLED, NONSENSE, NONSENSE_SHARE, UNUSED_DAYS } from './rules'

const job = systemViewer('check-fields')
const AT_ONCE = 100
const A_CHECK_AGO_DAYS = 8

/** The weekly check: which fields nobody used, and which say nothing where they say something. */
export async function checkFields(): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const from = after
    const vendors = await transaction(job, (tx) =>
      tx.execute<{ id: string }>(
        sql`select distinct vendor_id as id from vendor_fields where retired_at is null and vendor_id > ${from}::uuid order by 1 limit ${AT_ONCE}`,
      ),
    )
    for (const { id } of vendors) await transaction(job, (tx) => checkVendor(tx, id))
    const last = vendors.at(-1)
    if (!last || vendors.length < AT_ONCE) return
    after = last.id
  }
}

/** Says against a field what can be said today, once. What was said a week ago is not an event anew. */
async function checkVendor(tx: Tx, vendorId: string): Promise<void> {
  const onDay = sql`${today()}::date`
  const follows = sql`exists (select 1 from field_values l where l.field_id = v.field_id and l.nth = v.nth + 1 and (l.account_id = v.account_id or l.relationship_id = v.relationship_id))`
  const nothing = sql`f.kind = 'text' and (lower(btrim(v.value, ' .!?')) in (select json_array_elements_text(${JSON.stringify(NONSENSE)}::json))
    or v.value ~ '^(.)\\1{2,}$' or v.value !~ '[[:alnum:]]')`
  await tx.execute(sql`insert into field_days (vendor_id, field_id, day, filled)
    select f.vendor_id, f.id, ${onDay}, (select count(*)::int from field_values v where v.field_id = f.id and v.value <> '' and not ${follows})
    from vendor_fields f where f.vendor_id = ${vendorId}::uuid and f.retired_at is null order by f.id
    on conflict (field_id, day) do update set filled = excluded.filled`)
  const found = await tx.execute<{ fieldId: string; unused: boolean; anew: boolean }>(sql`
    insert into field_findings (vendor_id, field_id, found_on, unused, filled, nonsense, written)
    select f.vendor_id, f.id, ${onDay}, u.unused, n.filled, n.nonsense, n.written from vendor_fields f
      cross join lateral (select f.created_at < ${onDay} - ${UNUSED_DAYS}::int and not exists (select 1 from field_days d
        where d.field_id = f.id and d.day > ${onDay} - ${UNUSED_DAYS}::int and d.reads + d.writes + d.filters > 0) as unused) u
      cross join lateral (select count(*) filter (where v.value <> '' and not ${follows})::int as filled,
          count(*) filter (where v.value <> '' and not ${follows} and ${nothing})::int as nonsense,
          count(*) filter (where v.source = 'staff')::int as written
        from field_values v where v.field_id = f.id) n
    where f.vendor_id = ${vendorId}::uuid and f.retired_at is null
      and (u.unused or (n.filled >= ${FEWEST_FILLED} and n.nonsense >= n.filled * ${NONSENSE_SHARE}::numeric))
    on conflict (field_id, found_on) do update set unused = excluded.unused, filled = excluded.filled, nonsense = excluded.nonsense, written = excluded.written
    returning field_id as "fieldId", unused, not exists (select 1 from field_findings b where b.field_id = field_findings.field_id
      and b.found_on >= ${onDay} - ${A_CHECK_AGO_DAYS}::int) as anew`)
  for (const { fieldId, unused, anew } of found)
    if (anew) await record(tx, job, 'field.found-wanting', { vendorId, fieldId, reasonKind: unused ? 'unused' : 'nonsense' })
}
