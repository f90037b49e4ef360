import { eq } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { cases } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { turnClocks } from '~/server/operations'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { heldCase, idsOf, mayWrite, type KnownCase } from './facts'
import { turn } from './messaging'

/** Either side may close it; closed twice is closed once, by the first. */
export async function closeCase(viewer: PersonViewer, caseId: string): Promise<void> {
  await countAgainst('case', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await heldCase(tx, viewer, caseId)
    authorize(viewer, 'case.close', it, 'case.notNow')
    if (it.state !== 'closed') await close(tx, viewer, it)
  })
}

/** `by` an answer that the asker let out of it. */
export async function close(tx: Tx, viewer: PersonViewer, it: KnownCase, by: { answerId?: string } = {}): Promise<void> {
  const at = now()
  await tx.update(cases).set({ state: 'closed', closedBy: viewer.handleId, waitingSince: at, lastAt: at }).where(eq(cases.id, it.caseId))
  await turnClocks(tx, it, 'closed')
  await record(tx, viewer, 'case.closed', { ...idsOf(it), ...by })
}

/** Whoever opens it again, it is the vendor’s turn; an offer waits for its asker. */
export async function reopenCase(viewer: PersonViewer, caseId: string): Promise<void> {
  await countAgainst('case', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await heldCase(tx, viewer, caseId)
    mayWrite(viewer, it)
    if (it.state !== 'closed') return
    await turn(tx, it, it.continuedAt ? 'waiting-vendor' : 'waiting-asker')
    await record(tx, viewer, 'case.reopened', idsOf(it))
  })
}
