import { transaction } from '~/db/client'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { can, mustBeFound } from '~/server/policy'
import { followThread, threadFacts, threadsById } from '~/server/threads'
import { systemViewer, type Viewer } from '~/server/viewer'

/**
 * Somebody who was about to ask found the answer. Who is signed in follows the thread; that a question was spared is counted
 * without saying whose.
 */
export async function foundAnswer(viewer: Viewer, threadId: string, from: string) {
  const thread = await threadFacts(threadId)
  if (!thread) throw new NotFound()
  mustBeFound(viewer, 'thread.view', thread)
  await countAgainst('answer-found-from', from)
  if (can(viewer, 'thread.follow', thread)) await followThread(viewer, threadId)
  await transaction(systemViewer('search'), (tx) =>
    record(tx, systemViewer('search'), 'question.deflected', { communityId: thread.communityId, threadId, vendorId: thread.vendorId }),
  )
  return thread
}

/** The thread that answered it, as far as the viewer may see it. */
export async function answeredBy(viewer: Viewer, number: string, idOf: (number: string) => Promise<string>) {
  const threadId = await idOf(number)
  const thread = (await threadsById(viewer, [threadId])).get(threadId)
  if (!thread) throw new NotFound()
  return { number: thread.number, slug: thread.slug, title: thread.title }
}
