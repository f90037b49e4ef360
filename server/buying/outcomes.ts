import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { outcomes } from '~/db/schema'
import { Conflict } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { ownSeat, staffOpportunity, type Seat } from './facts'
import type { OutcomeInput } from './input'

type Side = 'ours' | 'theirs'
export type Ended = { side: Side; outcome: OutcomeInput['outcome']; reason: string; at: string; by: string | null }

/** How it ended, as each side said it; the customer's own words stand first. */
export async function endsOf(tx: Tx, opportunityId: string): Promise<Ended[]> {
  const rows = await tx.execute<Ended>(sql`select o.side, o.outcome, o.reason, o.said_at::text as at,
      (select h.id from handles h where h.person_id = o.said_by order by (h.id in (select p.handle_id from plan_people p where p.opportunity_id = o.opportunity_id)) desc, h.created_at limit 1) as by
    from outcomes o where o.opportunity_id = ${opportunityId} order by o.side = 'theirs' desc limit 2`)
  return [...rows]
}

/** /opportunities/:id/outcome: what staff were told. */
export async function endForm(viewer: PersonViewer, opportunityId: string) {
  return transaction(viewer, async (tx) => {
    const it = await staffOpportunity(tx, viewer, opportunityId)
    authorize(viewer, 'opportunity.end', it)
    const [account] = await tx.execute<{ company: string }>(
      sql`select o.name as company from accounts a join vendor_organizations o on o.id = a.organization_id where a.id = ${it.accountId}`,
    )
    const said = (await endsOf(tx, it.opportunityId)).some(({ side }) => side === 'ours')
    return { id: it.opportunityId, name: it.name, company: account?.company ?? '', said }
  })
}

/** Staff say how it ended and what reason the customer gave them. It is marked as told, and is not the customer's word. */
export async function endOpportunity(viewer: PersonViewer, opportunityId: string, input: OutcomeInput): Promise<void> {
  await saidOnce(viewer, async (tx) => {
    const it = await staffOpportunity(tx, viewer, opportunityId)
    authorize(viewer, 'opportunity.end', it)
    await end(tx, viewer, it, 'ours', input)
  })
}

/** /me/plans/:id/outcome: what somebody who speaks for the customer says themselves. */
export async function sayForm(viewer: PersonViewer, opportunityId: string) {
  return transaction(viewer, async (tx) => {
    const seat = await speaking(tx, viewer, opportunityId)
    const said = (await endsOf(tx, seat.opportunityId)).some(({ side }) => side === 'theirs')
    return { id: seat.opportunityId, name: seat.name, vendor: seat.vendorName, company: seat.company, said }
  })
}

export async function sayOutcome(viewer: PersonViewer, opportunityId: string, input: OutcomeInput): Promise<void> {
  await saidOnce(viewer, async (tx) => end(tx, viewer, await speaking(tx, viewer, opportunityId), 'theirs', input))
}

async function speaking(tx: Tx, viewer: PersonViewer, opportunityId: string): Promise<Seat> {
  const seat = await ownSeat(tx, viewer, opportunityId)
  authorize(viewer, 'outcome.say', seat)
  return seat
}

async function end(tx: Tx, viewer: PersonViewer, of: { vendorId: string; opportunityId: string }, side: Side, input: OutcomeInput) {
  const { vendorId, opportunityId } = of
  const { outcome, reason } = input
  await tx.insert(outcomes).values({ id: newId(), vendorId, opportunityId, side, outcome, reason, saidBy: viewer.personId, saidAt: now() })
  await record(tx, viewer, 'opportunity.ended', { vendorId, opportunityId, endKind: outcome, sideKind: side })
}

async function saidOnce(viewer: PersonViewer, work: (tx: Tx) => Promise<void>): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  try {
    await transaction(viewer, work)
  } catch (error) {
    if (refusedBy(error) === 'outcomes_once') throw new Conflict('outcome.once')
    throw error
  }
}
