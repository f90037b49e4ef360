import { and, eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { threadMutes } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { foundThread, idsOf, writer } from '~/server/threads'
import type { Viewer } from '~/server/viewer'

/** Nothing of this thread reaches the viewer any more, by any channel, whatever they have to do with it. */
export async function muteThread(viewer: Viewer, threadId: string) {
  const { thread, person } = await threadToMute(viewer, threadId)
  return transaction(viewer, async (tx) => {
    const { personId } = person
    const muted = await tx
      .insert(threadMutes)
      .values({ personId, threadId, createdAt: now() })
      .onConflictDoUpdate({
        target: [threadMutes.personId, threadMutes.threadId],
        set: { mailOnly: false },
        setWhere: eq(threadMutes.mailOnly, true),
      })
      .returning({ threadId: threadMutes.threadId })
    if (muted.length > 0) await record(tx, viewer, 'thread.muted', idsOf(thread))
    return thread
  })
}

export async function unmuteThread(viewer: Viewer, threadId: string) {
  const { thread, person } = await threadToMute(viewer, threadId)
  return transaction(viewer, async (tx) => {
    const heard = await tx
      .delete(threadMutes)
      .where(and(eq(threadMutes.personId, person.personId), eq(threadMutes.threadId, threadId), eq(threadMutes.mailOnly, false)))
      .returning({ threadId: threadMutes.threadId })
    if (heard.length > 0) await record(tx, viewer, 'thread.unmuted', idsOf(thread))
    return thread
  })
}

async function threadToMute(viewer: Viewer, threadId: string) {
  const thread = await foundThread(viewer, threadId)
  authorize(viewer, 'thread.mute', thread)
  return { thread, person: writer(viewer) }
}
