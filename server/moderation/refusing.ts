import { transaction } from '~/db/client'
import { Forbidden, NotFound, ProveFirst, TooMany } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { foundSubject } from './subjects'

type About = { kind: string; id: string } | null

/** Nobody judges their own case. Whoever tries on a recommendation, by whichever act, is refused, and the attempt stays in the log. */
export async function orTold<T>(viewer: Viewer, about: () => About, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const tried = about()
    if (viewer.kind !== 'person' || tried?.kind !== 'recommendation' || !(error instanceof Forbidden) || error instanceof ProveFirst)
      throw error
    await tell(viewer, tried.id)
    throw viewer.staffOf.length > 0 ? new Forbidden('moderation.vendorStaff') : error
  }
}

/** The same for what else staff try on a recommendation that is not theirs to change: to edit, withdraw, confirm or prove it, or to answer for another vendor. */
export async function tellRefused(viewer: Viewer, recommendationId: string): Promise<void> {
  if (viewer.kind === 'person' && viewer.staffOf.length > 0) await tell(viewer, recommendationId)
}

async function tell(viewer: PersonViewer, id: string) {
  if (!(await mayStillTell(viewer))) return
  await transaction(viewer, async (tx) => {
    const { vendorId } = await foundSubject(viewer, tx, 'recommendation', id)
    await record(tx, viewer, 'moderation.refused', { subjectKind: 'recommendation', subjectId: id, vendorId })
  }).catch((error: unknown) => {
    // Of what they may not know of, or what is not there, nothing was tried.
    if (!(error instanceof NotFound)) throw error
  })
}

// A thousand attempts say no more than the first thirty.
async function mayStillTell(viewer: PersonViewer): Promise<boolean> {
  try {
    await countAgainst('flag', `refused:${viewer.personId}`)
    return true
  } catch (error) {
    if (error instanceof TooMany) return false
    throw error
  }
}
