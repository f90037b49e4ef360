import { and, eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { threadMutes } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { threadFacts } from '~/server/threads'
import type { PersonViewer, Viewer } from '~/server/viewer'

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
  const thread = await threadFacts(threadId)
  if (!thread) throw new NotFound()
  mustBeFound(viewer, 'thread.view', thread)
  authorize(viewer, 'thread.mute', thread)
  return { thread, person: viewer as PersonViewer }
}

const idsOf = ({ communityId, threadId, vendorId }: { communityId: string; threadId: string; vendorId: string | null }) => ({
  communityId,
  threadId,
  vendorId,
})
