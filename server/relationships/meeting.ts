import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { relationshipMeetings, relationshipTasks } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now, today } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { staffRecord } from './facts'
import type { MeetingInput } from './input'

const DAY_MS = 86_400_000
/** What came of a meeting is written down within a year, or not at all. */
const DAYS_BACK = 366
/** A next step is taken within a week, where nobody names a day. */
const DAYS_FOR_NEXT = 7

/**
 * Writes down what came of a meeting, for both sides to read. Its next step, if there is one, becomes the writer’s own task. Without a day it
 * was today.
 */
export async function logMeeting(viewer: PersonViewer, relationshipId: string, input: MeetingInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  const heldOn = input.heldOn ?? today()
  if (heldOn > today()) throw new Invalid({ heldOn: 'meeting.notYet' })
  if (new Date(heldOn).getTime() < now().getTime() - DAYS_BACK * DAY_MS) throw new Invalid({ heldOn: 'meeting.tooLongAgo' })
  return transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    authorize(viewer, 'relationship.note', it)
    const [meetingId, { personId, handleId }] = [newId(), viewer]
    const ids = { relationshipId, vendorId: it.vendorId, handleId: it.handleId }
    await tx
      .insert(relationshipMeetings)
      .values({ id: meetingId, relationshipId, heldOn, outcome: input.outcome, loggedBy: personId, loggerHandleId: handleId })
    await record(tx, viewer, 'meeting.logged', { ...ids, meetingId })
    if (input.next) {
      const [taskId, due] = [newId(), new Date(now().getTime() + DAYS_FOR_NEXT * DAY_MS).toISOString().slice(0, 10)]
      const dueAt = new Date(`${due}T23:59:59.000Z`)
      await tx
        .insert(relationshipTasks)
        .values({ id: taskId, relationshipId, what: input.next, ownerId: personId, dueAt, createdBy: personId })
      await record(tx, viewer, 'task.assigned', { ...ids, taskId })
    }
    return meetingId
  })
}
