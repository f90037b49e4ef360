import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { closeDates, opportunities, planSteps } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now, today } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { staffAccount } from '~/server/identity'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { staffOpportunity, vendorBuying, type Head, type VendorHead } from './facts'
import type { DateInput, OpportunityInput, StepInput } from './input'
import { stagesOf } from './staging'

/** A plan that nobody can read in one go is no plan. */
const MOST_STEPS = 60
const MOST_MOVES = 100

/** The form of a new opportunity: it stands on an account, always. */
export async function opportunityForm(viewer: PersonViewer, accountId: string) {
  return transaction(viewer, async (tx) => {
    const account = await staffAccount(tx, viewer, accountId)
    const vendor = await vendorBuying(tx, viewer, account.vendorSlug)
    authorize(viewer, 'opportunity.keep', vendor)
    const asked = await stagesOf(tx, vendor.vendorId)
    return {
      account: { id: account.accountId, name: account.name },
      vendor: head(vendor),
      motions: [...new Set(asked.map(({ motion }) => motion))],
    }
  })
}

const head = ({ vendorSlug, vendorName }: VendorHead) => ({ slug: vendorSlug, name: vendorName })

/** Opens one, with what its motion asks of the customer as the commitments of its plan. */
export async function openOpportunity(viewer: PersonViewer, accountId: string, input: OpportunityInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  if (input.expected < today()) throw new Invalid({ expected: 'past' })
  return transaction(viewer, async (tx) => {
    const account = await staffAccount(tx, viewer, accountId)
    const vendor = await vendorBuying(tx, viewer, account.vendorSlug)
    authorize(viewer, 'opportunity.keep', vendor)
    const asked = (await stagesOf(tx, vendor.vendorId)).filter(({ motion }) => motion === input.motion)
    if (asked.length === 0) throw new Invalid({ motion: 'opportunity.noStages' })
    const opportunityId = newId()
    const of = { vendorId: vendor.vendorId, opportunityId }
    const { name, motion, amount, currency } = input
    await tx.insert(opportunities).values({
      ...{ id: opportunityId, vendorId: vendor.vendorId, accountId: account.accountId, name, motion, amount, currency },
      createdBy: viewer.personId,
    })
    await tx.insert(closeDates).values({ id: newId(), ...of, nth: 1, day: input.expected, saidBy: viewer.personId, saidAt: now() })
    await tx.insert(planSteps).values(
      asked.map((stage) => ({
        id: newId(),
        ...of,
        side: 'theirs' as const,
        stageId: stage.id,
        place: stage.position,
        what: stage.sentence,
        createdBy: viewer.personId,
      })),
    )
    await record(tx, viewer, 'opportunity.opened', { ...of, accountId: account.accountId })
    return opportunityId
  })
}

/** Another day, and why. The one before it stays. */
export async function moveDate(viewer: PersonViewer, opportunityId: string, { day, reason }: DateInput): Promise<void> {
  if (day < today()) throw new Invalid({ day: 'past' })
  await kept(viewer, opportunityId, async (tx, it) => {
    const of = { vendorId: it.vendorId, opportunityId: it.opportunityId }
    const [now_] = await tx.execute<{ nth: number; day: string }>(
      sql`select nth, day::text from close_dates where opportunity_id = ${it.opportunityId} order by nth desc limit 1`,
    )
    if (!now_) throw new NotFound()
    if (now_.day === day) throw new Invalid({ day: 'opportunity.sameDay' })
    if (now_.nth >= MOST_MOVES) throw new Conflict('opportunity.movedOften')
    await tx.insert(closeDates).values({ id: newId(), ...of, nth: now_.nth + 1, day, reason, saidBy: viewer.personId, saidAt: now() })
    await record(tx, viewer, 'opportunity.date-moved', of)
  })
}

/** Something that one side does by a day. What enters a stage is no step that somebody adds. */
export async function addStep(viewer: PersonViewer, opportunityId: string, { what, side, due }: StepInput): Promise<void> {
  if (due < today()) throw new Invalid({ due: 'past' })
  await kept(viewer, opportunityId, async (tx, it) => {
    const of = { vendorId: it.vendorId, opportunityId: it.opportunityId }
    const [{ count } = { count: 0 }] = await tx.execute<{ count: number }>(
      sql`select count(*)::int as count from plan_steps where opportunity_id = ${it.opportunityId}`,
    )
    if (count >= MOST_STEPS) throw new Conflict('opportunity.longPlan')
    const stepId = newId()
    await tx.insert(planSteps).values({ id: stepId, ...of, side, what, dueOn: due, createdBy: viewer.personId })
    await record(tx, viewer, 'plan.step-added', { ...of, stepId })
  })
}

type Work = (tx: Parameters<Parameters<typeof transaction>[1]>[0], it: Head) => Promise<void>

async function kept(viewer: PersonViewer, opportunityId: string, work: Work): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  try {
    await transaction(viewer, async (tx) => {
      const it = await staffOpportunity(tx, viewer, opportunityId)
      authorize(viewer, 'opportunity.keep', it)
      await work(tx, it)
    })
  } catch (error) {
    if (['close_dates_of', 'close_dates_in_order'].includes(refusedBy(error) ?? '')) throw new Conflict('conflict')
    throw error
  }
}
