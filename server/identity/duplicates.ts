import { createHash } from 'node:crypto'
import { and, eq, sql, type SQL } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { duplicatePairs, likenessBlocks, type Likeness } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record, type Happened } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { staffContact } from './contacts'
import { among, behind, vendorServed } from './facts'
import type { BesideInput, RefusalInput } from './input'
import { isRoleMailbox } from './keys'
import { blocksOf, likeness, LIKELY, WORTH_ASKING, type Known } from './likeness'
import { personName } from './names'

type RecordKind = Known['kind']

const TABLES = { contact: 'contacts', organization: 'vendor_organizations' } as const
/** More than this under one key say nothing of each other: nobody is compared by it. */
export const MOST_UNDER_A_KEY = 200

/** What has changed in who somebody is, or a company: it is compared anew with whatever shares a key with it. */
export async function proposeDuplicates(event: Happened): Promise<void> {
  const { contactId, organizationId, otherId } = event.payload as { contactId?: string; organizationId?: string; otherId?: string }
  const ids = [contactId ?? organizationId, otherId].filter((id) => id !== undefined)
  await transaction(systemViewer('find-duplicates'), (tx) => compareAnew(tx, contactId ? 'contact' : 'organization', ids))
}

/** Compares records with all that share a key with them. Five statements, however many they are, and one for each two thousand pairs. */
export async function compareAnew(tx: Tx, kind: RecordKind, ids: string[]): Promise<void> {
  // What was merged away stands under no key.
  await tx.execute(sql`delete from likeness_blocks where record_id in ${among(ids)}`)
  const mine = await knownOf(tx, kind, ids)
  if (mine.length === 0) return
  const blocks = mine.flatMap((known) => blocksOf(known).map((block) => ({ vendorId: known.vendorId, recordId: known.id, kind, block })))
  if (blocks.length > 0) await tx.insert(likenessBlocks).values(blocks)
  // Which keys say something is found first: by one that half of them share, everybody would meet everybody.
  const most = sql.raw(String(MOST_UNDER_A_KEY))
  const met = await tx.execute<{ mine: string; other: string }>(sql`
    with theirs as materialized (select b.vendor_id, b.kind, b.block, b.record_id from likeness_blocks b where b.record_id in ${among(mine.map(({ id }) => id))}),
    telling as materialized (select t.vendor_id, t.kind, t.block from (select distinct vendor_id, kind, block from theirs) t
      where (select count(*) from (select 1 from likeness_blocks b where b.vendor_id = t.vendor_id and b.kind = t.kind and b.block = t.block limit ${most} + 1) x) <= ${most})
    select distinct t.record_id as mine, o.record_id as other from telling join theirs t using (vendor_id, kind, block)
      join likeness_blocks o using (vendor_id, kind, block) where o.record_id <> t.record_id`)
  const known = new Map([...mine, ...(await knownOf(tx, kind, [...new Set(met.map(({ other }) => other))]))].map((one) => [one.id, one]))
  const pairs = new Map<string, ReturnType<typeof pairOf>>()
  for (const { mine: one, other } of met) {
    const [a, b] = [known.get(one), known.get(other)]
    if (!a || !b) continue
    const pair = pairOf(a, b)
    if (pair.score >= WORTH_ASKING) pairs.set(`${pair.aId} ${pair.bId}`, pair)
  }
  await keepPairs(tx, mine, [...pairs.values()])
}

type KnownRow = Known & { vendorId: string }

function pairOf(one: KnownRow, other: KnownRow) {
  const [a, b] = one.id < other.id ? [one, other] : [other, one]
  return { id: newId(), vendorId: a.vendorId, kind: a.kind, aId: a.id, bId: b.id, ...likeness(a, b), keysThen: keysOf(a, b) }
}

/** By what both are known, as one word: whoever refused two is asked again once it is another. */
export function keysOf(...both: Known[]): string {
  const keys = both.flatMap(({ id, emails, phones, domains }) => [...emails, ...phones, ...domains].sort().map((key) => `${id} ${key}`))
  return createHash('sha256').update(keys.sort().join('\n')).digest('base64url').slice(0, 22)
}

/** A statement takes so many values and no more. */
const PAIRS_AT_ONCE = 2000

