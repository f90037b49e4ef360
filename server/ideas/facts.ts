import { and, eq } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { ideas, posts } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { foundThread, threadIdOf, type KnownThread } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import type { IdeaStatus } from './rules'

export type KnownIdea = KnownThread & { postId: string; status: IdeaStatus }

/** The idea, or NotFound: for those who may not know of it, and where the thread is none. `within` a transaction it stays as it is. */
export async function foundIdea(viewer: Viewer, threadId: string, within?: Tx): Promise<KnownIdea> {
  const thread = await foundThread(viewer, threadId, within)
  if (within && thread.standsInId) throw new Conflict('thread.mergedMeanwhile')
  const [idea] = await (within ?? db)
    .select({ status: ideas.status, postId: posts.id })
    .from(ideas)
    .innerJoin(posts, and(eq(posts.threadId, ideas.threadId), eq(posts.kind, 'opening')))
    .where(eq(ideas.threadId, threadId))
  if (!idea) throw new NotFound()
  return { ...thread, ...idea }
}

export const ideaNumbered = async (viewer: Viewer, number: string) => foundIdea(viewer, await threadIdOf(number))

export const idsOf = ({ communityId, threadId, postId, vendorId }: KnownIdea) => ({ communityId, threadId, postId, vendorId })
