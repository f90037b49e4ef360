import { transaction } from '~/db/client'
import { Conflict } from '~/server/errors'
import { authorize } from '~/server/policy'
import { askableOf, askForFields } from '~/server/vault'
import type { AskInput } from '~/server/vault/input'
import type { PersonViewer } from '~/server/viewer'
import { staffRecord, type Head } from './facts'
import { recordHead } from './reading'

/** Asks the person of a record for fields of their vault. */
export async function askOnRecord(viewer: PersonViewer, relationshipId: string, input: AskInput): Promise<void> {
  const it = await transaction(viewer, (tx) => staffRecord(tx, viewer, relationshipId))
  await askForFields(viewer, asked(it), input)
}

/** The form: what may be asked for now, of which nobody learns whether it is kept. */
export async function askOnRecordPage(viewer: PersonViewer, relationshipId: string) {
  const fields = await transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    authorize(viewer, 'grant.ask', asked(it))
    return askableOf(tx, asked(it), '')
  })
  return { ...(await recordHead(viewer, relationshipId)), fields }
}

/** Nobody stands behind the handle of something imported, or of whoever has gone. */
function asked({ personId, handleId, vendorId }: Head) {
  if (!personId) throw new Conflict('conflict')
  return { personId, handleId, vendorId }
}
