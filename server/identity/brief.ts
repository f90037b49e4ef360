import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { staffRecordPage } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { ATTRIBUTE_KEYS } from '~/server/vault'
import { list } from './duplicates'
import { accountPage } from './reading'

/** Nobody meets more people of one company than these and needs a brief. */
const MOST_BRIEFED = 8
const LAST_ACTS = 3
const LAST_NOTES = 3

/**
 * What staff read before they meet a company: its aims, its people, what each of them shares now and what they do not, what was promised and what
 * happened last; and apart from these what colleagues think. Reading it is reading what was granted, and is written down like that.
 */
export async function accountBrief(viewer: PersonViewer, accountId: string) {
  const page = await accountPage(viewer, accountId)
  const here = page.people.filter(({ until }) => !until).slice(0, MOST_BRIEFED)
  const linked = await transaction(viewer, (tx) =>
    tx.execute<{ contact: string; record: string }>(sql`select l.contact_id as contact, r.id as record from contact_links l
      join relationships r on r.vendor_id = l.vendor_id and r.handle_id = l.handle_id
      where l.ended_at is null and l.contact_id in ${list(here.map(({ contact }) => contact))}`),
  )
  const people = await Promise.all(
    here.map(async (person) => {
      const record = linked.find(({ contact }) => contact === person.contact)?.record
      return { ...person, record: record ? await onRecord(viewer, record) : null }
    }),
  )
  return {
    elsewhere: page.elsewhere,
    account: page.account,
    vendor: page.vendor,
    people,
    more: page.people.filter(({ until }) => !until).length > here.length,
  }
}

async function onRecord(viewer: PersonViewer, recordId: string) {
  const { record, member, theirs, tasks, meetings, notes, states, timeline } = await staffRecordPage(viewer, recordId, {
    before: null,
    purpose: null,
  })
  const shared = new Set(theirs.values.map(({ key }) => key))
  return {
    id: record.id,
    member,
    vendor: record.vendor.name,
    states: states.filter(({ confirmedAt }) => confirmedAt).map(({ state }) => state),
    values: theirs.values,
    withheld: ATTRIBUTE_KEYS.filter((key) => !shared.has(key)),
    asked: theirs.asked,
    open: tasks.filter(({ doneAt }) => !doneAt),
    lastMeeting: meetings[0] ?? null,
    acts: timeline.entries.slice(0, LAST_ACTS),
    notes: notes.slice(0, LAST_NOTES),
  }
}
