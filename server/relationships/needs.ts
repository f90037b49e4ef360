import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { visibleTo } from './facts'
import { nameOf } from './parts'

/** What was promised is looked at so far ahead. */
const AHEAD_DAYS = 7
/** A question that nobody answered for so long is no longer waited for. */
const ASKED_DAYS = 90
const OF_EACH = 40

/** Why somebody needs the viewer: what the viewer promised, or what they wait for an answer to. */
export type Need = {
  kind: 'commitment' | 'case' | 'wrong' | 'why' | 'question'
  /** What was promised or contested, the field, or what was asked; null where that is not open to the viewer any more. */
  words: string | null
  caseId: string | null
  thread: { slug: string; number: number } | null
  since: Date
  due: Date | null
  late: boolean
}
export type InNeed = { relationshipId: string; member: HandleInfo | null; needs: Need[] }

type Row = {
  kind: Need['kind']
  relationship_id: string
  handle_id: string
  words: string | null
  case_id: string | null
  slug: string | null
  number: number | null
  since: string
  due: string | null
}

/**
 * The people of a vendor who need this one of its staff, whoever needs them most in front: what is overdue, then who waits longest, then what
 * falls due next. Their own promises; cases, questions and contests that are theirs or nobody’s. At most forty of each kind.
 */
export async function whoNeeds(viewer: PersonViewer, vendor: { vendorId: string }): Promise<InNeed[]> {
  authorize(viewer, 'relationship.view', vendor)
  const [me, moment] = [sql`${viewer.personId}::uuid`, now()]
  const day = (days: number) => sql`${new Date(moment.getTime() + days * 86_400_000).toISOString()}::timestamptz`
  const theirs = sql`${visibleTo(viewer)} and relationships.vendor_id = ${vendor.vendorId}::uuid`
  // A case shows its question to staff only where everybody, or they themselves, may read it.
  const open = sql`t.hidden_by_decision_id is null and (c.access = 'open' or exists (select 1 from memberships m where m.community_id = c.id and m.person_id = ${me})
    or exists (select 1 from community_moderators m where m.community_id = c.id and m.person_id = ${me} and m.ended_at is null))`
  const rows = await transaction(viewer, (tx) =>
    tx.execute<Row>(sql`
      (select 'commitment' as kind, relationships.id as relationship_id, handle_id, k.what as words, null::uuid as case_id, null::text as slug, null::int as number, k.created_at as since, k.due_at as due
        from relationship_tasks k join relationships on relationships.id = k.relationship_id and ${theirs}
        where k.owner_id = ${me} and k.done_at is null and k.due_at < ${day(AHEAD_DAYS)} order by k.due_at limit ${OF_EACH})
      union all
      (select 'case', relationships.id, relationships.handle_id, case when ${open} then t.title end, x.id, null, null, x.waiting_since, null
        from cases x join relationships on relationships.vendor_id = x.vendor_id and relationships.handle_id = x.handle_id and ${theirs}
          join threads t on t.id = x.thread_id join communities c on c.id = t.community_id
        where x.vendor_id = ${vendor.vendorId}::uuid and x.state = 'waiting-vendor' and (x.assigned_to is null or x.assigned_to = ${viewer.handleId}::uuid)
        order by x.waiting_since limit ${OF_EACH})
      union all
      (select x.kind, relationships.id, handle_id, x.about, null, null, null, x.created_at, x.due_at
        from relationship_contests x join relationships on relationships.id = x.relationship_id and ${theirs}
        where x.answered_at is null and (owner_id is null or owner_id = ${me}) order by x.due_at limit ${OF_EACH})
      union all
      (select 'question', relationships.id, relationships.handle_id, t.title, null, c.slug, t.number, t.created_at, null
        from communities c join threads t on t.community_id = c.id join relationships on relationships.handle_id = t.handle_id and ${theirs}
        where c.host_vendor_id = ${vendor.vendorId}::uuid and c.access = 'open' and t.kind = 'question' and t.answer_count = 0 and t.hidden_by_decision_id is null
          and t.merged_into_id is null and t.created_at > ${day(-ASKED_DAYS)} and t.handle_id <> ${viewer.handleId}::uuid
        order by t.created_at limit ${OF_EACH})`),
  )
  const names = await handlesShown(
    rows.map((row) => row.handle_id),
    vendor,
  )
  const people = new Map<string, InNeed>()
  for (const row of rows.map((found) => ({ ...found, need: needOf(found, moment) })).sort((one, other) => first(one.need, other.need))) {
    const known = people.get(row.relationship_id)
    if (known) known.needs.push(row.need)
    else people.set(row.relationship_id, { relationshipId: row.relationship_id, member: nameOf(names, row.handle_id), needs: [row.need] })
  }
  return [...people.values()]
}

function needOf(row: Row, moment: Date): Need {
  const due = row.due ? new Date(row.due) : null
  return {
    kind: row.kind,
    words: row.words,
    caseId: row.case_id,
    thread: row.slug !== null && row.number !== null ? { slug: row.slug, number: row.number } : null,
    since: new Date(row.since),
    due,
    late: due !== null && due < moment,
  }
}

/** What is overdue goes first; a wait began in the past, and so stands before what falls due. */
function first(one: Need, other: Need): number {
  const at = ({ due, since, kind }: Need) => (kind === 'commitment' && due ? due : since).getTime()
  return Number(other.late) - Number(one.late) || at(one) - at(other)
}
