import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, ideas, threads } from '~/db/schema'
import { threadsById, visibleTo } from '~/server/threads'
import type { ThreadRow } from '~/server/threads/types'
import type { Viewer } from '~/server/viewer'
import type { IdeaStatus } from './rules'

const ON_A_PAGE = 25

export const IDEA_VIEWS = ['trending', 'top', 'new'] as const
export type IdeaView = (typeof IDEA_VIEWS)[number]
export type IdeaRow = ThreadRow & { status: IdeaStatus; statusAt: Date }

type Wanted = { communityId: string; view: IdeaView; status?: IdeaStatus | null; cursor?: string | null }
type Order = IdeaView | 'status'

/** A page of a community's ideas; `cursor` is what the page before gave for the next. */
export async function ideaList(viewer: Viewer, { communityId, view, status, cursor }: Wanted) {
  const order: Order = status ? 'status' : view
  const rows = await db
    .select({
      threadId: ideas.threadId,
      status: ideas.status,
      statusAt: ideas.statusAt,
      trend: ideas.trend,
      score: threads.score,
      createdAt: threads.createdAt,
    })
    .from(ideas)
    .innerJoin(threads, eq(threads.id, ideas.threadId))
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(narrowed(order, communityId, status), from(order, cursorOf(cursor)), visibleTo(viewer)))
    .orderBy(...ORDERS[order])
    .limit(ON_A_PAGE + 1)
  const shown = rows.slice(0, ON_A_PAGE)
  const found = await threadsById(
    viewer,
    shown.map((row) => row.threadId),
  )
  const last = shown.at(-1)
  return {
    ideas: shown.flatMap(({ threadId, status, statusAt }): IdeaRow[] => {
      const row = found.get(threadId)
      return row ? [{ ...row, status, statusAt }] : []
    }),
    next: rows.length > ON_A_PAGE && last ? `${keyOf(order, last)}.${last.threadId}` : null,
  }
}

/** How ideas stand that were found another way. */
export async function statusesOf(threadIds: string[]): Promise<Map<string, IdeaStatus>> {
  if (threadIds.length === 0) return new Map()
  const rows = await db.select({ id: ideas.threadId, status: ideas.status }).from(ideas).where(inArray(ideas.threadId, threadIds))
  return new Map(rows.map(({ id, status }) => [id, status]))
}

/** How many ideas of a community stand where, as far as the viewer may read them. */
export async function ideaCounts(viewer: Viewer, communityId: string): Promise<Partial<Record<IdeaStatus, number>>> {
  const rows = await db
    .select({ status: ideas.status, count: sql<number>`count(*)::int` })
    .from(ideas)
    .innerJoin(threads, eq(threads.id, ideas.threadId))
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(eq(ideas.communityId, communityId), visibleTo(viewer)))
    .groupBy(ideas.status)
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

const ORDERS: Record<Order, SQL[]> = {
  trending: [desc(ideas.trend), desc(ideas.threadId)],
  top: [desc(threads.score), desc(threads.id)],
  new: [desc(threads.createdAt), desc(threads.id)],
  status: [desc(ideas.statusAt), desc(ideas.threadId)],
}

// `kind = 'idea'` stands as a literal, or the planner could not use the indexes of ideas. What is settled trends no more.
function narrowed(order: Order, communityId: string, status: IdeaStatus | null | undefined): SQL | undefined {
  if (order === 'status' && status) return and(eq(ideas.communityId, communityId), eq(ideas.status, status))
  if (order === 'trending') return sql`${ideas.communityId} = ${communityId} and ${ideas.status} not in ('shipped', 'declined')`
  return sql`${threads.communityId} = ${communityId} and ${threads.kind} = 'idea'`
}

function keyOf(order: Order, last: { trend: number; score: number; createdAt: Date; statusAt: Date }): number {
  return order === 'trending' ? last.trend : order === 'top' ? last.score : (order === 'new' ? last.createdAt : last.statusAt).getTime()
}

type Cursor = { key: number; id: string } | null

export function cursorOf(cursor: string | null | undefined): Cursor {
  const [, key, id] = /^(-?\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? '') ?? []
  return key && id ? { key: Number(key), id } : null
}

export const moment = (milliseconds: number) => sql`to_timestamp(${milliseconds}::float8 / 1000)`

function from(order: Order, cursor: Cursor): SQL | undefined {
  if (!cursor) return undefined
  const { key, id } = cursor
  if (order === 'trending') return sql`(${ideas.trend}, ${ideas.threadId}) < (${key}::bigint, ${id}::uuid)`
  if (order === 'top') return sql`(${threads.score}, ${threads.id}) < (${key}::int, ${id}::uuid)`
  if (order === 'new') return sql`(${threads.createdAt}, ${threads.id}) < (${moment(key)}, ${id}::uuid)`
  return sql`(${ideas.statusAt}, ${ideas.threadId}) < (${moment(key)}, ${id}::uuid)`
}
