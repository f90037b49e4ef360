import { and, asc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { isId } from '~/db/ids'
import { communities, threadClaims, threads } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { communityBySlug } from '~/server/communities'
import { authorize, can } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { fresh } from './claiming'
import { threadsById } from './thread-list'
import type { Claim, ThreadRow, WaitingView } from './types'
import { visibleTo } from './visibility'

const ON_A_PAGE = 25
/** More than this is said to be more. */
export const MOST_COUNTED = 99

/** What each view holds, and since when a question waits there. Each has an index that says the same. */
const WAITS: Record<WaitingView, { open: SQL; since: SQL<Date> }> = {
  unanswered: { open: sql`${threads.answerCount} = 0`, since: sql<Date>`${threads.createdAt}` },
  // Answers that came with an import wait for nobody until the asker says something.
  vendor: {
    open: sql`(${threads.acceptedPostId} is null and ${threads.answeredAt} is null and (${threads.answerCount} = 0 or ${threads.askerSaidAt} is not null))`,
    since: sql<Date>`coalesce(${threads.askerSaidAt}, ${threads.createdAt})`,
  },
  asker: {
    open: sql`(${threads.acceptedPostId} is null and ${threads.answeredAt} is not null)`,
    since: sql<Date>`${threads.answeredAt}`,
  },
  unaccepted: { open: sql`(${threads.acceptedPostId} is null and ${threads.answerCount} > 0)`, since: sql<Date>`${threads.createdAt}` },
}

export type WaitingRow = ThreadRow & {
  since: Date
  /** By when somebody should have answered, where the room has said so. */
  dueAt: Date | null
  overdue: boolean
  claim: Claim | null
  mayClaim: boolean
}

/** A room's questions by whose turn it is, the longest waiting first: for its moderators and the vendor's staff. */
export async function waitingPage(viewer: Viewer, slug: string, wanted: { view: WaitingView; cursor?: string | null; now: Date }) {
  const room = await communityBySlug(viewer, slug)
  authorize(viewer, 'waiting.view', room, 'thread.waitingOnly')
  const { communityId, name, vendorId, responseTargetHours } = room
  const view = wanted.view === 'vendor' && !vendorId ? 'unanswered' : wanted.view
  const [{ rows, next }, counts] = await Promise.all([
    longestWaiting(viewer, communityId, view, wanted.cursor),
    countsOf(viewer, communityId),
  ])
  const [shown, claimers] = await Promise.all([
    threadsById(
      viewer,
      rows.map((row) => row.threadId),
    ),
    handlesShown(
      rows.flatMap((row) => row.claimedBy ?? []),
      { communityId },
    ),
  ])
  const me = viewer.kind === 'person' ? viewer.handleId : null
  const promised = view === 'unanswered' || view === 'vendor' ? responseTargetHours : null
  return {
    ...{ communityId, slug, name, vendorId, view, responseTargetHours, next },
    views: (['unanswered', 'vendor', 'asker', 'unaccepted'] as const)
      .filter((one) => one !== 'vendor' || vendorId)
      .map((one) => ({ view: one, count: counts[one] })),
    threads: rows.flatMap(({ threadId, since, claimedBy, claimedAt, facts }): WaitingRow[] => {
      const row = shown.get(threadId)
      const by = claimedBy && claimers.get(claimedBy)
      const dueAt = promised ? new Date(since.getTime() + promised * 3_600_000) : null
      return row
        ? [
            {
              ...row,
              since,
              dueAt,
              overdue: dueAt !== null && dueAt <= wanted.now,
              claim: by && claimedAt ? { by, mine: claimedBy === me, at: claimedAt } : null,
              mayClaim: can(viewer, 'thread.claim', {
                ...facts,
                communityId,
                access: room.access,
                vendorId,
                hidden: row.hidden,
                locked: row.locked,
              }),
            },
          ]
        : []
    }),
  }
}

const waitingIn = (viewer: Viewer, communityId: string, view: WaitingView) =>
  and(
    eq(threads.communityId, communityId),
    WAITS[view].open,
    eq(threads.kind, 'question'),
    isNull(threads.hiddenByDecisionId),
    isNull(threads.lockedByDecisionId),
    eq(threads.importedLocked, false),
    visibleTo(viewer),
  )

async function longestWaiting(viewer: Viewer, communityId: string, view: WaitingView, cursor?: string | null) {
  const { since } = WAITS[view]
  const [at = '', id = ''] = (cursor ?? '').split('_')
  const further =
    isId(id) && /^\d{1,16}$/.test(at) ? sql`(${since}, ${threads.id}) > (to_timestamp(${at}::numeric / 1000000), ${id}::uuid)` : undefined
  const found = await db
    .select({
      threadId: threads.id,
      since: sql<Date>`${since}`.mapWith(threads.createdAt),
      // Microseconds, as the database has them.
      key: sql<string>`(extract(epoch from ${since}) * 1000000)::bigint::text`,
      claimedBy: threadClaims.handleId,
      claimedAt: threadClaims.claimedAt,
      facts: { handleId: threads.handleId },
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .leftJoin(threadClaims, and(eq(threadClaims.threadId, threads.id), fresh()))
    .where(and(waitingIn(viewer, communityId, view), further))
    .orderBy(asc(since), asc(threads.id))
    .limit(ON_A_PAGE + 1)
  const rows = found.slice(0, ON_A_PAGE)
  const last = rows.at(-1)
  return { rows, next: found.length > ON_A_PAGE && last ? `${last.key}_${last.threadId}` : null }
}

async function countsOf(viewer: Viewer, communityId: string): Promise<Record<WaitingView, number>> {
  const counted = (view: WaitingView) =>
    sql<number>`(select count(*)::int from (select 1 from ${threads} join ${communities} on ${communities.id} = ${threads.communityId}
      where ${waitingIn(viewer, communityId, view)} limit ${MOST_COUNTED + 1}) counted)`
  const [row] = await db.execute<Record<WaitingView, number>>(
    sql`select ${counted('unanswered')} as unanswered, ${counted('vendor')} as vendor, ${counted('asker')} as asker, ${counted('unaccepted')} as unaccepted`,
  )
  return row ?? { unanswered: 0, vendor: 0, asker: 0, unaccepted: 0 }
}
