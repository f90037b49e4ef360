import { eq } from 'drizzle-orm'
import { db } from '~/db/client'
import { recommendationRequests } from '~/db/schema'
import { communityBySlug } from '~/server/communities'
import { record } from '~/server/events'
import { authorize } from '~/server/policy'
import { askPage, openThread } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import type { RequestInput } from './input'

/** Whom would you use? Asked in rooms that no vendor hosts and that are about no product, so that no vendor has a say in them. */
export async function requestRecommendations(viewer: Viewer, communitySlug: string, input: RequestInput) {
  authorize(viewer, 'request.make', await peerRoom(viewer, communitySlug), 'request.notHere')
  const { title, body, tags, organisationSize, industry, mustHaves, budget } = input
  return openThread(viewer, communitySlug, 'question', { title, body, tags }, async (tx, { threadId, communityId, postId, createdAt }) => {
    await tx
      .insert(recommendationRequests)
      .values({ threadId, organisationSize, industry, mustHaves: mustHaves ?? '', budget: budget ?? '', createdAt })
    await record(tx, viewer, 'request.made', { communityId, threadId, postId })
  })
}

/** The form, for whoever may ask there; visitors may look at it, as at any form for asking. */
export async function requestPage(viewer: Viewer, communitySlug: string) {
  const room = await peerRoom(viewer, communitySlug)
  const { communityId, slug, name, signedIn } = await askPage(viewer, communitySlug)
  if (viewer.kind !== 'visitor' || room.hosted) authorize(viewer, 'request.make', room, 'request.notHere')
  return { communityId, slug, name, signedIn }
}

async function peerRoom(viewer: Viewer, slug: string) {
  const room = await communityBySlug(viewer, slug)
  return { ...room, hosted: room.vendorId !== null }
}

export async function isRequest(threadId: string): Promise<boolean> {
  const found = await db
    .select({ id: recommendationRequests.threadId })
    .from(recommendationRequests)
    .where(eq(recommendationRequests.threadId, threadId))
  return found.length > 0
}
