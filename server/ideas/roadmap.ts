import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, ideas, threads } from '~/db/schema'
import { visibleTo } from '~/server/threads'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { handlesShown } from '~/server/accounts'
import { cursorOf, moment } from './idea-list'
import type { IdeaStatus } from './rules'

/** The stops of the road that are shown, in the order in which an idea comes by them. */
export const ROADMAP = ['planned', 'started', 'shipped'] as const satisfies readonly IdeaStatus[]
const IN_A_COLUMN = 30
const ON_A_PAGE = 20

export type Stop = { threadId: string; number: number; title: string; score: number; statusAt: Date }

/** What is planned, being made and done: of each the latest, in one question to the database. */
export async function roadmap(viewer: Viewer, communityId: string): Promise<Record<(typeof ROADMAP)[number], Stop[]>> {
  const column = (status: IdeaStatus) =>
    sql`(select ${threads.id}, ${threads.number}, ${threads.title}, ${threads.score}, ${ideas.status}, ${ideas.statusAt} as at ${among(viewer, communityId, status)}
      order by ${ideas.statusAt} desc, ${ideas.threadId} desc limit ${IN_A_COLUMN})`
  const rows = await db.execute<{ id: string; number: string; title: string; score: number; status: IdeaStatus; at: string }>(
    sql.join(ROADMAP.map(column), sql` union all `),
  )
  const stops = (status: IdeaStatus) =>
    rows
      .filter((row) => row.status === status)
      .map(({ id, number, title, score, at }): Stop => ({ threadId: id, number: Number(number), title, score, statusAt: new Date(at) }))
      .sort((one, other) => other.statusAt.getTime() - one.statusAt.getTime())
  return { planned: stops('planned'), started: stops('started'), shipped: stops('shipped') }
}

function among(viewer: Viewer, communityId: string, status: IdeaStatus): SQL {
  return sql`from ${ideas} join ${threads} on ${threads.id} = ${ideas.threadId} join ${communities} on ${communities.id} = ${threads.communityId}
    where ${and(eq(ideas.communityId, communityId), sql`${ideas.status} = ${sql.raw(`'${status}'`)}`, visibleTo(viewer))}`
}

export type Shipped = Stop & { html: string; thanks: HandleInfo[] }

/** What has shipped, the latest first, each with what was said to it and who is thanked for it. */
export async function changelog(viewer: Viewer, communityId: string, cursor?: string | null) {
  const from = cursorOf(cursor)
  const rows = await db
    .select({
      threadId: threads.id,
      number: threads.number,
      title: threads.title,
      score: threads.score,
      statusAt: ideas.statusAt,
      html: sql<string>`coalesce((select s.html from idea_steps s where s.thread_id = ${ideas.threadId} and s.html <> '' order by s.created_at desc limit 1), '')`,
      thanks: sql<
        string | null
      >`(select string_agg(distinct a.handle_id::text, ',') from threads a where (a.id = ${ideas.threadId} or a.stands_in_id = ${ideas.threadId}) and a.hidden_by_decision_id is null
        and not exists (select 1 from unnamed_contributors u where u.handle_id = a.handle_id))`,
    })
    .from(ideas)
    .innerJoin(threads, eq(threads.id, ideas.threadId))
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(
      and(
        eq(ideas.communityId, communityId),
        eq(ideas.status, 'shipped'),
        visibleTo(viewer),
        from ? sql`(${ideas.statusAt}, ${ideas.threadId}) < (${moment(from.key)}, ${from.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(ideas.statusAt), desc(ideas.threadId))
    .limit(ON_A_PAGE + 1)
  const shown = rows.slice(0, ON_A_PAGE)
  const last = shown.at(-1)
  const handlesOf = (thanks: string | null) => thanks?.split(',') ?? []
  const names = await handlesShown(
    shown.flatMap((row) => handlesOf(row.thanks)),
    { communityId },
  )
  return {
    shipped: shown.map(({ thanks, ...row }): Shipped => ({ ...row, thanks: handlesOf(thanks).flatMap((id) => names.get(id) ?? []) })),
    next: rows.length > ON_A_PAGE && last ? `${last.statusAt.getTime()}.${last.threadId}` : null,
  }
}
