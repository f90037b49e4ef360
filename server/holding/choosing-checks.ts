import { eq, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { roomChecks } from '~/db/schema'
import { communityBySlug } from '~/server/communities'
import { Forbidden } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { readsChecks } from './checking'
import type { ChecksInput } from './input'

/** What the moderators of a room want to read before others do. */
export async function checksPage(viewer: Viewer, slug: string) {
  const { communityId, name } = await mayChoose(viewer, slug)
  return { slug, name, ...(await transaction(viewer, (tx) => readsChecks(tx, communityId))) }
}

export async function changeChecks(viewer: Viewer, slug: string, { words, domains, approval }: ChecksInput): Promise<void> {
  const { communityId } = await mayChoose(viewer, slug)
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  const chosen = { words, domains, approval, changedBy: viewer.handleId, changedAt: now() }
  await transaction(viewer, async (tx) => {
    // Several at once: the second finds what the first chose.
    await tx.execute(sql`select 1 from communities where id = ${communityId}::uuid for no key update`)
    const [before] = await tx.select().from(roomChecks).where(eq(roomChecks.communityId, communityId))
    if (before && JSON.stringify([before.words, before.domains, before.approval]) === JSON.stringify([words, domains, approval])) return
    await tx
      .insert(roomChecks)
      .values({ communityId, ...chosen })
      .onConflictDoUpdate({ target: roomChecks.communityId, set: chosen })
    await record(tx, viewer, 'checks.chosen', { communityId })
  })
}

async function mayChoose(viewer: Viewer, slug: string) {
  const community = await communityBySlug(viewer, slug)
  authorize(viewer, 'checks.choose', community, 'moderation.queueOnly')
  return community
}
