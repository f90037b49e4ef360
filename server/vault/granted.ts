import { sql, type SQL } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { recordAll } from '~/server/events'
import { openValue, unwrapKey } from '~/server/platform/person-keys'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { attribute, fieldsInOrder, isAttributeKey, type FieldKey } from './catalogue'
import type { Purpose } from './input'
import { labelOf } from './sealed'

/** The label is that of a field of their own. */
export type GrantedValue = {
  key: FieldKey
  label: string | null
  value: string
  confirmedAt: Date
  until: Date
  grantId: string
  purpose: Purpose
}

/** What makes a grant `g` hold at this moment; row-level security asks the same of whoever reads. */
export const LIVE = sql`g.revoked_at is null and g.starts_at <= now() and g.ends_at > now()`

/** The rule of what a vendor reads of a person: for each purpose, of each field under a live grant, its value, under the grant that lasts longest. */
export function grantedTo(vendorId: string, personIds: string[], purposes: readonly Purpose[], keys?: readonly FieldKey[]): SQL {
  return sql`select distinct on (g.person_id, g.purpose, a.key) g.person_id, g.purpose, a.key, a.value, a.sealed, a.sealed_label, a.sensitive, k.master_key_id, k.wrapped, a.confirmed_at, g.id as grant_id, g.ends_at
    from grants g join grant_attributes ga on ga.grant_id = g.id
      join vault_attributes a on a.person_id = g.person_id and a.key = ga.key
      left join person_keys k on k.person_id = g.person_id
    where g.person_id = any(${`{${personIds.join(',')}}`}::uuid[]) and g.vendor_id = ${vendorId}::uuid and g.purpose = any(${`{${purposes.join(',')}}`}::text[]) and ${LIVE}${keys ? sql` and ga.key = any(${`{${keys.join(',')}}`}::text[])` : sql``}
    order by g.person_id, g.purpose, a.key, g.ends_at desc, g.id`
}

type Row = {
  person_id: string
  purpose: Purpose
  key: FieldKey
  value: string | null
  sealed: string | null
  sealed_label: string | null
  master_key_id: string
  wrapped: string
  confirmed_at: string
  grant_id: string
  ends_at: string
  sensitive: boolean | null
}

const valueOf = (row: Row, key = row.sealed === null ? null : keyIn(row)): GrantedValue => ({
  key: row.key,
  label:
    row.sealed_label === null || key === null
      ? null
      : labelOf(key, { personId: row.person_id, key: row.key, sealedLabel: row.sealed_label }),
  value: row.sealed === null || key === null ? (row.value ?? '') : openValue(key, row.person_id, row.key, row.sealed),
  confirmedAt: new Date(row.confirmed_at),
  until: new Date(row.ends_at),
  grantId: row.grant_id,
  purpose: row.purpose,
})

const keyIn = (row: Row): Buffer => unwrapKey(row.person_id, { masterKeyId: row.master_key_id, wrapped: row.wrapped })

/**
 * The one way in which a vendor's staff read a person's vault. Reading and writing down that it was read are one statement in one
 * transaction that names the purposes, and row-level security does the refusing. Without a live grant nothing comes back.
 * Repeats within an hour are one record with a count, and no new event.
 */
export async function readGranted(
  viewer: PersonViewer,
  personId: string,
  vendorId: string,
  ...purposes: Purpose[]
): Promise<GrantedValue[]> {
  return (await readGrantedOf(viewer, [personId], vendorId, purposes)).get(personId) ?? []
}

/** The same of several people at once, and of no more fields than are asked for. */
export async function readGrantedOf(
  viewer: PersonViewer,
  personIds: string[],
  vendorId: string,
  purposes: readonly Purpose[],
  keys?: readonly FieldKey[],
): Promise<Map<string, GrantedValue[]>> {
  for (const personId of personIds) authorize(viewer, 'vault.read-granted', { personId, vendorId }, 'vault.noGrant')
  return transaction(
    viewer,
    async (tx) => {
      const rows = await tx.execute<Read>(sql`
        with shown as materialized (${grantedTo(vendorId, personIds, purposes, keys)}),
        kept as (
          insert into access_records (id, person_id, vendor_id, grant_id, key, purpose, read_by, reader_handle_id, hour, last_read_at)
          select gen_random_uuid(), person_id, ${vendorId}::uuid, grant_id, key, purpose, ${viewer.personId}::uuid, ${viewer.handleId}::uuid, date_trunc('hour', now()), date_trunc('milliseconds', now())
          from shown
          on conflict (grant_id, key, read_by, hour) do update set reads = access_records.reads + 1, last_read_at = date_trunc('milliseconds', now())
          returning grant_id, key, reads = 1 as first_this_hour),
        watched as materialized (select jsonb_object_agg(person_id, jsonb_build_array(left_today, first)) as of
          from readings_watched((select array_agg(distinct person_id) from shown), ${vendorId}::uuid))
        select shown.*, kept.first_this_hour, (watched.of -> shown.person_id::text ->> 0)::int as left_today, (watched.of -> shown.person_id::text ->> 1)::boolean as first, (select handle_id from grants where id = shown.grant_id) as handle_id
        from shown join kept using (grant_id, key) cross join watched`)
      await recordAll(
        tx,
        viewer,
        'vault.read',
        firstReadings(rows).map((reading) => ({ ...reading, vendorId })),
      )
      await recordAll(
        tx,
        viewer,
        'vault.read-often',
        overTheLine(rows).map(({ person_id: personId, handle_id: handleId }) => ({ personId, handleId, vendorId })),
      )
      return byPerson(rows)
    },
    purposes,
  )
}

