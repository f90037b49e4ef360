import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { erasures, people } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { addJob } from '~/server/platform/jobs'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { say } from '~/words'
import type { EraseInput } from './input'

/** So long it can be called back; the law allows a month. */
const DAYS_TO_THINK = 7
const DAY_MS = 86_400_000

export const waiting = and(isNull(erasures.calledBackAt), isNull(erasures.carriedOutAt))

/**
 * Asks that everything that is somebody's be forgotten, in a week or now. Suspended people may, too; the last operator has to name another
 * first, since nobody else could.
 */
export async function askErasure(viewer: PersonViewer, input: EraseInput): Promise<void> {
  authorize(viewer, 'erasure.ask', null)
  await countAgainst('erase', viewer.personId)
  if (input.handle.replace(/^@/, '').toLowerCase() !== viewer.handle.toLowerCase()) throw new Invalid({ handle: 'erasure.notYourHandle' })
  const shownAs = input.posts === 'credited' ? (input.credit ?? '').trim() : say('erasure.formerMember')
  if (shownAs === '') throw new Invalid({ credit: 'required' })
  await transaction(viewer, async (tx) => {
    if (await isLastOperator(tx, viewer)) throw new Conflict('erasure.lastOperator')
    if (input.posts === 'credited' && (await isSomebodysHandle(tx, viewer, shownAs))) throw new Invalid({ credit: 'erasure.creditTaken' })
    const [asked] = await tx
      .insert(erasures)
      .values({
        id: newId(),
        personId: viewer.personId,
        posts: input.posts,
        shownAs,
        createdAt: now(),
        dueAt: new Date(now().getTime() + (input.when === 'now' ? 0 : DAYS_TO_THINK * DAY_MS)),
      })
      .onConflictDoNothing()
      .returning({ id: erasures.id })
    if (!asked) throw new Conflict('erasure.waitsAlready')
    if (input.when === 'now') await addJob(tx, 'erase', {}, { key: 'erase', maxAttempts: 10 })
    await record(tx, viewer, 'erasure.asked', { personId: viewer.personId, erasureId: asked.id })
  })
}

/** Until it is carried out, it need not be. */
export async function callBackErasure(viewer: PersonViewer): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'erasure.call-back', { personId: viewer.personId })
    const [back] = await tx
      .update(erasures)
      .set({ calledBackAt: now() })
      .where(and(eq(erasures.personId, viewer.personId), waiting))
      .returning({ id: erasures.id })
    if (back) await record(tx, viewer, 'erasure.called-back', { personId: viewer.personId, erasureId: back.id })
  })
}

async function isLastOperator(tx: Tx, viewer: PersonViewer): Promise<boolean> {
  if (!viewer.isOperator) return false
  const others = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.isOperator, true), eq(people.status, 'member'), ne(people.id, viewer.personId)))
    .limit(1)
  return others.length === 0
}

/** Nobody leaves under the name of somebody who is here. */
async function isSomebodysHandle(tx: Tx, viewer: PersonViewer, name: string): Promise<boolean> {
  const [taken] = await tx.execute<{ taken: boolean }>(sql`
    select exists (select 1 from handles where lower(handle) = lower(${name.replace(/^@/, '')}) and id <> ${viewer.handleId}::uuid) as taken`)
  return taken?.taken ?? false
}
