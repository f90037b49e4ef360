import { sql, type SQL } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handleOfPerson, handlesShown } from '~/server/accounts'
import { cursorFrom, ENTRIES_A_PAGE, entriesOf, olderThan, withActors, type EntryShown } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { staffAccount, type AccountHead } from './facts'

const COUNTED_DAYS = 90

export type AccountTimeline = {
  entries: EntryShown[]
  older: string | null
  /** How many of its people let the vendor tie what they do to the record. */
  people: number
  /** How many of their answers were accepted in the last ninety days. */
  answered: number
}

/**
 * What happened with a company, newest first: what those of its people did who said that they are who the vendor keeps, and who grant it the
 * relationship; and what belongs to nobody: opportunities, what was signed, and who took the account over. The people are found first, by their
 * grants, so that a company without any is as quick to read as one with many.
 */
export async function accountTimeline(viewer: PersonViewer, accountId: string, before: string | null): Promise<AccountTimeline> {
  const { vendorId, page, counted } = await transaction(viewer, async (tx) => {
    const it = await staffAccount(tx, viewer, accountId)
    return { vendorId: it.vendorId, ...(await gathered(tx, viewer, it, before)) }
  })
  const names = await handlesShown(
    page.entries.map(({ actorHandleId }) => actorHandleId),
    { vendorId },
  )
  return { entries: withActors(page.entries, names), older: page.older, ...counted }
}

/** A page of it, for whoever has found the account already. Whose acts are read, the database finds by itself; two questions. */
export async function gathered(tx: Tx, viewer: PersonViewer, it: Pick<AccountHead, 'accountId' | 'vendorId'>, before: string | null) {
  const most = ENTRIES_A_PAGE + 1
  const [beforeAt = null, beforeId = null] = cursorFrom(before)
  const own = (at: SQL, id: SQL, rest: SQL, from: SQL) =>
    sql`(select null::uuid, ${at}, ${id}, ${rest} ${from} ${olderThan(before, at, id)} order by ${at} desc, ${id} desc limit ${most})`
  const account = sql`${it.accountId}::uuid`
  // A vendor that works with opportunities no more finds them again when it does.
  const on = sql`buying_is_on(${it.vendorId}::uuid)`
  const opportunities = sql`from opportunities o where o.account_id = ${account} and ${on}`
  const page = await entriesOf(
    tx,
    viewer,
    sql`select * from (
        select relationship_id, occurred_at, interaction_id, kind, side, actor_handle_id, object_kind, object_id from account_acts(${account}, ${beforeAt}::timestamptz, ${beforeId}::uuid, ${most})
        union all ${own(sql`o.created_at`, sql`o.id`, sql`'opportunity.opened', 'ours', ${handleOfPerson(sql`o.created_by`)}, 'opportunity', o.id`, opportunities)}
        union all ${own(sql`c.recorded_at`, sql`c.id`, sql`case c.nth when 1 then 'contract.signed' else 'contract.amended' end, 'ours', ${handleOfPerson(sql`c.recorded_by`)}, 'opportunity', c.opportunity_id`, sql`from contracts c where c.account_id = ${account} and ${on}`)}
        union all ${own(sql`t.said_at`, sql`t.id`, sql`'opportunity.ended', t.side, ${handleOfPerson(sql`t.said_by`)}, 'opportunity', t.opportunity_id`, sql`from outcomes t where t.opportunity_id in (select o.id ${opportunities})`)}
        union all ${own(sql`s.done_at`, sql`s.id`, sql`'plan.step-done', s.side, ${handleOfPerson(sql`s.done_by`)}, 'step', s.id`, sql`from plan_steps s where s.done_at is not null and s.opportunity_id in (select o.id ${opportunities})`)}
        union all ${own(sql`w.ended_at`, sql`w.id`, sql`'hand-off.accepted', 'ours', ${handleOfPerson(sql`w.ended_by`)}, null, null::uuid`, sql`from hand_offs w where w.account_id = ${account} and w.outcome = 'accepted'`)}) x
      order by occurred_at desc, interaction_id desc limit ${most}`,
  )
  const [counted = { people: 0, answered: 0 }] = await tx.execute<{ people: number; answered: number }>(
    sql`select * from account_answers(${account}, now() - make_interval(days => ${COUNTED_DAYS}))`,
  )
  return { page, counted }
}
