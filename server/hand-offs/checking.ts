import { and, eq, isNull, lte } from 'drizzle-orm'
import { handOffs } from '~/db/schema'
import { record } from '~/server/events'
import { checkDue } from '~/server/operations'

/** Every minute: tells of what is due soon, once three quarters of its time have passed, and of what nobody took in time. */
export async function checkHandOffs(): Promise<void> {
  const { id: handOffId, vendorId, dueAt } = handOffs
  await checkDue('check-hand-offs', {
    claim: (tx, at, most) =>
      tx
        .select({ handOffId, vendorId, dueAt })
        .from(handOffs)
        .where(and(isNull(handOffs.endedAt), isNull(handOffs.missedAt), lte(handOffs.nextCheckAt, at)))
        .orderBy(handOffs.nextCheckAt)
        .limit(most)
        .for('update', { skipLocked: true }),
    mark: (tx, one, how) => tx.update(handOffs).set(how).where(eq(handOffId, one.handOffId)),
    tell: (tx, job, { dueAt: _, ...about }, missed) =>
      missed ? record(tx, job, 'hand-off.missed', about) : record(tx, job, 'hand-off.warned', about),
  })
}