async function keepPairs(tx: Tx, mine: Known[], pairs: ReturnType<typeof pairOf>[]): Promise<void> {
  const ours = among(mine.map(({ id }) => id))
  const still = sql`(select x.pair from jsonb_array_elements_text(${JSON.stringify(pairs.map(({ aId, bId }) => `${aId}${bId}`))}::jsonb) x(pair))`
  await tx.execute(
    sql`delete from duplicate_pairs where (a_id in ${ours} or b_id in ${ours}) and state = 'proposed' and not reasons ? 'said' and a_id::text || b_id::text not in ${still}`,
  )
  for (let from = 0; from < pairs.length; from += PAIRS_AT_ONCE)
    await tx
      .insert(duplicatePairs)
      .values(pairs.slice(from, from + PAIRS_AT_ONCE).map(({ keysThen: _, ...pair }) => pair))
      .onConflictDoUpdate({
        target: [duplicatePairs.aId, duplicatePairs.bId],
        set: { score: sql`excluded.score`, reasons: sql`excluded.reasons` },
        setWhere: sql`${duplicatePairs.state} = 'proposed'`,
      })
  const asked = JSON.stringify(pairs.map(({ aId: a, bId: b, keysThen: keys }) => ({ a, b, keys })))
  if (pairs.length > 0)
    await tx.execute(sql`update duplicate_pairs d set state = 'proposed', why = '', decided_by = null, decided_at = null
      from jsonb_to_recordset(${asked}::jsonb) x(a uuid, b uuid, keys text) where d.a_id = x.a and d.b_id = x.b and d.state = 'refused' and d.keys_then <> x.keys`)
}

/** What is known of records that stand, with all that was merged into them. */
export async function knownOf(tx: Tx, kind: RecordKind, ids: string[]): Promise<KnownRow[]> {
  const wanted = [...new Set(ids)].filter(isId)
  if (wanted.length === 0) return []
  const keys = (of: 'email' | 'phone' | 'domain', proven = false) =>
    sql`(select coalesce(json_agg(distinct k.value_norm), '[]') from identity_keys k where k.${sql.identifier(`${kind}_id`)} in ${behind(TABLES[kind], sql`r.id`)}
      and k.kind = ${of} and k.invalid_at is null ${proven ? sql`and k.verified_at is not null` : sql``})`
  const ofPeople = sql`r.family_name as "familyName", '' as "legalSuffix", ${keys('email')} as emails, ${keys('email', true)} as verified, ${keys('phone')} as phones, '[]'::json as domains,
    (select coalesce(json_agg(distinct f.organization_id), '[]') from vendor_affiliations f where f.contact_id in ${behind('contacts', sql`r.id`)}) as companies`
  const ofCompanies = sql`'' as "familyName", r.legal_suffix as "legalSuffix", '[]'::json as emails, '[]'::json as verified, '[]'::json as phones, ${keys('domain')} as domains, '[]'::json as companies`
  const rows = await tx.execute<KnownRow>(sql`
    select r.id, ${kind} as kind, r.vendor_id as "vendorId", r.name, r.name_norm as "nameNorm", r.city, ${kind === 'contact' ? ofPeople : ofCompanies}
    from ${sql.identifier(TABLES[kind])} r where r.id in ${among(wanted)} and r.merged_into is null`)
  return rows.map(({ emails, ...row }) => ({ ...row, emails: emails.filter((address) => !isRoleMailbox(address)) }))
}

const A_PAGE = 30
export type Side = { id: string; name: string; suffix: string; hint: string }
export type Pair = { id: string; kind: RecordKind; score: number; reasons: Likeness; a: Side; b: Side }

/** A record as it is named in a list: a contact by an address, a company by a domain. */
export function sideOf(id: SQL, kind: SQL): SQL {
  return sql`case ${kind} when 'contact' then (select json_build_object('id', c.id, 'name', c.name, 'suffix', '', 'hint', coalesce((select k.value_raw from identity_keys k
      where k.contact_id = c.id and k.kind = 'email' order by k.created_at limit 1), c.city)) from contacts c where c.id = ${id})
    else (select json_build_object('id', o.id, 'name', o.name, 'suffix', o.legal_suffix, 'hint', coalesce((select k.value_norm from identity_keys k
      where k.organization_id = o.id and k.kind = 'domain' order by k.created_at limit 1), o.city)) from vendor_organizations o where o.id = ${id}) end`
}

