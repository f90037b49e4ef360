import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { stages } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import type { PersonViewer } from '~/server/viewer'
import { vendorBuying, type Motion } from './facts'
import type { StageInput } from './input'

/** More of them say nothing more of the customer; the database holds it. */
const MOST_STAGES = 5

type Stage = { id: string; motion: Motion; position: number; sentence: string }

export async function stagesOf(tx: Tx, vendorId: string): Promise<Stage[]> {
  return tx
    .select({ id: stages.id, motion: stages.motion, position: stages.position, sentence: stages.sentence })
    .from(stages)
    .where(and(eq(stages.vendorId, vendorId), isNull(stages.retiredAt)))
    .orderBy(stages.motion, stages.position)
}

/** /vendors/:slug/stages */
export async function stagesPage(viewer: PersonViewer, vendorSlug: string) {
  return transaction(viewer, async (tx) => {
    const vendor = await vendorBuying(tx, viewer, vendorSlug)
    return {
      vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
      stages: await stagesOf(tx, vendor.vendorId),
      most: MOST_STAGES,
      may: { define: can(viewer, 'stage.define', vendor) },
    }
  })
}

/** What a customer does to enter it, in one sentence. It is asked of opportunities that are opened from now on. */
export async function defineStage(viewer: PersonViewer, vendorSlug: string, { motion, sentence }: StageInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  return unlessTaken(() =>
    transaction(viewer, async (tx) => {
      const vendor = await vendorBuying(tx, viewer, vendorSlug)
      authorize(viewer, 'stage.define', vendor)
      const { vendorId } = vendor
      const position = 1 + (await stagesOf(tx, vendorId)).filter((one) => one.motion === motion).length
      if (position > MOST_STAGES) throw new Conflict('stage.tooMany')
      const stageId = newId()
      await tx.insert(stages).values({ id: stageId, vendorId, motion, position, sentence, createdBy: viewer.personId })
      await record(tx, viewer, 'stage.defined', { vendorId, stageId })
      return stageId
    }),
  )
}

/** Asked of no new opportunity. Where it is asked already it stays. Those after it move up. */
export async function retireStage(viewer: PersonViewer, vendorSlug: string, stageId: string): Promise<void> {
  if (!isId(stageId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const vendor = await vendorBuying(tx, viewer, vendorSlug)
    authorize(viewer, 'stage.define', vendor)
    const { vendorId } = vendor
    const [found] = await tx
      .select({ retiredAt: stages.retiredAt, motion: stages.motion, position: stages.position })
      .from(stages)
      .where(and(eq(stages.vendorId, vendorId), eq(stages.id, stageId)))
      .for('update')
    if (!found) throw new NotFound()
    if (found.retiredAt) return
    await tx.update(stages).set({ retiredAt: now() }).where(eq(stages.id, stageId))
    const after = sql`${stages.vendorId} = ${vendorId} and ${stages.motion} = ${found.motion} and ${stages.retiredAt} is null`
    for (let place = found.position + 1; place <= MOST_STAGES; place += 1)
      await tx
        .update(stages)
        .set({ position: place - 1 })
        .where(sql`${after} and ${stages.position} = ${place}`)
    await record(tx, viewer, 'stage.retired', { vendorId, stageId })
  })
}

async function unlessTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (refusedBy(error) === 'stages_in_order') throw new Conflict('conflict')
    throw error
  }
}
