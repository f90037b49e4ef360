import { newId } from '~/db/ids'
import { moderationNotes } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import type { Viewer } from '~/server/viewer'
import { idsOf, moderating } from './claiming'
import type { NoteInput } from './input'

/** A word to the other moderators. Nobody else reads it, whom it concerns included. */
export async function noteOn(viewer: Viewer, kind: string, id: string, { body }: NoteInput) {
  if (viewer.kind === 'person') await countAgainst('write-down', viewer.personId)
  return moderating(viewer, kind, id, async (tx, { subject, moderator }) => {
    await tx.insert(moderationNotes).values({
      id: newId(),
      subjectKind: subject.kind,
      subjectId: subject.id,
      communityId: subject.communityId,
      handleId: moderator.handleId,
      body,
      createdAt: now(),
    })
    await record(tx, viewer, 'item.noted', idsOf(subject))
    return subject
  })
}
