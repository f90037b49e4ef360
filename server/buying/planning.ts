import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { planPeople, planSteps } from '~/db/schema'
import { personByHandle } from '~/server/accounts'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { ownSeat, staffOpportunity } from './facts'
import type { EvidenceInput, InvitationInput, PlanAnswerInput } from './input'

const MOST_PEOPLE = 20
/** Too short to show anything to whoever reads it later. */
const SHORTEST_EVIDENCE = 10

/** Asks somebody whom the vendor deals with to speak for the customer. They are on the plan once they say so. */
export async function inviteToPlan(viewer: PersonViewer, opportunityId: string, { handle }: InvitationInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  try {
    await transaction(viewer, async (tx) => {
      const it = await staffOpportunity(tx, viewer, opportunityId)
      authorize(viewer, 'opportunity.keep', it)
      const { vendorId } = it
      const person = await personByHandle(handle.replace(/^@/, ''), tx)
      const [known] = person
        ? await tx.execute<{ company: string; people: number }>(sql`
            select concat_ws(' ', o.name, nullif(o.legal_suffix, '')) as company,
              (select count(*)::int from plan_people p where p.opportunity_id = ${it.opportunityId}) as people
            from accounts a join vendor_organizations o on o.id = a.organization_id
            where a.id = ${it.accountId} and exists (select 1 from relationships r where r.vendor_id = ${vendorId} and r.handle_id = ${person.handleId})`)
        : []
      // Whoever is not known to the vendor, and whoever is not there: the same words.
      if (!person || !known) throw new Invalid({ handle: 'plan.notKnown' })
      if (known.people >= MOST_PEOPLE) throw new Conflict('plan.full')
      await tx.insert(planPeople).values({
        ...{ id: newId(), vendorId, opportunityId: it.opportunityId, personId: person.personId, handleId: person.handleId },
        ...{ company: known.company, invitedBy: viewer.personId, invitedAt: now() },
      })
      await record(tx, viewer, 'plan.invited', { vendorId, opportunityId: it.opportunityId, handleId: person.handleId })
    })
  } catch (error) {
    const wrong = refusedBy(error)
    if (wrong === 'contact_budget') throw new Invalid({ handle: 'reach.spent' })
    if (wrong === 'plan_people_are_customers') throw new Invalid({ handle: 'plan.staff' })
    if (wrong === 'plan_people_once') throw new Invalid({ handle: 'plan.invitedAlready' })
    throw error
  }
}

/** They say that they speak for the customer, or that they do not, or no longer. What they did stays theirs. */
export async function answerPlan(viewer: PersonViewer, opportunityId: string, { answer }: PlanAnswerInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const seat = await ownSeat(tx, viewer, opportunityId)
    authorize(viewer, 'plan.answer', seat)
    const ids = { vendorId: seat.vendorId, opportunityId: seat.opportunityId, handleId: seat.handleId }
    if (answer === 'accept' && seat.acceptedAt) return
    await tx
      .update(planPeople)
      .set(answer === 'accept' ? { acceptedAt: now() } : { endedAt: now() })
      .where(and(eq(planPeople.id, seat.seatId), isNull(planPeople.endedAt)))
    await record(tx, viewer, answer === 'accept' ? 'plan.joined' : 'plan.left', ids)
  })
}

export type Step = {
  stepId: string
  opportunityId: string
  vendorId: string
  vendorName: string
  side: 'ours' | 'theirs'
  stageId: string | null
  what: string
  company: string
  doneAt: Date | null
  /** Those who speak for the customer. */
  speakers: string[]
  /** The same, and those who are asked to. */
  seated: string[]
}

/** A step as either side finds it; for anybody else it does not exist. */
export async function stepFor(tx: Tx, viewer: PersonViewer, id: string): Promise<Step> {
  if (!isId(id)) throw new NotFound()
  const [step] = await tx.execute<Step>(sql`
    select s.id as "stepId", s.opportunity_id as "opportunityId", s.vendor_id as "vendorId", v.name as "vendorName", s.side, s.stage_id as "stageId", s.what,
      s.done_at as "doneAt", coalesce((select o.name from opportunities w join accounts a on a.id = w.account_id join vendor_organizations o on o.id = a.organization_id
        where w.id = s.opportunity_id), (select p.company from plan_people p where p.opportunity_id = s.opportunity_id and p.person_id = ${viewer.personId}::uuid and p.ended_at is null), '') as company,
      (select coalesce(json_agg(p.person_id), '[]') from plan_people p
        where p.opportunity_id = s.opportunity_id and p.accepted_at is not null and p.ended_at is null) as speakers,
      (select coalesce(json_agg(p.person_id), '[]') from plan_people p where p.opportunity_id = s.opportunity_id and p.ended_at is null) as seated
    from plan_steps s join vendors v on v.id = s.vendor_id where s.id = ${id} and buying_is_on(s.vendor_id)`)
  if (!step) throw new NotFound()
  mustBeFound(viewer, 'step.view', step)
  return step
}

/** /steps/:id: what doing it means, or the sentence that says why it is not theirs to do. */
export async function stepPage(viewer: PersonViewer, id: string) {
  return transaction(viewer, async (tx) => {
    const step = await stepFor(tx, viewer, id)
    const { speakers: _, seated: __, ...shown } = step
    const serves = can(viewer, 'opportunity.view', step)
    return {
      step: { ...shown, doneAt: step.doneAt ? new Date(step.doneAt) : null },
      serves,
      may: { complete: can(viewer, 'step.complete', step) },
    }
  })
}

/**
 * Does a step, with what shows it. A commitment enters its stage: at this time, by this person. Staff are refused with the sentence that
 * defines the stage; the database refuses them again.
 */
export async function completeStep(
  viewer: PersonViewer,
  id: string,
  input: EvidenceInput,
): Promise<{ opportunityId: string; serves: boolean }> {
  await countAgainst('write-down', viewer.personId)
  const { evidence = '', link = '' } = input
  return transaction(viewer, async (tx) => {
    const step = await stepFor(tx, viewer, id)
    const serves = can(viewer, 'opportunity.view', step)
    if (!can(viewer, 'step.complete', step)) throw new Forbidden(refusalOf(step), { customer: step.company, sentence: step.what })
    if (step.stageId && !link && evidence.trim().length < SHORTEST_EVIDENCE) throw new Invalid({ evidence: 'plan.needsEvidence' })
    const [done] = await tx
      .update(planSteps)
      .set({ doneBy: viewer.personId, doneAt: now(), evidence: evidence.trim(), link })
      .where(and(eq(planSteps.id, step.stepId), isNull(planSteps.doneAt)))
      .returning({ id: planSteps.id })
    if (!done) throw new Conflict('plan.doneAlready')
    const ids = { vendorId: step.vendorId, opportunityId: step.opportunityId, stepId: step.stepId }
    await record(tx, viewer, 'plan.step-done', ids)
    if (step.stageId) await record(tx, viewer, 'stage.entered', { ...ids, stageId: step.stageId })
    return { opportunityId: step.opportunityId, serves }
  })
}

const refusalOf = ({ side, stageId }: Step) => (stageId ? 'plan.commitment' : side === 'theirs' ? 'plan.theirs' : 'plan.ours')