/** /vendors/:slug/duplicates: what may be one, the likeliest first; less likely ones where somebody asks for them. */
export async function duplicatesOf(viewer: PersonViewer, vendorSlug: string, asked: { all: boolean; after: string | null }) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const [score = '', id = ''] = (asked.after ?? '').split('_')
  const place =
    isId(id) && Number.isFinite(Number.parseFloat(score))
      ? sql`and (d.score, d.id) < (${Number.parseFloat(score)}::real, ${id}::uuid)`
      : sql``
  const rows = await transaction(viewer, (tx) =>
    tx.execute<Pair>(sql`select d.id, d.kind, d.score, d.reasons, ${sideOf(sql`d.a_id`, sql`d.kind`)} as a, ${sideOf(sql`d.b_id`, sql`d.kind`)} as b
      from duplicate_pairs d where ${servedBy(viewer, sql`d.vendor_id`)} and d.vendor_id = ${vendor.vendorId} and d.state = 'proposed' and d.score >= ${asked.all ? WORTH_ASKING : LIKELY}::real ${place}
      order by d.score desc, d.id desc limit ${sql.raw(String(A_PAGE + 1))}`),
  )
  const shown = rows.slice(0, A_PAGE)
  const last = shown.at(-1)
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    all: asked.all,
    pairs: shown,
    more: rows.length > A_PAGE && last ? `${last.score}_${last.id}` : null,
    may: { merge: can(viewer, 'records.merge', vendor) },
  }
}

export type PairHead = {
  pairId: string
  vendorId: string
  vendorSlug: string
  vendorName: string
  kind: RecordKind
  aId: string
  bId: string
  state: string
  score: number
  reasons: Likeness
}

/** A pair as its vendor’s staff find it; for anybody else it does not exist. */
export async function staffPair(tx: Tx, viewer: PersonViewer, vendorSlug: string, id: string): Promise<PairHead> {
  if (!isId(id)) throw new NotFound()
  const [found] = await tx.execute<PairHead>(sql`
    select d.id as "pairId", d.vendor_id as "vendorId", v.slug as "vendorSlug", v.name as "vendorName", d.kind, d.a_id as "aId", d.b_id as "bId", d.state, d.score, d.reasons
    from duplicate_pairs d join vendors v on v.id = d.vendor_id where d.id = ${id} and v.slug = ${vendorSlug} and ${servedBy(viewer, sql`d.vendor_id`)}`)
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'contact.view', found)
  return found
}

/** Staff say that two may be one, by an address or the whole name of the other: they are laid side by side. */
export async function layBeside(viewer: PersonViewer, vendorSlug: string, contactId: string, { other }: BesideInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  return transaction(viewer, async (tx) => {
    const it = await staffContact(tx, viewer, vendorSlug, contactId)
    authorize(viewer, 'records.merge', it)
    const found = await tx.execute<{
      id: string
    }>(sql`select distinct standing_contact(c.id) as id from contacts c where c.vendor_id = ${it.vendorId}
      and (c.name_norm = ${personName(other).nameNorm} or c.id in (select k.contact_id from identity_keys k where k.vendor_id = ${it.vendorId} and k.kind = 'email' and k.value_norm = ${other.toLowerCase()})) limit 20`)
    const others = found.filter(({ id }) => id !== it.contactId)
    if (others.length !== 1) throw new Invalid({ other: others.length > 1 ? 'contact.several' : 'contact.notKnown' })
    const [one, two] = await knownOf(tx, 'contact', [it.contactId, others[0]?.id ?? ''])
    if (!one || !two) throw new NotFound()
    const { keysThen: _, ...pair } = pairOf(one, two)
    const reasons = { ...pair.reasons, said: 1 }
    const [kept] = await tx
      .insert(duplicatePairs)
      .values({ ...pair, reasons })
      .onConflictDoUpdate({ target: [duplicatePairs.aId, duplicatePairs.bId], set: { reasons } })
      .returning({ id: duplicatePairs.id })
    return kept?.id ?? pair.id
  })
}

/** They are two, and why. Nobody is asked again while both are known by the same. */
export async function refusePair(viewer: PersonViewer, vendorSlug: string, pairId: string, { why }: RefusalInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const pair = await staffPair(tx, viewer, vendorSlug, pairId)
    authorize(viewer, 'records.merge', pair)
    if (!(await closePair(tx, viewer, pair, why))) return
    const { vendorId, kind, aId, bId } = pair
    await record(tx, viewer, 'duplicates.refused', { vendorId, recordKind: kind, recordId: aId, otherId: bId })
  })
}

/** Whether it was open. */
export async function closePair(tx: Tx, viewer: PersonViewer, { pairId, kind, aId, bId }: PairHead, why: string): Promise<boolean> {
  const keysThen = keysOf(...(await knownOf(tx, kind, [aId, bId])))
  const closed = await tx
    .update(duplicatePairs)
    .set({ state: 'refused', why, keysThen, decidedBy: viewer.personId, decidedAt: now() })
    .where(and(eq(duplicatePairs.id, pairId), eq(duplicatePairs.state, 'proposed')))
    .returning({ id: duplicatePairs.id })
  return closed.length > 0
}
