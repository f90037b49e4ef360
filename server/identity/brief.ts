import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { briefsOf } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { among } from './facts'
import { accountPage } from './reading'

/** Nobody meets more people of one company than these and needs a brief. */
const MOST_BRIEFED = 8

/** What staff read before they meet a company: its aims, its people, and of those who are members and said so what they share now. */
export async function accountBrief(viewer: PersonViewer, accountId: string) {
  const { people: everybody, elsewhere, account, vendor } = await accountPage(viewer, accountId)
  // Who works there twice since two became one is met once.
  const working = everybody.filter(
    ({ until, contact }, at) => !until && everybody.findIndex((one) => one.contact === contact && !one.until) === at,
  )
  const here = working.slice(0, MOST_BRIEFED)
  const linked = await transaction(viewer, (tx) =>
    tx.execute<{ contact: string; record: string }>(sql`
      with recursive behind(id, contact) as (select x.id, x.id from ${among(here.map(({ contact }) => contact))} x(id)
        union all select c.id, b.contact from contacts c join behind b on c.merged_into = b.id)
      select distinct on (b.contact) b.contact, r.id as record from behind b join contact_links l on l.contact_id = b.id and l.ended_at is null
        join relationships r on r.vendor_id = l.vendor_id and r.handle_id = l.handle_id
      order by b.contact, l.started_at desc`),
  )
  const briefs = await briefsOf(
    viewer,
    linked.map(({ record }) => record),
  )
  const people = here.map((person) => {
    const record = linked.find(({ contact }) => contact === person.contact)?.record
    return { ...person, record: briefs.find(({ id }) => id === record) ?? null }
  })
  return { elsewhere, account, vendor, people, more: working.length > here.length }
}
