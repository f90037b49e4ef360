import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { handlesShown } from '~/server/accounts'
import { today } from '~/server/platform/clock'
import { can } from '~/server/policy'
import { colleaguesOf } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { behind, staffAccount, vendorServed, visibleTo } from './facts'
import type { BUYING_ROLES } from './input'
import { folded } from './names'

const A_PAGE = 30

/** A place in a list that goes by last touch: `moment_id`. */
export function placeIn(before: string | null): { at: string; id: string } | null {
  const [at = '', id = ''] = (before ?? '').split('_')
  return isId(id) && !Number.isNaN(Date.parse(at)) ? { at: new Date(at).toISOString(), id } : null
}

export const searched = (typed: string) => typed.toWellFormed().replaceAll('\0', '').trim().slice(0, 60)
export const likely = (typed: string) => typed.replace(/[\\%_]/g, '\\$&')

type AccountRow = {
  id: string
  name: string
  suffix: string
  segment: string
  urgency: 'none' | 'this-year' | 'this-quarter' | 'now'
  last_at: Date
  owner: string | null
  people: number
}

/** /vendors/:slug/accounts: the companies that the vendor has to do with, by last touch. */
export async function accountsOf(viewer: PersonViewer, vendorSlug: string, asked: { search: string; before: string | null }) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const [search, place] = [searched(asked.search), placeIn(asked.before)]
  const name = likely(folded(search) || search.toLowerCase())
  const rows = await transaction(viewer, (tx) =>
    tx.execute<AccountRow>(sql`
      select accounts.id, o.name, o.legal_suffix as suffix, accounts.segment, accounts.urgency, accounts.last_at,
        (select h.id from handles h where h.person_id = accounts.owner_id order by h.created_at limit 1) as owner,
        (select count(distinct standing_contact(f.contact_id))::int from vendor_affiliations f
          where f.organization_id in ${behind('vendor_organizations', sql`o.id`)} and f.ended_on is null) as people
      from accounts join vendor_organizations o on o.id = accounts.organization_id
      where ${visibleTo(viewer)} and accounts.vendor_id = ${vendor.vendorId} and o.merged_into is null
        ${search ? sql`and (o.name_norm like ${`${name}%`} or o.name_norm like ${`% ${name}%`} or exists (select 1 from identity_keys k where k.organization_id = o.id and k.kind = 'domain' and k.value_norm like ${`${likely(search.toLowerCase())}%`}))` : sql``}
        ${place ? sql`and (accounts.last_at, accounts.id) < (${place.at}::timestamptz, ${place.id}::uuid)` : sql``}
      order by accounts.last_at desc, accounts.id desc limit ${A_PAGE + 1}`),
  )
  const shown = rows.slice(0, A_PAGE)
  const last = shown.at(-1)
  const names = await handlesShown(
    shown.map(({ owner }) => owner),
    { vendorId: vendor.vendorId },
  )
  return {
    vendor: { id: vendor.vendorId, slug: vendor.vendorSlug, name: vendor.vendorName },
    search,
    accounts: shown.map(({ last_at, owner, ...row }) => ({
      ...row,
      lastAt: new Date(last_at),
      owner: owner ? (names.get(owner)?.displayName ?? null) : null,
    })),
    older: rows.length > A_PAGE && last ? `${new Date(last.last_at).toISOString()}_${last.id}` : null,
    may: { keep: can(viewer, 'account.keep', vendor) },
  }
}

export type Company = { account: string | null; organization: string; name: string; suffix: string }
export type Edge = Company & { id: string; kind: 'owns' | 'division' | 'franchise'; since: string; until: string | null }
export type Worker = {
  contact: string
  name: string
  title: string
  department: string
  since: string
  until: string | null
  roles: { id: string; role: (typeof BUYING_ROLES)[number] }[]
}
type Whole = {
  city: string
  country: string
  segment: string
  use_case: string
  urgency: AccountRow['urgency']
  constraints: string
  last_at: Date
  created_at: Date
  owner: string | null
  domains: string[]
  externals: string[]
  above: Edge[]
  below: Edge[]
  descendants: number
  people: Worker[]
}

