import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import type { Source } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { today } from '~/server/platform/clock'
import { can } from '~/server/policy'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'
import { staffContact } from './contacts'
import { behind, vendorServed } from './facts'
import type { BASES } from '~/db/kinds'
import type { CAME_FROM, CorrectKeptInput } from './input'
import { folded } from './names'
import { likely, placeIn, searched } from './reading'
import { consentsOf, type Consent } from './working'

const A_PAGE = 30

type ContactRow = { id: string; name: string; city: string; ask_by: string | null; last_at: Date; email: string | null }

/** /vendors/:slug/contacts: whom the vendor knows by itself, by last touch. */
export async function contactsOf(viewer: PersonViewer, vendorSlug: string, asked: { search: string; before: string | null }) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const [search, place] = [searched(asked.search), placeIn(asked.before)]
  const name = likely(folded(search) || search.toLowerCase())
  const key = `${likely(search.toLowerCase())}%`
  const rows = await transaction(viewer, (tx) =>
    tx.execute<ContactRow>(sql`
      select c.id, c.name, c.city, c.ask_by, c.last_at,
        (select k.value_raw from identity_keys k where k.contact_id = c.id and k.kind = 'email' order by k.created_at limit 1) as email
      from contacts c where ${servedBy(viewer, sql`c.vendor_id`)} and c.vendor_id = ${vendor.vendorId} and c.merged_into is null
        ${search ? sql`and (c.name_norm like ${`${name}%`} or c.name_norm like ${`% ${name}%`} or exists (select 1 from identity_keys k where k.contact_id = c.id and k.value_norm like ${key}))` : sql``}
        ${place ? sql`and (c.last_at, c.id) < (${place.at}::timestamptz, ${place.id}::uuid)` : sql``}
      order by c.last_at desc, c.id desc limit ${A_PAGE + 1}`),
  )
  const shown = rows.slice(0, A_PAGE)
  const last = shown.at(-1)
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    search,
    contacts: shown.map(({ last_at, ask_by: askBy, ...row }) => ({ ...row, askBy, lastAt: new Date(last_at) })),
    older: rows.length > A_PAGE && last ? `${new Date(last.last_at).toISOString()}_${last.id}` : null,
    may: { keep: can(viewer, 'contact.keep', vendor) },
  }
}

type Kept = { id: string; kind: 'email' | 'phone' | 'external'; value: string; identifies: boolean }
type Whole = {
  name: string
  city: string
  country: string
  came_from: (typeof CAME_FROM)[number]
  came_from_words: string
  basis: (typeof BASES)[number]
  ask_by: string | null
  created_at: Date
  keys: Kept[]
  work: Work[]
  consents: Consent[]
  merged: number
  corrections: { field: CorrectKeptInput['field']; became: string; at: string }[]
  member: string | null
  record: string | null
}
type Work = {
  id: string
  account: string | null
  company: string
  suffix: string
  title: string
  department: string
  main: boolean
  since: string
  until: string | null
  source: Source
}

/** /vendors/:slug/contacts/:id, in one question. What was merged into them is read as their own. */
export async function contactPage(viewer: PersonViewer, vendorSlug: string, asked: string) {
  const { it, whole } = await transaction(viewer, async (tx) => {
    const found = await staffContact(tx, viewer, vendorSlug, asked)
    const id = found.contactId
    const [row] = await tx.execute<Whole>(sql`
      select c.name, c.city, c.country, c.came_from, c.came_from_words, c.basis, c.ask_by, c.created_at,
        (select coalesce(json_agg(x), '[]') from (select k.id, k.kind, k.value_raw as value, k.identifies from identity_keys k
          where k.contact_id in ${behind('contacts', id)} order by k.kind, k.created_at limit 100) x) as keys,
        (select coalesce(json_agg(x), '[]') from (select f.id, o.name as company, o.legal_suffix as suffix, f.title, f.department, f.is_primary and (f.contact_id = c.id or not exists (select 1 from vendor_affiliations m where m.contact_id = c.id and m.is_primary and m.ended_on is null)) as main,
            f.started_on as since, f.ended_on as until, f.source, (select a.id from accounts a where a.organization_id = o.id) as account
          from vendor_affiliations f join vendor_organizations o on o.id = f.organization_id
          where f.contact_id in ${behind('contacts', id)} order by f.ended_on desc nulls first, f.started_on desc, f.id limit 100) x) as work,
        (select coalesce(json_agg(x), '[]') from (select s.channel, s.allowed, s.on from ${consentsOf(id)} s order by s.channel) x) as consents,
        (select coalesce(json_agg(x), '[]') from (select t.field, t.became, t.said_at as at from contact_corrections t
          where t.contact_id in ${behind('contacts', id)} order by t.said_at desc limit 30) x) as corrections,
        (select l.handle_id from contact_links l where l.contact_id in ${behind('contacts', id)} and l.ended_at is null order by l.started_at desc limit 1) as member,
        (select r.id from contact_links l join relationships r on r.vendor_id = c.vendor_id and r.handle_id = l.handle_id
          where l.contact_id in ${behind('contacts', id)} and l.ended_at is null order by l.started_at desc limit 1) as record,
        (select count(*)::int - 1 from ${behind('contacts', id)} b) as merged
      from contacts c where c.id = ${id}`)
    return { it: found, whole: row }
  })
  if (!whole) throw new Error('A contact that was found is not there')
  const names = await handlesShown([whole.member], { vendorId: it.vendorId })
  const { came_from: cameFrom, came_from_words: cameFromWords, ask_by: askBy, created_at, member, ...facts } = whole
  return {
    today: today(),
    vendor: { slug: it.vendorSlug, name: it.vendorName },
    elsewhere: it.contactId !== asked,
    contact: {
      id: it.contactId,
      ...facts,
      cameFrom,
      cameFromWords,
      askBy,
      since: new Date(created_at),
      member: member ? (names.get(member) ?? null) : null,
    },
    may: { keep: can(viewer, 'contact.keep', it), merge: can(viewer, 'records.merge', it) },
  }
}

/** The contact that the person of a record said they are, for staff of its vendor. */
export async function contactOnRecord(viewer: PersonViewer, recordId: string): Promise<{ id: string; name: string } | null> {
  if (!isId(recordId)) return null
  const [found] = await transaction(viewer, (tx) =>
    tx.execute<{ id: string; name: string }>(sql`select c.id, c.name from relationships r
      join contact_links l on l.vendor_id = r.vendor_id and l.handle_id = r.handle_id and l.ended_at is null
      join contacts c on c.id = standing_contact(l.contact_id) where r.id = ${recordId} and ${servedBy(viewer, sql`r.vendor_id`)} limit 1`),
  )
  return found ?? null
}

/** One place where they work still. */
export async function workPage(viewer: PersonViewer, vendorSlug: string, id: string, workId: string) {
  const { contact, ...page } = await contactPage(viewer, vendorSlug, id)
  const work = contact.work.find((one) => one.id === workId && !one.until)
  if (!work) throw new NotFound()
  return { ...page, contact: { id: contact.id, name: contact.name }, work: { id: work.id, company: work.company, since: work.since } }
}

/** The form of a new contact. */
export async function contactForm(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorServed(viewer, vendorSlug)
  return { vendor: { slug: vendor.vendorSlug, name: vendor.vendorName } }
}
