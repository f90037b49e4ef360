import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { memberships } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { communityBySlug, lockedCommunity, personAsking } from './facts'
import type { JoinInput, ProspectInput } from './input'
import { countMembers, letIn } from './members'
import { askToJoin } from './requesting'

/** Joins an open community, or asks to join one by request. Twice is once. */
export async function joinCommunity(viewer: Viewer, slug: string, input: JoinInput): Promise<'joined' | 'asked'> {
  const { access } = await communityBySlug(viewer, slug)
  if (access === 'request') return askToJoin(viewer, slug, input)
  return transaction<'joined'>(viewer, async (tx) => {
    const community = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'community.join', community, community.access === 'open' ? 'community.suspendedHere' : 'community.notOpen')
    await letIn(tx, viewer, community, personAsking(viewer))
    return 'joined'
  })
}

/** Returns whether the one who left may still know of it. */
export async function leaveCommunity(viewer: Viewer, slug: string): Promise<boolean> {
  return transaction(viewer, async (tx) => {
    const community = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'community.leave', community, 'community.notMember')
    const { communityId, vendorId } = community
    const { personId } = personAsking(viewer)
    const left = await tx
      .delete(memberships)
      .where(and(eq(memberships.communityId, communityId), eq(memberships.personId, personId)))
      .returning({ personId: memberships.personId })
    if (left.length > 0) {
      await countMembers(tx, communityId, -1)
      await record(tx, viewer, 'community.left', { communityId, personId, vendorId })
    }
    return community.access !== 'invitation'
  })
}

/** “I am considering this product”: the person's own word, in this community. It makes the prospect seat, and can be taken back. */
export async function sayProspect(viewer: Viewer, slug: string, { considering }: ProspectInput): Promise<void> {
  await transaction(viewer, async (tx) => {
    const community = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'prospect.say', community, 'community.notMember')
    const { communityId, vendorId } = community
    const { personId } = personAsking(viewer)
    const yes = considering === 'yes'
    const mine = and(eq(memberships.communityId, communityId), eq(memberships.personId, personId))
    const said = await tx
      .update(memberships)
      .set({ saysProspect: yes ? now() : null })
      .where(and(mine, yes ? isNull(memberships.saysProspect) : isNotNull(memberships.saysProspect)))
      .returning({ personId: memberships.personId })
    if (said.length > 0) await record(tx, viewer, yes ? 'prospect.said' : 'prospect.unsaid', { communityId, personId, vendorId })
  })
}
