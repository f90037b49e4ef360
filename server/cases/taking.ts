import { eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { cases, handles } from '~/db/schema'
import { Conflict } from '~/server/errors'
import { record } from '~/server/events'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { heldCase, idsOf } from './facts'

/** A colleague has it from now on. `seen` is the handle of whoever had it on the page: another one since then is a Conflict. */
export async function takeCase(viewer: PersonViewer, caseId: string, seen?: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const it = await heldCase(tx, viewer, caseId)
    authorize(viewer, 'case.serve', it, 'case.staffOnly')
    if (it.assignedTo === viewer.handleId) return
    const [holder] = it.assignedTo ? await tx.select({ handle: handles.handle }).from(handles).where(eq(handles.id, it.assignedTo)) : []
    if (holder && holder.handle !== seen) throw new Conflict('case.takenMeanwhile')
    await tx.update(cases).set({ assignedTo: viewer.handleId }).where(eq(cases.id, caseId))
    await record(tx, viewer, 'case.taken', idsOf(it))
  })
}

export async function letGoOfCase(viewer: PersonViewer, caseId: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const it = await heldCase(tx, viewer, caseId)
    authorize(viewer, 'case.serve', it, 'case.staffOnly')
    if (it.assignedTo !== viewer.handleId) return
    await tx.update(cases).set({ assignedTo: null }).where(eq(cases.id, caseId))
    await record(tx, viewer, 'case.let-go', idsOf(it))
  })
}
