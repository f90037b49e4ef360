import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { can } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'
import { sideOf, staffPair, type Side } from './duplicates'
import { behind, vendorServed } from './facts'
import { bothOf, type Stored } from './merging'
import { placeIn } from './reading'
import { FIELDS, winnerOf } from './survivorship'

const A_PAGE = 30

type Hangs = { keys: { kind: string; value: string }[]; work: { name: string; title: string; until: string | null }[]; accounts: number }

/** What hangs on a record, and goes along with it whichever stands. */
async function hangingOn(tx: Tx, kind: 'contact' | 'organization', id: string): Promise<Hangs> {
  const whole = behind(kind === 'contact' ? 'contacts' : 'vendor_organizations', id)
  const column = sql.identifier(`${kind}_id`)
  const [found] = await tx.execute<Hangs>(sql`select
    (select coalesce(json_agg(x), '[]') from (select k.kind, k.value_raw as value from identity_keys k where k.${column} in ${whole} order by k.kind, k.created_at limit 30) x) as keys,
    (select coalesce(json_agg(x), '[]') from (select ${kind === 'contact' ? sql`o.name` : sql`c.name`} as name, f.title, f.ended_on as until
      from vendor_affiliations f join contacts c on c.id = f.contact_id join vendor_organizations o on o.id = f.organization_id
      where f.${column} in ${whole} order by f.ended_on desc nulls first, f.started_on desc limit 30) x) as work,
    (select count(*)::int from accounts a where ${kind === 'organization' ? sql`a.organization_id in ${whole}` : sql`false`}) as accounts`)
  return found ?? { keys: [], work: [], accounts: 0 }
}

/** Both records of a pair side by side, and which value would stand. */
export async function pairPage(viewer: PersonViewer, vendorSlug: string, pairId: string) {
  return transaction(viewer, async (tx) => {
    const pair = await staffPair(tx, viewer, vendorSlug, pairId)
    const { a, b } = await bothOf(tx, pair)
    const side = async (it: Stored) => ({
      ...{
        id: it.id,
        name: it.name,
        suffix: 'legalSuffix' in it ? it.legalSuffix : '',
        city: it.city,
        country: it.country,
        since: it.createdAt,
      },
      ...(await hangingOn(tx, pair.kind, it.id)),
      said: Object.fromEntries(FIELDS.map((field) => [field, it.provenance[field]?.from ?? null])),
    })
    const [one, other] = await Promise.all([side(a), side(b)])
    return {
      vendor: { slug: pair.vendorSlug, name: pair.vendorName },
      pair: { id: pairId, kind: pair.kind, score: pair.score, reasons: pair.reasons, state: pair.state },
      a: one,
      b: other,
      wins: Object.fromEntries(FIELDS.map((field) => [field, winnerOf(field, a, b)])) as Record<(typeof FIELDS)[number], 'a' | 'b'>,
      // Who was known first stands, unless somebody says otherwise.
      stands: (a.createdAt <= b.createdAt ? 'a' : 'b') as 'a' | 'b',
      may: { merge: can(viewer, 'records.merge', pair) && pair.state !== 'merged' && !a.mergedInto && !b.mergedInto },
    }
  })
}

type MergeRow = {
  id: string
  kind: 'contact' | 'organization'
  survivor: Side
  loser: Side
  why: string
  at: Date
  undone_at: Date | null
  by: string | null
  later: boolean
  pair: string | null
}

/** /vendors/:slug/merges: what was made one, the latest first, and what can be taken apart. */
export async function mergesOf(viewer: PersonViewer, vendorSlug: string, before: string | null) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const place = placeIn(before)
  const rows = await transaction(viewer, (tx) =>
    tx.execute<MergeRow>(sql`select m.id, m.kind, ${sideOf(sql`m.survivor_id`, sql`m.kind`)} as survivor, ${sideOf(sql`m.loser_id`, sql`m.kind`)} as loser, m.why, m.merged_at as at, m.undone_at,
        (select h.id from handles h where h.person_id = m.merged_by and h.kind = 'member' order by h.created_at limit 1) as by,
        (select d.id from duplicate_pairs d where d.a_id = least(m.survivor_id, m.loser_id) and d.b_id = greatest(m.survivor_id, m.loser_id)) as pair,
        exists (select 1 from record_merges l where l.id <> m.id and l.undone_at is null and (l.merged_at, l.id) > (m.merged_at, m.id)
          and (l.survivor_id in (m.survivor_id, m.loser_id) or l.loser_id in (m.survivor_id, m.loser_id))) as later
      from record_merges m where ${servedBy(viewer, sql`m.vendor_id`)} and m.vendor_id = ${vendor.vendorId}
        ${place ? sql`and (m.merged_at, m.id) < (${place.at}::timestamptz, ${place.id}::uuid)` : sql``}
      order by m.merged_at desc, m.id desc limit ${sql.raw(String(A_PAGE + 1))}`),
  )
  const shown = rows.slice(0, A_PAGE)
  const last = shown.at(-1)
  const names = await handlesShown(
    shown.map(({ by }) => by),
    { vendorId: vendor.vendorId },
  )
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    merges: shown.map(({ at, undone_at, by, ...row }) => ({
      ...{ ...row, at: new Date(at), undoneAt: undone_at ? new Date(undone_at) : null },
      by: by ? (names.get(by)?.displayName ?? null) : null,
    })),
    older: rows.length > A_PAGE && last ? `${new Date(last.at).toISOString()}_${last.id}` : null,
    may: { merge: can(viewer, 'records.merge', vendor) },
  }
}
