import { sql, type SQLWrapper } from 'drizzle-orm'
import { db } from '~/db/client'
import type { HandleInfo, SeatInfo } from '~/server/viewer'

type Where = { communityId?: string | null; vendorId?: string | null }
type Row = {
  id: string
  kind: 'member' | 'placeholder' | 'unnamed' | 'former'
  handle: string | null
  display_name: string
  is_operator: boolean
  moderates: boolean
  staff_vendor: string | null
  staff_role: string | null
  state: 'customer' | 'partner' | null
  state_vendor: string | null
  prospect: boolean
  /** Shows in this room that a vendor has signed them as its customer. */
  shows: { vendor: string | null; since: string | null } | null
}

/** The handle under which a person is a member, as a column; null for nobody and for whoever was erased. */
export const handleOfPerson = (personId: SQLWrapper) =>
  sql`(select h_.id from handles h_ where h_.person_id = ${personId} and h_.kind = 'member' order by h_.created_at limit 1)`

/**
 * The names of handles with the one seat that matters where they are shown: in a community that of its host, on a vendor's
 * page that vendor's. Computed from records; *prospect* alone is the person's own word, given in that community.
 */
export async function handlesShown(shown: Iterable<string | null | undefined>, where: Where = {}): Promise<Map<string, HandleInfo>> {
  const wanted = [...new Set([...shown].filter((id): id is string => Boolean(id)))]
  if (wanted.length === 0) return new Map()
  const ids = `{${wanted.join(',')}}`
  const community = where.communityId ?? null
  const vendor = where.vendorId ?? null
  const rows = await db.execute<Row>(sql`
    with place as (select coalesce(${vendor}::uuid, (select host_vendor_id from communities where id = ${community}::uuid)) as vendor_id)
    select h.id, h.kind, h.handle, h.display_name, coalesce(p.is_operator, false) as is_operator,
      exists (select 1 from portal_moderators m where m.person_id = h.person_id and m.ended_at is null)
        or exists (select 1 from community_moderators m where m.person_id = h.person_id and m.ended_at is null
          and m.community_id = ${community}::uuid) as moderates,
      staff.vendor as staff_vendor, staff.role as staff_role, held.state, (select name from vendors where id = place.vendor_id) as state_vendor,
      exists (select 1 from memberships m where m.handle_id = h.id and m.community_id = ${community}::uuid and m.says_prospect_at is not null) as prospect,
      (select json_build_object('vendor', a.vendor, 'since', a.since) from shown_customers(array[h.id], ${community}::uuid) a limit 1) as shows
    from handles h cross join place left join people p on p.id = h.person_id
      left join confirmed_states(${ids}::uuid[], (select vendor_id from place)) held on held.handle_id = h.id
      left join lateral (select v.name as vendor, s.role from vendor_staff s join vendors v on v.id = s.vendor_id
        where s.person_id = h.person_id and s.ended_at is null order by s.vendor_id = place.vendor_id desc nulls last, s.started_at limit 1) staff on true
    where h.id = any(${ids}::uuid[])`)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        handle: row.handle,
        displayName: row.display_name,
        placeholder: row.kind !== 'member',
        seat: row.kind === 'unnamed' || row.kind === 'former' ? { kind: 'member' as const } : seatOf(row),
        ...(row.kind === 'placeholder' ? { importedId: row.id } : {}),
      },
    ]),
  )
}

function seatOf(row: Row): SeatInfo {
  if (row.staff_vendor) return { kind: 'staff', vendorName: row.staff_vendor, role: row.staff_role ?? undefined }
  if (row.is_operator) return { kind: 'operator' }
  if (row.moderates) return { kind: 'moderator' }
  if (row.state) return { kind: row.state, vendorName: row.state_vendor ?? undefined }
  if (row.shows)
    return {
      kind: 'customer',
      verified: true,
      ...(row.shows.vendor ? { vendorName: row.shows.vendor } : {}),
      ...(row.shows.since ? { since: row.shows.since } : {}),
    }
  return { kind: row.prospect ? 'prospect' : 'member' }
}
