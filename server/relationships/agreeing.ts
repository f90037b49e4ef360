import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { relationshipContests, relationshipStates } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import { withinBudget } from '~/server/reaching'
import type { PersonViewer } from '~/server/viewer'
import { ownRecord, staffRecord, type Head } from './facts'
import type { ContestAnswerInput, ContestInput, StateAnswerInput, StateInput, WhyInput } from './input'

const idsOf = ({ relationshipId, vendorId, handleId }: Head) => ({ relationshipId, vendorId, handleId })

/** The vendor says that somebody is its customer or partner. It shows as a seat once the person says so too. */
export async function proposeState(viewer: PersonViewer, relationshipId: string, { state }: StateInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await withinBudget(() =>
    transaction(viewer, async (tx) => {
      const it = await staffRecord(tx, viewer, relationshipId)
      authorize(viewer, 'relationship.note', it)
      const stateId = newId()
      const made = await tx
        .insert(relationshipStates)
        .values({ id: stateId, relationshipId, state, vendorConfirmedBy: viewer.personId, vendorConfirmedAt: sql`now()` })
        .onConflictDoNothing()
        .returning({ id: relationshipStates.id })
      if (made.length === 0) throw new Conflict('relationship.stateStands')
      await record(tx, viewer, 'relationship.state-proposed', { ...idsOf(it), stateId })
    }),
  )
}

/** The person says yes or no to it. A yes can be taken back later by a no. */
export async function answerState(viewer: PersonViewer, vendorSlug: string, { stateId, answer }: StateAnswerInput): Promise<void> {
  if (!isId(stateId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const it = await ownRecord(tx, viewer, vendorSlug)
    const [found] = await tx
      .select()
      .from(relationshipStates)
      .where(and(eq(relationshipStates.id, stateId), eq(relationshipStates.relationshipId, it.relationshipId)))
      .for('update')
    if (!found) throw new NotFound()
    authorize(viewer, 'relationship.confirm-state', it)
    if (found.endedAt) throw new Conflict('conflict')
    if (answer === 'decline') {
      await tx
        .update(relationshipStates)
        .set({ endedAt: sql`now()` })
        .where(eq(relationshipStates.id, stateId))
      await record(tx, viewer, 'relationship.state-ended', { ...idsOf(it), stateId })
    } else if (!found.personConfirmedAt) {
      await tx
        .update(relationshipStates)
        .set({ personConfirmedAt: sql`now()` })
        .where(eq(relationshipStates.id, stateId))
      await record(tx, viewer, 'relationship.state-confirmed', { ...idsOf(it), stateId })
    }
  })
}

/** The person says what is wrong on their own record; the vendor answers beside it. */
export async function contestRecord(viewer: PersonViewer, vendorSlug: string, { about, body }: ContestInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await ownRecord(tx, viewer, vendorSlug)
    authorize(viewer, 'relationship.contest', it)
    const contestId = newId()
    await tx.insert(relationshipContests).values({ id: contestId, relationshipId: it.relationshipId, about, body })
    await record(tx, viewer, 'relationship.contested', { ...idsOf(it), contestId })
  })
}

/** “Why do you have this?”, of one field that the vendor may read or could: it has to say so within a fortnight. Asked twice, it is asked once. */
export async function askWhy(viewer: PersonViewer, vendorSlug: string, { field }: WhyInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await ownRecord(tx, viewer, vendorSlug)
    authorize(viewer, 'relationship.contest', it)
    const [granted] = await tx.execute(sql`select 1 from grants g join grant_attributes a on a.grant_id = g.id
      where g.person_id = ${viewer.personId}::uuid and g.vendor_id = ${it.vendorId}::uuid and a.key = ${field} limit 1`)
    if (!granted) throw new NotFound()
    const contestId = newId()
    const asked = await tx
      .insert(relationshipContests)
      .values({ id: contestId, relationshipId: it.relationshipId, kind: 'why', about: field, body: '' })
      .onConflictDoNothing()
      .returning({ id: relationshipContests.id })
    if (asked.length > 0) await record(tx, viewer, 'field.questioned', { ...idsOf(it), contestId })
  })
}

/** The vendor answers what was contested, once. */
export async function answerContest(
  viewer: PersonViewer,
  relationshipId: string,
  contestId: string,
  { answer }: ContestAnswerInput,
): Promise<void> {
  if (!isId(contestId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    authorize(viewer, 'relationship.note', it)
    const [contest] = await tx
      .select({ answeredAt: relationshipContests.answeredAt })
      .from(relationshipContests)
      .where(and(eq(relationshipContests.id, contestId), eq(relationshipContests.relationshipId, relationshipId)))
      .for('update')
    if (!contest) throw new NotFound()
    const answered = await tx
      .update(relationshipContests)
      .set({ answer, answeredBy: viewer.personId, answeredAt: sql`now()` })
      .where(and(eq(relationshipContests.id, contestId), isNull(relationshipContests.answeredAt)))
      .returning({ id: relationshipContests.id })
    if (answered.length === 0) throw new Conflict('relationship.answered')
    await record(tx, viewer, 'relationship.answered', { ...idsOf(it), contestId })
  })
}
