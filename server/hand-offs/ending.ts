import { and, eq, isNull } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handOffs, handOffSteps } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { staffHandOff, type HandOffHead } from './facts'
import type { ReturnInput, TickInput, WithdrawInput } from './input'

type Ended = Pick<HandOffHead, 'handOffId' | 'vendorId' | 'accountId' | 'relationshipId' | 'handleId'>

/** From now on the viewer owns what was handed to them. */
export async function acceptHandOff(viewer: PersonViewer, id: string): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await staffHandOff(tx, viewer, id)
    authorize(viewer, 'hand-off.answer', it, 'handOff.notYours')
    await take(tx, viewer, it)
  })
}

/** For whoever is allowed to: the old owner does not own it any more. */
export async function take(tx: Tx, viewer: PersonViewer, it: Ended): Promise<void> {
  await end(tx, viewer, it, 'accepted', '')
  await record(tx, viewer, 'hand-off.accepted', facts(it))
}

/** It goes back to whoever owns it, who reads why. */
export async function returnHandOff(viewer: PersonViewer, id: string, { reason }: ReturnInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await staffHandOff(tx, viewer, id)
    authorize(viewer, 'hand-off.answer', it, 'handOff.notYours')
    await end(tx, viewer, it, 'returned', reason)
    await record(tx, viewer, 'hand-off.returned', facts(it))
  })
}

export async function withdrawHandOff(viewer: PersonViewer, id: string, { reason }: WithdrawInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await staffHandOff(tx, viewer, id)
    authorize(viewer, 'hand-off.withdraw', it, 'handOff.notYours')
    await end(tx, viewer, it, 'withdrawn', reason)
    await record(tx, viewer, 'hand-off.withdrawn', facts(it))
  })
}

/** Something of the list is handed on, or is not after all. */
export async function tickStep(viewer: PersonViewer, id: string, step: string, { done }: TickInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  if (!/^\d{1,2}$/.test(step)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const it = await staffHandOff(tx, viewer, id)
    authorize(viewer, 'hand-off.tick', it)
    if (it.endedAt) throw new Conflict('handOff.ended')
    const ticked = await tx
      .update(handOffSteps)
      .set(done === 'yes' ? { doneBy: viewer.personId, doneAt: now() } : { doneBy: null, doneAt: null })
      .where(and(eq(handOffSteps.handOffId, it.handOffId), eq(handOffSteps.nth, Number(step))))
      .returning({ nth: handOffSteps.nth })
    if (ticked.length === 0) throw new NotFound()
  })
}

async function end(tx: Tx, viewer: PersonViewer, it: Ended, outcome: 'accepted' | 'returned' | 'withdrawn', reason: string): Promise<void> {
  const ended = await tx
    .update(handOffs)
    .set({ outcome, reason, endedBy: viewer.personId, endedAt: now() })
    .where(and(eq(handOffs.id, it.handOffId), isNull(handOffs.endedAt)))
    .returning({ id: handOffs.id })
  if (ended.length === 0) throw new Conflict('handOff.ended')
}

const facts = ({ vendorId, handOffId, accountId, relationshipId, handleId }: Ended) => ({
  vendorId,
  handOffId,
  accountId,
  relationshipId,
  handleId,
})
