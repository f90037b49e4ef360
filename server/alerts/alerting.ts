import { eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { alertRules, alerts } from '~/db/schema'
import { record, type Happened, type Payload } from '~/server/events'
import { systemViewer } from '~/server/viewer'
import { reasonFor, USUAL, type Reason, type Rules } from './rules'

const job = systemViewer('alerts')

type Watched = 'vault.read' | 'vault.read-often' | 'vault.refused'

/** Follows a reading, or one that was refused. May run twice, and however often a vendor reads: one vendor is told of once a day. */
export async function alertOwner(event: Happened): Promise<void> {
  const { personId, handleId, vendorId } = event.payload as Payload<Watched>
  await transaction(job, async (tx) => {
    const [kept] = await tx.select().from(alertRules).where(eq(alertRules.personId, personId))
    const reason = reasonOf(event, kept ?? USUAL)
    if (!reason) return
    const told = await tx
      .insert(alerts)
      .values({ personId, vendorId, day: event.occurredAt.toISOString().slice(0, 10), reason })
      .onConflictDoNothing()
      .returning({ reason: alerts.reason })
    // In nobody’s name: it reaches its owner whomever they have blocked.
    if (told.length > 0) await record(tx, job, 'reading.alerted', { personId, handleId, vendorId, reasonKind: reason })
  })
}

function reasonOf(event: Happened, rules: Rules): Reason | null {
  switch (event.kind as Watched) {
    case 'vault.read':
      return reasonFor(rules, (event.payload as Payload<'vault.read'>).readKind)
    case 'vault.read-often':
      return rules.mostADay === null ? null : 'often'
    case 'vault.refused':
      return rules.refused ? 'refused' : null
  }
}