/** What stands on an account, in one question. What was merged into its company is read as its own. */
async function wholeAccount(tx: Tx, accountId: string, organizationId: string): Promise<Whole> {
  const list = (rows: ReturnType<typeof sql>) => sql`(select coalesce(json_agg(x), '[]') from (${rows}) x)`
  const ours = behind('vendor_organizations', organizationId)
  const company = sql`(select a.id from accounts a where a.organization_id = o.id) as account, o.id as organization, o.name, o.legal_suffix as suffix`
  const edge = (end: 'parent_id' | 'child_id', other: 'parent_id' | 'child_id') =>
    list(sql`select e.id, e.kind, e.started_on as since, e.ended_on as until, ${company} from organization_edges e
      join vendor_organizations o on o.id = e.${sql.identifier(other)}
      where e.${sql.identifier(end)} in ${ours} order by e.ended_on is not null, o.name limit 100`)
  const keysOf = (
    kind: 'domain' | 'external',
  ) => sql`(select coalesce(json_agg(x.value_norm), '[]') from (select k.value_norm from identity_keys k
    where k.organization_id in ${ours} and k.kind = ${kind} order by k.created_at limit 20) x)`
  const [row] =
    await tx.execute<Whole>(sql`select o.city, o.country, a.segment, a.use_case, a.urgency, a.constraints, a.last_at, a.created_at,
      (select h.id from handles h where h.person_id = a.owner_id order by h.created_at limit 1) as owner,
      ${keysOf('domain')} as domains,
      ${keysOf('external')} as externals,
      ${edge('child_id', 'parent_id')} as above, ${edge('parent_id', 'child_id')} as below,
      (select count(distinct c.descendant_id)::int from organization_closure c where c.ancestor_id in ${ours}) as descendants,
      ${list(sql`select c.id as contact, c.name, f.title, f.department, f.started_on as since, f.ended_on as until,
          (select coalesce(json_agg(json_build_object('id', r.id, 'role', r.role) order by r.role), '[]') from buying_roles r
            where r.account_id in (select w.id from accounts w where w.organization_id in ${ours}) and r.contact_id in ${behind('contacts', sql`c.id`)} and r.ended_on is null and f.ended_on is null) as roles
        from vendor_affiliations f join contacts c on c.id = standing_contact(f.contact_id)
        where f.organization_id in ${ours} order by f.ended_on is not null, f.ended_on desc, c.name limit 200`)} as people
    from accounts a join vendor_organizations o on o.id = a.organization_id where a.id = ${accountId}`)
  if (!row) throw new Error('An account without its organisation')
  return row
}

/** /accounts/:id. An account whose company was merged into another leads there. */
export async function accountPage(viewer: PersonViewer, id: string) {
  const { it, whole, elsewhere } = await transaction(viewer, async (tx) => {
    const found = await staffAccount(tx, viewer, id)
    const [standing] = found.mergedInto
      ? await tx.execute<{ id: string }>(sql`with recursive onward(id, into_id) as (
          select id, merged_into from vendor_organizations where id = ${found.organizationId}
          union all select o.id, o.merged_into from vendor_organizations o join onward w on o.id = w.into_id)
        select a.id from onward w join accounts a on a.organization_id = w.id where w.into_id is null`)
      : []
    return { it: found, whole: await wholeAccount(tx, found.accountId, found.organizationId), elsewhere: standing?.id ?? null }
  })
  const names = await handlesShown([whole.owner], { vendorId: it.vendorId })
  return {
    elsewhere,
    account: {
      id: it.accountId,
      organizationId: it.organizationId,
      name: it.name,
      suffix: it.legalSuffix,
      ...{ city: whole.city, country: whole.country, segment: whole.segment, useCase: whole.use_case, urgency: whole.urgency },
      ...{ constraints: whole.constraints, domains: whole.domains, externals: whole.externals },
      lastAt: new Date(whole.last_at),
      since: new Date(whole.created_at),
      owner: whole.owner ? (names.get(whole.owner) ?? null) : null,
    },
    vendor: { slug: it.vendorSlug, name: it.vendorName },
    ...{ above: whole.above, below: whole.below, descendants: whole.descendants, people: whole.people },
    today: today(),
    may: { keep: can(viewer, 'account.keep', it) },
  }
}

/** The form of an account, empty or as it stands. */
export async function accountForm(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const colleagues = await transaction(viewer, (tx) => colleaguesOf(tx, vendor.vendorId))
  return { vendor: { slug: vendor.vendorSlug, name: vendor.vendorName }, colleagues, me: viewer.handle }
}
