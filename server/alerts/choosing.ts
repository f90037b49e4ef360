import { eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { alertRules } from '~/db/schema'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import type { AlertsInput } from './input'
import { USUAL, type Rules } from './rules'

/** /me/alerts: of which readings the viewer is told. */
export async function myAlerts(viewer: PersonViewer): Promise<Rules> {
  authorize(viewer, 'alerts.choose', { personId: viewer.personId })
  const [kept] = await transaction(viewer, (tx) => tx.select().from(alertRules).where(eq(alertRules.personId, viewer.personId)))
  return kept ?? USUAL
}

export async function chooseAlerts(viewer: PersonViewer, { of, most }: AlertsInput): Promise<void> {
  authorize(viewer, 'alerts.choose', { personId: viewer.personId })
  await countAgainst('write-down', viewer.personId)
  const { personId } = viewer
  const chosen: Rules = {
    first: of.includes('first'),
    sensitive: of.includes('sensitive'),
    refused: of.includes('refused'),
    mostADay: most,
  }
  await transaction(viewer, async (tx) => {
    await tx
      .insert(alertRules)
      .values({ personId, ...chosen })
      .onConflictDoUpdate({ target: alertRules.personId, set: chosen })
    await record(tx, viewer, 'alerts.chosen', { personId })
  })
}
