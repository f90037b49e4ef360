import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import type { CURRENCIES } from '~/db/kinds'
import { newId } from '~/db/ids'
import { closeDates, opportunities, planSteps } from '~/db/schema'
import { record } from '~/server/events'
import { now, today } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { say } from '~/words'
import { stagesOf } from './staging'

const job = systemViewer('open-renewals')
/** Long enough before the notice for a customer to think, and to go elsewhere. */
const DAYS_BEFORE_NOTICE = 60
/** By when somebody has asked them: in the first half of that. */
const DAYS_TO_ASK = 30
const AT_ONCE = 100

type Due = {
  contractId: string
  vendorId: string
  accountId: string
  opportunityId: string
  ownerId: string
  name: string
  amount: string
  currency: (typeof CURRENCIES)[number]
  until: string
  notice: string
  askBy: string
}

/**
 * The daily look at what ends: each term whose notice comes near gets an opportunity to renew it, once, with a first step for the vendor. One that
 * cannot be opened holds up no other; the job fails with the first of them once it has been through all.
 */
export async function openRenewals(): Promise<void> {
  const failed: unknown[] = []
  for (let after: Due | undefined; ;) {
    const due: Due[] = await transaction(job, (tx) => dueNow(tx, after))
    for (const one of due) await transaction(job, (tx) => openOne(tx, one)).catch((error: unknown) => failed.push(error))
    after = due.at(-1)
    if (due.length < AT_ONCE) break
  }
  if (failed.length > 0) throw failed[0]
}

/** Of each contract only what stands counts, and only where the vendor works with opportunities. */
async function dueNow(tx: Tx, after?: Due): Promise<Due[]> {
  const day = sql`${today()}::date`
  const rows = await tx.execute<Due>(sql`
    select c.id as "contractId", c.vendor_id as "vendorId", c.account_id as "accountId", c.opportunity_id as "opportunityId", a.owner_id as "ownerId", o.name,
      c.amount::text, c.currency, c.ends_on::text as until, c.notice_on::text as notice, least(c.notice_on, ${day} + ${DAYS_TO_ASK}::int)::text as "askBy"
    from contracts c join opportunities o on o.id = c.opportunity_id join accounts a on a.id = c.account_id
    where c.notice_on between ${day} and ${day} + ${DAYS_BEFORE_NOTICE}::int and buying_is_on(c.vendor_id)
      and not exists (select 1 from contracts l where l.opportunity_id = c.opportunity_id and l.nth > c.nth)
      and not exists (select 1 from opportunities r where r.renews_id = c.opportunity_id and r.renews_term = c.ends_on)
      and ${after ? sql`(c.notice_on, c.id) > (${after.notice}::date, ${after.contractId}::uuid)` : sql`true`}
    order by c.notice_on, c.id limit ${AT_ONCE}`)
  return [...rows]
}

async function openOne(tx: Tx, due: Due): Promise<void> {
  const { vendorId, accountId, ownerId, name, amount, currency } = due
  const opportunityId = newId()
  const [opened] = await tx
    .insert(opportunities)
    .values({
      ...{ id: opportunityId, vendorId, accountId, motion: 'renewal', name, amount, currency, createdBy: ownerId },
      ...{ renewsId: due.opportunityId, renewsTerm: due.until },
    })
    .onConflictDoNothing()
    .returning({ id: opportunities.id })
  if (!opened) return
  const of = { vendorId, opportunityId }
  await tx.insert(closeDates).values({ id: newId(), ...of, nth: 1, day: due.notice, saidBy: ownerId, saidAt: now() })
  const asked = (await stagesOf(tx, vendorId)).filter(({ motion }) => motion === 'renewal')
  const commitments = asked.map(({ id: stageId, position: place, sentence: what }) => ({ side: 'theirs' as const, stageId, place, what }))
  const first = { side: 'ours' as const, what: say('renewal.ask'), dueOn: due.askBy }
  await tx.insert(planSteps).values([first, ...commitments].map((step) => ({ id: newId(), ...of, createdBy: ownerId, ...step })))
  await record(tx, job, 'opportunity.opened', { ...of, accountId })
}
