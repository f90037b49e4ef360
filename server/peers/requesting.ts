import { eq } from 'drizzle-orm'
import { db } from '~/db/client'
import { recommendationRequests } from '~/db/schema'
import { communityBySlug } from '~/server/communities'
import { record } from '~/server/events'
import { authorize, can } from '~/server/policy'
import { askPage, openThread, unnamedFor } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import type { RequestInput } from './input'

/**
 * Whom would you use? Asked in rooms that no vendor hosts and that are about no product, so that no vendor has a say in them. Without a name
 * it is asked under a handle of its own, which leads to nobody; staff of a vendor always say who they are.
 */
export async function requestRecommendations(given: Viewer, communitySlug: string, input: RequestInput) {
  authorize(given, 'request.make', await peerRoom(given, communitySlug), 'request.notHere')
  const { title, body, tags, organisationSize, industry, mustHaves, budget, shownAs } = input
  if (shownAs === 'unnamed') authorize(given, 'request.make-unnamed', null, 'request.staffNamed')
  const unnamed = shownAs === 'unnamed' ? unnamedFor(given) : null
  const viewer = unnamed?.viewer ?? given
  const alongside: Parameters<typeof openThread>[4] = async (tx, { threadId, communityId, postId, createdAt }) => {
    await tx
      .insert(recommendationRequests)
      .values({ threadId, organisationSize, industry, mustHaves: mustHaves ?? '', budget: budget ?? '', createdAt })
    await record(tx, viewer, 'request.made', { communityId, threadId, postId })
  }
  return openThread(viewer, communitySlug, 'question', { title, body, tags }, alongside, unnamed?.make)
}

/** The form, for whoever may ask there; visitors may look at it, as at any form for asking. */
export async function requestPage(viewer: Viewer, communitySlug: string) {
  const room = await peerRoom(viewer, communitySlug)
  const { communityId, slug, name, signedIn } = await askPage(viewer, communitySlug)
  if (viewer.kind !== 'visitor' || room.hosted) authorize(viewer, 'request.make', room, 'request.notHere')
  return { communityId, slug, name, signedIn, mayBeUnnamed: viewer.kind === 'visitor' || can(viewer, 'request.make-unnamed', null) }
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
