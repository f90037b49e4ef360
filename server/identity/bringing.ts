import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { identityKeys, organizationEdges, type Source } from '~/db/schema'
import { refusedBy } from '~/server/refused-by'
import { among } from './facts'
import type { Key } from './keys'

// What comes from elsewhere, many at once.

type Owner = { contactId: string } | { organizationId: string }
export type KeyOf = Owner & { key: Key }

/** Whose these keys are already, by kind and value: the record that stands today. Only what identifies. */
export async function ownersOf(tx: Tx, vendorId: string, keys: Key[]): Promise<Map<string, string>> {
  const wanted = JSON.stringify(keys.filter(({ identifies }) => identifies).map(({ kind, valueNorm }) => ({ kind, value: valueNorm })))
  const found = await tx.execute<{ kind: string; value: string; id: string }>(sql`
    with recursive x as (select k.kind, k.value_norm as value, k.contact_id, k.organization_id as id from jsonb_to_recordset(${wanted}::jsonb) w(kind text, value text)
      join identity_keys k on k.vendor_id = ${vendorId} and k.kind = w.kind and k.value_norm = w.value and k.identifies),
    onward as (select x.kind, x.value, o.id, o.merged_into from x join vendor_organizations o on o.id = x.id
      union all select n.kind, n.value, o.id, o.merged_into from onward n join vendor_organizations o on o.id = n.merged_into)
    select kind, value, id from onward where merged_into is null
    union all select kind, value, standing_contact(contact_id) from x where contact_id is not null`)
  return new Map(found.map(({ kind, value, id }) => [`${kind} ${value}`, id]))
}

/** Keeps keys that nobody else has; returns the ids of those that are new. */
export async function insertKeys(tx: Tx, vendorId: string, source: Source, rows: KeyOf[]): Promise<string[]> {
  if (rows.length === 0) return []
  const made = await tx
    .insert(identityKeys)
    .values(rows.map(({ key, ...owner }) => ({ id: newId(), vendorId, ...owner, ...key, source })))
    .onConflictDoNothing()
    .returning({ id: identityKeys.id })
  return made.map(({ id }) => id)
}

/** One company under another from this day; null where it would close a ring, go too deep or stands already. */
export async function insertEdge(
  tx: Tx,
  edge: { vendorId: string; parentId: string; childId: string; startedOn: string; createdBy: string },
): Promise<string | null> {
  const id = newId()
  try {
    await tx.transaction((inner) => inner.insert(organizationEdges).values({ id, kind: 'owns', ...edge }))
    return id
  } catch (error) {
    if (refusedBy(error)?.startsWith('organization_')) return null
    throw error
  }
}

/** Which of these work at these places now, as `contact organisation`. */
export async function worksNow(tx: Tx, contactIds: string[]): Promise<Set<string>> {
  const found = await tx.execute<{ both: string }>(sql`select contact_id || ' ' || organization_id as both from vendor_affiliations
    where contact_id in ${among(contactIds)} and ended_on is null
    union select contact_id || ' main' from vendor_affiliations where contact_id in ${among(contactIds)} and ended_on is null and is_primary`)
  return new Set(found.map(({ both }) => both))
}

/** Mail to them is over, whatever stood before: the stricter word holds. What stood before; undefined where it was so already. */
export async function closeToMail(tx: Tx, vendorId: string, contactId: string, saidOn: string): Promise<boolean | null | undefined> {
  const [before] = await tx.execute<{ allowed: boolean }>(
    sql`select allowed from contact_consents where contact_id = ${contactId} and channel = 'email' for update`,
  )
  if (before?.allowed === false) return undefined
  await tx.execute(sql`insert into contact_consents (vendor_id, contact_id, channel, allowed, source, said_on) values (${vendorId}, ${contactId}, 'email', false, 'import', ${saidOn})
    on conflict (contact_id, channel) do update set allowed = false`)
  return before ? before.allowed : null
}
