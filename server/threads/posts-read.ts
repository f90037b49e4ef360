import { and, asc, desc, eq, ne, or, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { filesUnder } from '~/server/attachments'
import type { FileShown } from '~/server/attachments/types'
import { answerConfirmations, posts, suggestedEdits, votes } from '~/db/schema'
import type { Viewer } from '~/server/viewer'
import type { Detail } from './details'

export const ANSWERS_ON_A_PAGE = 30
export const COMMENTS_UNDER_A_POST = 5
export type AnswerOrder = 'helpful' | 'newest'

// Hidden answers stay, as a gap, only while something that may be read hangs on them.
export function shownOf(viewer: Viewer, row: SQL): SQL {
  const own = viewer.kind === 'person' ? viewer.handleId : null
  return sql`(${row}.hidden_by_decision_id is null or ${row}.handle_id = ${own}::uuid or exists (select 1 from posts hanging
    where hanging.parent_id = ${row}.id and hanging.kind = 'comment' and hanging.hidden_by_decision_id is null and not hanging.imported_as_spam))`
}

function ownVote(viewer: Viewer): SQL<number> {
  if (viewer.kind !== 'person') return sql<number>`0`
  return sql<number>`coalesce((select v.value from ${votes} v where v.post_id = ${posts}.id and v.handle_id = ${viewer.handleId}), 0)`
}

function ownWaitingEdit(viewer: Viewer): SQL<string | null> {
  if (viewer.kind !== 'person') return sql<string | null>`null::uuid`
  return sql<
    string | null
  >`(select e.id from ${suggestedEdits} e where e.post_id = ${posts}.id and e.state = 'waiting' and e.suggested_by = ${viewer.handleId})`
}

/** What a check found, while it holds back what nobody has looked at. */
export const heldFor = (row: SQL) =>
  sql<string | null>`(select d.facts from decisions d where d.id = ${row}.hidden_by_decision_id and d.decided_by is null)`

export const postColumns = (viewer: Viewer) => ({
  postId: posts.id,
  kind: posts.kind,
  parentId: posts.parentId,
  handleId: posts.handleId,
  html: posts.html,
  score: posts.score,
  hiddenBy: posts.hiddenByDecisionId,
  heldFor: heldFor(sql`${posts}`),
  editCount: posts.editCount,
  editedAt: posts.editedAt,
  fromCase: posts.fromCase,
  source: posts.source,
  sourceUrl: posts.sourceUrl,
  licence: posts.licence,
  createdAt: posts.createdAt,
  confirmedBy: sql<string | null>`(select v.confirmed_by from ${answerConfirmations} v where v.answer_id = ${posts}.id)`,
  confirmedAt: sql<Date | null>`(select v.confirmed_at from ${answerConfirmations} v where v.answer_id = ${posts}.id)`.mapWith(
    answerConfirmations.confirmedAt,
  ),
  /** The edit that has been waiting longest for a decision. */
  waitingEdit: sql<
    string | null
  >`(select e.id from ${suggestedEdits} e where e.post_id = ${posts}.id and e.state = 'waiting' order by e.created_at limit 1)`,
  ownWaitingEdit: ownWaitingEdit(viewer),
  details: posts.details,
  files: filesUnder(sql`${posts}`),
  myVote: ownVote(viewer),
})
export type FoundPost = {
  postId: string
  kind: 'opening' | 'asked' | 'answer' | 'comment'
  parentId: string | null
  handleId: string
  html: string
  score: number
  hiddenBy: string | null
  heldFor: string | null
  editCount: number
  editedAt: Date | null
  fromCase: boolean
  source: string | null
  sourceUrl: string | null
  licence: string | null
  createdAt: Date
  confirmedBy: string | null
  confirmedAt: Date | null
  waitingEdit: string | null
  ownWaitingEdit: string | null
  details: Detail[] | null
  files: FileShown[] | null
  myVote: number
}

export async function answers(
  viewer: Viewer,
  thread: { threadId: string; acceptedPostId: string | null },
  order: AnswerOrder,
  after: string | null,
  moderates: boolean,
  among?: SQL,
): Promise<FoundPost[]> {
  const last = sql`(select score, created_at, id from posts where id = ${after})`
  const further =
    order === 'newest'
      ? sql`(${posts.createdAt}, ${posts.id}) < (select l.created_at, l.id from ${last} l)`
      : sql`exists (select 1 from ${last} l where ${posts.score} < l.score or (${posts.score} = l.score and (${posts.createdAt}, ${posts.id}) > (l.created_at, l.id)))`
  return db
    .select(postColumns(viewer))
    .from(posts)
    .where(
      and(
        eq(posts.threadId, thread.threadId),
        eq(posts.kind, 'answer'),
        eq(posts.importedAsSpam, false),
        thread.acceptedPostId && !among ? ne(posts.id, thread.acceptedPostId) : undefined,
        among,
        moderates ? undefined : shownOf(viewer, sql`${posts}`),
        after ? further : undefined,
      ),
    )
    .orderBy(...(order === 'newest' ? [desc(posts.createdAt), desc(posts.id)] : [desc(posts.score), asc(posts.createdAt), asc(posts.id)]))
    .limit(ANSWERS_ON_A_PAGE + 1)
}

export async function post(viewer: Viewer, postId: string): Promise<FoundPost[]> {
  return db
    .select(postColumns(viewer))
    .from(posts)
    .where(and(eq(posts.id, postId), eq(posts.importedAsSpam, false)))
}

export type FoundComment = FoundPost & { of: number }

// The first few under each post and how many there are, by one walk of the index for each.
export async function commentsOn(viewer: Viewer, postIds: string[], most: number, moderates: boolean): Promise<FoundComment[]> {
  const own = viewer.kind === 'person' ? eq(posts.handleId, viewer.handleId) : undefined
  const readable = moderates ? undefined : or(sql`${posts.hiddenByDecisionId} is null`, own)
  const ranked = db
    .select({
      ...postColumns(viewer),
      heldFor: heldFor(sql`${posts}`).as('held_for'),
      nth: sql<number>`row_number() over (partition by ${posts.parentId} order by ${posts.createdAt}, ${posts.id})`.as('nth'),
      of: sql<number>`(count(*) over (partition by ${posts.parentId}))::int`.as('of'),
      confirmedBy: sql<string | null>`null`.as('confirmed_by'),
      confirmedAt: sql<Date | null>`null`.as('confirmed_at'),
      waitingEdit: sql<string | null>`null`.as('waiting_edit'),
      ownWaitingEdit: sql<string | null>`null`.as('own_waiting_edit'),
      details: sql<Detail[] | null>`null::jsonb`.as('details'),
      files: sql<FileShown[] | null>`null::json`.as('files'),
      myVote: sql<number>`0`.as('my_vote'),
    })
    .from(posts)
    .where(
      and(
        sql`${posts.parentId} in (${sql.join(
          postIds.map((id) => sql`${id}::uuid`),
          sql`, `,
        )})`,
        sql`${posts.kind} = 'comment'`,
        eq(posts.importedAsSpam, false),
        readable,
      ),
    )
    .as('ranked')
  return db
    .select()
    .from(ranked)
    .where(sql`${ranked.nth} <= ${most}`)
    .orderBy(ranked.createdAt, ranked.postId)
}
