import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { caseNotes } from '~/db/schema'
import { endDraft } from '~/server/drafts'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { foundCase, idsOf } from './facts'
import type { NoteInput } from './input'

/** An internal note. The asker sees that there is one, not what it says. */
export async function noteOnCase(viewer: PersonViewer, caseId: string, input: NoteInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await foundCase(tx, viewer, caseId)
    authorize(viewer, 'case.serve', it, 'case.staffOnly')
    await tx.insert(caseNotes).values({ id: newId(), caseId, handleId: viewer.handleId, body: input.body, createdAt: now() })
    await endDraft(tx, viewer, 'case-note', caseId, input)
    await record(tx, viewer, 'case.noted', idsOf(it))
  })
}
