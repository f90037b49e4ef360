import { eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { threads } from '~/db/schema'
import { now } from '~/server/platform/clock'
import type { PersonViewer } from '~/server/viewer'
import { REMINDERS } from './rules'

type Spoken = { threadId: string; askerHandleId: string; vendorId: string | null }

/** Whose turn it is after somebody wrote: the asker's once they are answered, others' once the asker speaks. */
export async function turnAfter(tx: Tx, said: Spoken, by: Pick<PersonViewer, 'handleId' | 'staffOf'>, kind: 'answer' | 'comment') {
  if (by.handleId === said.askerHandleId) return askerSpoke(tx, said.threadId)
  const forTheVendor = by.staffOf.some((seat) => seat.vendorId === said.vendorId)
  if (kind === 'answer' || forTheVendor)
    await tx
      .update(threads)
      .set({ answeredAt: sql`coalesce(${threads.answeredAt}, ${now().toISOString()}::timestamptz)` })
      .where(eq(threads.id, said.threadId))
}

/** Who has said something about their answers is not reminded of them any more. */
export async function askerSpoke(tx: Tx, threadId: string) {
  const reminders = sql`case when ${threads.answeredAt} is null then ${threads.reminders} else ${REMINDERS.length} end`
  await tx.update(threads).set({ askerSaidAt: now(), answeredAt: null, reminders }).where(eq(threads.id, threadId))
}

/** Something came of it that is no post: it is among the active ones again. */
export async function stirThread(tx: Tx, threadId: string, at: Date) {
  await tx
    .update(threads)
    .set({ activeAt: sql`greatest(${threads.activeAt}, ${at.toISOString()}::timestamptz)` })
    .where(eq(threads.id, threadId))
}