function byPerson(rows: Row[]): Map<string, GrantedValue[]> {
  const values = new Map<string, GrantedValue[]>()
  const keys = new Map<string, Buffer>()
  for (const row of rows) {
    const key = row.sealed === null ? null : (keys.get(row.person_id) ?? keyIn(row))
    if (key) keys.set(row.person_id, key)
    const theirs = values.get(row.person_id) ?? []
    theirs.push(valueOf(row, key))
    values.set(row.person_id, theirs)
  }
  return values
}

/** `left_today`: how many readings there were left before this one until the owner wants to be told; null where no number is set. */
type Read = Row & { first_this_hour: boolean; handle_id: string; left_today: number | null; first: boolean }

function firstReadings(rows: Read[]) {
  const byGrant = new Map<string, { read: Read; attributes: number; sensitive: boolean }>()
  for (const row of rows.filter((each) => each.first_this_hour)) {
    const before = byGrant.get(row.grant_id) ?? { attributes: 0, sensitive: false }
    const sensitive = isAttributeKey(row.key) ? attribute(row.key).sensitivity === 'high' : row.sensitive === true
    byGrant.set(row.grant_id, { read: row, attributes: before.attributes + 1, sensitive: before.sensitive || sensitive })
  }
  return [...byGrant.values()].map(
    ({ read: { grant_id: grantId, person_id: personId, handle_id: handleId, first }, attributes, sensitive }) => ({
      ...{ grantId, personId, handleId, attributes },
      readKind: first
        ? sensitive
          ? ('first-sensitive' as const)
          : ('first' as const)
        : sensitive
          ? ('sensitive' as const)
          : ('usual' as const),
    }),
  )
}

/** Those of whom this reading is the one that goes over the number that they set for a day. */
function overTheLine(rows: Read[]) {
  const people = new Map<string, Read & { fields: number }>()
  for (const row of rows) people.set(row.person_id, { ...row, fields: (people.get(row.person_id)?.fields ?? 0) + 1 })
  return [...people.values()].filter(({ left_today, fields }) => left_today !== null && left_today >= 0 && fields > left_today)
}

/** The same rule asked by the owner: what this vendor would read for each purpose. Records nothing. */
export async function asReadBy(
  viewer: PersonViewer,
  vendorId: string,
  purposes: readonly Purpose[],
): Promise<Map<Purpose, GrantedValue[]>> {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  return transaction(viewer, async (tx) => {
    const read = (await tx.execute<Row>(grantedTo(vendorId, [viewer.personId], purposes))).map((row) => valueOf(row))
    return new Map(purposes.map((purpose) => [purpose, read.filter((value) => value.purpose === purpose)]))
  })
}

export type LiveGrant = { id: string; purpose: Purpose; keys: FieldKey[]; startsAt: Date; endsAt: Date }

/** The live grants of a person to a vendor: what may be read, not what it says. For the person and for that vendor's staff. */
export async function grantsTo(viewer: PersonViewer, vendorId: string, personId: string): Promise<LiveGrant[]> {
  const rows = await transaction(viewer, (tx) =>
    tx.execute<{ id: string; purpose: Purpose; keys: string; starts_at: string; ends_at: string }>(sql`
      select g.id, g.purpose, g.starts_at, g.ends_at, string_agg(ga.key, ',') as keys
      from grants g join grant_attributes ga on ga.grant_id = g.id
      where g.person_id = ${personId}::uuid and g.vendor_id = ${vendorId}::uuid and ${LIVE}
      group by g.id order by g.ends_at desc, g.id`),
  )
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    keys: fieldsInOrder(row.keys.split(',')),
    startsAt: new Date(row.starts_at),
    endsAt: new Date(row.ends_at),
  }))
}

/** The fields of grants that have ended. */
export async function onceGranted(viewer: PersonViewer, vendorId: string, personId: string): Promise<FieldKey[]> {
  const rows = await transaction(viewer, (tx) =>
    tx.execute<{ key: string }>(sql`
      select distinct ga.key from grants g join grant_attributes ga on ga.grant_id = g.id
      where g.person_id = ${personId}::uuid and g.vendor_id = ${vendorId}::uuid and (g.revoked_at is not null or g.ends_at <= now())`),
  )
  return fieldsInOrder(rows.map(({ key }) => key))
}
