import { and, eq, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { communities, ideas, threads, unnamedContributors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { visibleTo, writer } from '~/server/threads'
import type { HandleInfo, Viewer } from '~/server/viewer'
import type { IdeaStatus } from './rules'

const ON_A_PAGE = 30
/** Of one contributor; the others are a number. */
const TITLES = 5

type Contribution = { number: number; title: string; status: IdeaStatus; mergedInto: string | null }
export type Contributor = {
  /** Null: does not want to be named here. */
  who: HandleInfo | null
  proposed: number
  shipped: number
  ideas: Contribution[]
}

/**
 * The public ledger of a community: who proposed what, and what became of it. What was merged counts where it stands now. The
 * vendor's own staff are not in it. Whoever does not want to be named is a line without a name.
 */
export async function contributorsPage(viewer: Viewer, communityId: string, cursor?: string | null) {
  const [, shipped, proposed, id] = /^(\d{1,9})\.(\d{1,9})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? '') ?? []
  const rows = await db.execute<{ handle_id: string; named: boolean; proposed: number; shipped: number; ideas: Contribution[] }>(sql`
    with their as (
      select own.handle_id, ${threads.number} as number, own.title, ${ideas.status} as status, own.created_at,
        case when own.id <> ${threads.id} then ${threads.title} end as merged_into
      from threads own join ${threads} on ${threads.id} = coalesce(own.stands_in_id, own.id) join ${ideas} on ${ideas.threadId} = ${threads.id}
        join ${communities} on ${communities.id} = ${threads.communityId}
      where own.community_id = ${communityId} and own.kind = 'idea' and own.hidden_by_decision_id is null and ${visibleTo(viewer)}
        and not exists (select 1 from handles h join vendor_staff s on s.person_id = h.person_id and s.ended_at is null and s.vendor_id = ${communities.hostVendorId} where h.id = own.handle_id)),
    counted as (select handle_id, count(*)::int as proposed, (count(*) filter (where status = 'shipped'))::int as shipped from their group by handle_id)
    select c.handle_id, c.proposed, c.shipped, not exists (select 1 from unnamed_contributors u where u.handle_id = c.handle_id) as named,
      (select json_agg(json_build_object('number', i.number, 'title', i.title, 'status', i.status, 'mergedInto', i.merged_into))
        from (select * from their where their.handle_id = c.handle_id order by (status = 'shipped') desc, created_at desc limit ${TITLES}) i) as ideas
    from counted c
    ${shipped ? sql`where (c.shipped, c.proposed, c.handle_id) < (${Number(shipped)}::int, ${Number(proposed)}::int, ${id}::uuid)` : sql``}
    order by c.shipped desc, c.proposed desc, c.handle_id desc limit ${ON_A_PAGE + 1}`)
  const shown = rows.slice(0, ON_A_PAGE)
  const last = shown.at(-1)
  const names = await handlesShown(
    shown.filter((row) => row.named).map((row) => row.handle_id),
    { communityId },
  )
  return {
    contributors: shown.map(({ handle_id, proposed, shipped, ideas }): Contributor => ({
      ...{ proposed, shipped, ideas },
      who: names.get(handle_id) ?? null,
    })),
    next: rows.length > ON_A_PAGE && last ? `${last.shipped}.${last.proposed}.${last.handle_id}` : null,
  }
}

/** Whether the viewer is named where ideas are credited; null for those who have no name here. */
export async function namedInCredits(viewer: Viewer): Promise<boolean | null> {
  if (viewer.kind !== 'person') return null
  const [unnamed] = await db.select().from(unnamedContributors).where(eq(unnamedContributors.handleId, viewer.handleId))
  return !unnamed
}

/** In every ledger and changelog at once; what one wrote stays under one's handle. */
export async function chooseCredit(viewer: Viewer, named: boolean) {
  authorize(viewer, 'credit.choose', null)
  const { handleId } = writer(viewer)
  return transaction(viewer, async (tx) => {
    const changed = named
      ? await tx
          .delete(unnamedContributors)
          .where(and(eq(unnamedContributors.handleId, handleId)))
          .returning()
      : await tx.insert(unnamedContributors).values({ handleId, createdAt: now() }).onConflictDoNothing().returning()
    if (changed.length > 0) await record(tx, viewer, 'credit.chosen', { handleId, all: named })
  })
}
