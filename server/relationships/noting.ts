import { and, eq, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { relationshipNotes, relationshipTasks } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { staffRecord, type Head } from './facts'
import type { NoteInput, TaskInput } from './input'
import { colleagueCalled } from './owning'

const idsOf = ({ relationshipId, vendorId, handleId }: Head) => ({ relationshipId, vendorId, handleId })

/** An internal note. The person sees that there is one, not what it says. */
export async function noteOnRelationship(viewer: PersonViewer, relationshipId: string, { body }: NoteInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    authorize(viewer, 'relationship.note', it)
    await tx
      .insert(relationshipNotes)
      .values({ id: newId(), relationshipId, authorId: viewer.personId, authorHandleId: viewer.handleId, body })
    await record(tx, viewer, 'relationship.noted', idsOf(it))
  })
}

/** Something to do, with a colleague who owns it and a day by which it is due. */
export async function assignTask(viewer: PersonViewer, relationshipId: string, { what, owner, due }: TaskInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  const dueAt = endOfDue(due)
  return transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    authorize(viewer, 'relationship.assign-task', it)
    const ownerId = await colleagueCalled(tx, it.vendorId, owner)
    const taskId = newId()
    await tx.insert(relationshipTasks).values({ id: taskId, relationshipId, what, ownerId, dueAt, createdBy: viewer.personId })
    await record(tx, viewer, 'task.assigned', { ...idsOf(it), taskId })
    return taskId
  })
}

/** A task further away than this is a wish. */
const FURTHEST_YEARS = 5

/** The end of the day by which something is due. Throws Invalid for a day that is over, and for one that is too far away. */
export function endOfDue(due: string): Date {
  const dueAt = new Date(`${due}T23:59:59.000Z`)
  if (dueAt < now()) throw new Invalid({ due: 'past' })
  if (dueAt.getUTCFullYear() > now().getUTCFullYear() + FURTHEST_YEARS) throw new Invalid({ due: 'tooFar' })
  return dueAt
}

/** Marks a task as done; done twice is done once. */
export async function finishTask(viewer: PersonViewer, relationshipId: string, taskId: string): Promise<void> {
  if (!isId(taskId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    authorize(viewer, 'relationship.assign-task', it)
    const [task] = await tx
      .select({ doneAt: relationshipTasks.doneAt })
      .from(relationshipTasks)
      .where(and(eq(relationshipTasks.id, taskId), eq(relationshipTasks.relationshipId, relationshipId)))
      .for('update')
    if (!task) throw new NotFound()
    if (task.doneAt) return
    await tx
      .update(relationshipTasks)
      .set({ doneAt: sql`now()`, doneBy: viewer.personId })
      .where(eq(relationshipTasks.id, taskId))
    await record(tx, viewer, 'task.done', { ...idsOf(it), taskId })
  })
}
