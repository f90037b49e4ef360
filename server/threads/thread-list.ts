import { and, asc, desc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, tags, threads, threadTags } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { stateOf } from './rules'
import { awaitingConfirmation } from './standing'
import type { ThreadRow, ThreadView } from './types'
import { visibleTo } from './visibility'

const ON_A_PAGE = 25

const columns = () => ({
  threadId: threads.id,
  number: threads.number,
  slug: communities.slug,
  communityName: communities.name,
  communityId: threads.communityId,
  title: threads.title,
  kind: threads.kind,
  handleId: threads.handleId,
  answerCount: threads.answerCount,
  score: threads.score,
  duplicate: sql<boolean>`exists (select 1 from thread_duplicates d where d.thread_id = ${threads.id})`,
  locked: sql<boolean>`(${threads.lockedByDecisionId} is not null or ${threads.importedLocked})`,
  hidden: sql<boolean>`${threads.hiddenByDecisionId} is not null`,
  acceptedPostId: threads.acceptedPostId,
  tagNames: sql<
    string | null
  >`(select string_agg(g.name, chr(31) order by g.name) from ${threadTags} tt join ${tags} g on g.id = tt.tag_id where tt.thread_id = ${threads.id})`,
  createdAt: threads.createdAt,
  awaiting: awaitingConfirmation(),
  activeAt: threads.activeAt,
})

/** A page of a community's threads; `cursor` is what the page before gave for the next. */
export async function threadList(
  viewer: Viewer,
  wanted: { communityId: string; view: ThreadView; tag?: string | null; cursor?: string | null },
) {
  const { communityId, view, tag } = wanted
  const order = tag ? 'tag' : view
  const from = cursorOf(wanted.cursor)
  const rows = await db
    .select(columns())
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(
      and(
        tag ? undefined : eq(threads.communityId, communityId),
        tag ? taggedBefore(communityId, tag, from) : before(order as ThreadView, from),
        visibleTo(viewer),
      ),
    )
    .orderBy(...ORDERS[order])
    .limit(ON_A_PAGE + 1)
  const shown = rows.slice(0, ON_A_PAGE)
  const last = shown.at(-1)
  return {
    threads: await asRows(shown, communityId),
    next: rows.length > ON_A_PAGE && last ? `${keyOf(order, last)}.${last.threadId}` : null,
  }
}

/** Threads by id, for pages that found them another way. */
export async function threadsById(viewer: Viewer, ids: string[]): Promise<Map<string, ThreadRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select(columns())
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(inArray(threads.id, ids), visibleTo(viewer)))
  return new Map((await asRows(rows)).map((row) => [row.threadId, row]))
}

/** The tags most in use, for the rail. */
export async function popularTags(communityId: string, limit = 20) {
  return db
    .select({ name: tags.name, threadCount: tags.threadCount })
    .from(tags)
    .where(and(eq(tags.communityId, communityId), sql`${tags.threadCount} > 0`))
    .orderBy(desc(tags.threadCount), asc(tags.name))
    .limit(limit)
}

type Order = ThreadView | 'tag'
type Cursor = { key: number; id: string } | null

const ORDERS: Record<Order, SQL[]> = {
  new: [desc(threads.createdAt), desc(threads.id)],
  active: [desc(threads.activeAt), desc(threads.id)],
  unanswered: [desc(threads.createdAt), desc(threads.id)],
  top: [desc(threads.score), desc(threads.id)],
  tag: [desc(threads.createdAt), desc(threads.id)],
}

function keyOf(order: Order, last: { score: number; createdAt: Date; activeAt: Date }): number {
  return order === 'top' ? last.score : order === 'active' ? last.activeAt.getTime() : last.createdAt.getTime()
}

function cursorOf(cursor: string | null | undefined): Cursor {
  const [, key, id] = /^(-?\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor ?? '') ?? []
  return key && id && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? { key: Number(key), id } : null
}

const moment = (milliseconds: number) => sql`to_timestamp(${milliseconds}::float8 / 1000)`

// `answer_count = 0` stands as a literal, or the planner could not use the index of unanswered threads.
function before(view: ThreadView, from: Cursor): SQL | undefined {
  const open = view === 'unanswered' ? sql`${threads.answerCount} = 0 and ${threads.kind} = 'question'` : undefined
  if (!from) return open
  if (view === 'top') return sql`(${threads.score}, ${threads.id}) < (${from.key}::int, ${from.id}::uuid)`
  const column = view === 'active' ? threads.activeAt : threads.createdAt
  return and(open, sql`(${column}, ${threads.id}) < (${moment(from.key)}, ${from.id}::uuid)`)
}

// The newest of a tag are one index scan, whose order the threads themselves keep.
function taggedBefore(communityId: string, name: string, from: Cursor): SQL {
  const older = from ? sql`and (tt.thread_created_at, tt.thread_id) < (${moment(from.key)}, ${from.id}::uuid)` : sql``
  return sql`${threads.id} in (select tt.thread_id from ${threadTags} tt
    where tt.tag_id = (select g.id from ${tags} g where g.community_id = ${communityId} and g.name = ${name}) ${older}
    order by tt.thread_created_at desc, tt.thread_id desc limit ${ON_A_PAGE * 4})`
}

type Found = Omit<ThreadRow, 'state' | 'tags' | 'by'> & {
  communityId: string
  handleId: string
  acceptedPostId: string | null
  awaiting: boolean
  tagNames: string | null
}

async function asRows(found: Found[], communityId?: string): Promise<ThreadRow[]> {
  const names = await handlesShown(
    found.map((row) => row.handleId),
    { communityId },
  )
  return found.map(({ tagNames, handleId, acceptedPostId, awaiting, communityId: _, ...row }) => ({
    ...row,
    state: stateOf({ acceptedPostId, answerCount: row.answerCount, awaiting }),
    tags: tagsIn(tagNames),
    by: names.get(handleId) ?? nobody,
  }))
}

export const tagsIn = (names: string | null) => names?.split('\u001f') ?? []
export const nobody: HandleInfo = { handle: null, displayName: '', placeholder: true, seat: { kind: 'member' } }
