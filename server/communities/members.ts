import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { communities, membershipRequests, memberships } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import type { Viewer } from '~/server/viewer'

type Joiner = { personId: string; handleId?: string }

/** Lets somebody in, by whichever door they came, and leaves the trace. Whoever is a member already stays one. */
export async function letIn(
  tx: Tx,
  viewer: Viewer,
  { communityId, vendorId }: { communityId: string; vendorId: string | null },
  joiner: Joiner,
): Promise<void> {
  if (!(await becomeMember(tx, communityId, joiner))) return
  const { personId } = joiner
  // A request that still waited has become needless.
  await tx
    .update(membershipRequests)
    .set({ state: 'withdrawn' })
    .where(
      and(
        eq(membershipRequests.communityId, communityId),
        eq(membershipRequests.personId, personId),
        eq(membershipRequests.state, 'waiting'),
      ),
    )
  await record(tx, viewer, 'community.joined', { communityId, personId, vendorId })
}

/** The row and the count. False when they were a member already. */
export async function becomeMember(tx: Tx, communityId: string, { personId, handleId }: Joiner): Promise<boolean> {
  const handle = handleId ?? sql`(select id from handles where person_id = ${personId} order by created_at limit 1)`
  const joined = await tx
    .insert(memberships)
    .values({ communityId, personId, handleId: handle, joinedAt: now() })
    .onConflictDoNothing()
    .returning({ personId: memberships.personId })
  if (joined.length > 0) await countMembers(tx, communityId, 1)
  return joined.length > 0
}

export async function countMembers(tx: Tx, communityId: string, by: 1 | -1) {
  await tx
    .update(communities)
    .set({ memberCount: sql`${communities.memberCount} + ${by}` })
    .where(eq(communities.id, communityId))
}

/** Threads are counted here, in the transaction that shows or hides them. */
export async function countThreads(tx: Tx, communityId: string, by: number) {
  await tx
    .update(communities)
    .set({ threadCount: sql`${communities.threadCount} + ${by}` })
    .where(eq(communities.id, communityId))
}
