import { and, asc, desc, eq, ne, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client'
import { isId } from '~/db/ids'
import { answerAcceptances, communities, posts, products, tags, threadFollows, threads, threadTags, vendors, votes } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { can, mustBeFound } from '~/server/policy'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { openedAsSpam, postFacts } from './facts'
import { nobody, stateOf, tagsIn } from './thread-list'
import type { CommentShown, PostShown } from './types'

const ANSWERS_ON_A_PAGE = 30
const COMMENTS_UNDER_A_POST = 5
export type AnswerOrder = 'helpful' | 'newest'

/** A thread with its question, one page of answers and the first comments on each: five queries, however long the thread. */
export async function threadPage(viewer: Viewer, wanted: { slug: string; number: string; order: AnswerOrder; after?: string | null }) {
  const thread = await threadWithOpening(viewer, wanted.number)
  if (!thread || thread.slug !== wanted.slug) throw new NotFound()
  mustBeFound(viewer, 'thread.view', thread)
  const after = wanted.after && isId(wanted.after) ? wanted.after : null
  const moderates = can(viewer, 'content.hide', { ...thread, askerHandleId: thread.handleId })
  const [found, accepted] = await Promise.all([
    answers(viewer, thread, wanted.order, after, moderates),
    thread.acceptedPostId && !after ? post(viewer, thread.acceptedPostId) : [],
  ])
  const page = found.slice(0, ANSWERS_ON_A_PAGE)
  const shown = [...accepted, ...page]
  const comments = await commentsOn(
    viewer,
    [thread.opening.postId, ...shown.map((answer) => answer.postId)],
    COMMENTS_UNDER_A_POST,
    moderates,
  )
  const names = await handlesShown(
    [thread.handleId, thread.acceptedBy, ...shown.map((answer) => answer.handleId), ...comments.map((comment) => comment.handleId)],
    { communityId: thread.communityId },
  )
  const draw = drawing(viewer, thread, names, moderates, comments)
  const { threadId, number, slug, title, kind, answerCount, followerCount, createdAt, communityId, communityName, vendorName, vendorSlug } =
    thread
  return {
    ...{ threadId, number, slug, title, kind, answerCount, followerCount, createdAt, communityId, communityName, vendorName, vendorSlug },
    communitySummary: thread.communitySummary,
    productName: thread.productName,
    state: stateOf(thread),
    tags: tagsIn(thread.tagNames),
    locked: thread.locked,
    lockedBy: thread.lockedBy,
    hiddenBy: thread.hiddenBy,
    following: thread.following,
    acceptedAt: thread.acceptedAt,
    acceptedByName: names.get(thread.acceptedBy ?? '')?.displayName ?? null,
    opening: draw(thread.opening),
    answers: shown.map(draw),
    next: found.length > ANSWERS_ON_A_PAGE ? (page.at(-1)?.postId ?? null) : null,
    order: wanted.order,
    firstPage: !after,
    /** What was written after this moment has arrived while the page was open. */
    readAt: now().getTime(),
    may: {
      answer: can(viewer, 'post.answer', thread),
      follow: can(viewer, 'thread.follow', thread),
      moderate: moderates,
    },
    signedIn: viewer.kind === 'person',
    me: viewer.kind === 'person' ? { displayName: viewer.displayName } : null,
  }
}

/** A post with all its comments, on a page of its own. */
export async function commentsPage(viewer: Viewer, postId: string) {
  const parent = isId(postId)
    ? await db
        .select({ number: threads.number })
        .from(posts)
        .innerJoin(threads, eq(threads.id, posts.threadId))
        .where(and(eq(posts.id, postId), ne(posts.kind, 'comment')))
    : []
  const thread = parent[0] ? await threadWithOpening(viewer, String(parent[0].number)) : null
  if (!thread) throw new NotFound()
  mustBeFound(viewer, 'thread.view', thread)
  const moderates = can(viewer, 'content.hide', { ...thread, askerHandleId: thread.handleId })
  const [[row], comments] = await Promise.all([post(viewer, postId), commentsOn(viewer, [postId], MOST_COMMENTS, moderates)])
  if (!row) throw new NotFound()
  const names = await handlesShown([row.handleId, ...comments.map((comment) => comment.handleId)], { communityId: thread.communityId })
  const { threadId, number, slug, title, communityName } = thread
  return {
    threadId,
    number,
    slug,
    title,
    communityName,
    locked: thread.locked,
    post: drawing(viewer, thread, names, moderates, comments)(row),
    opening: row.kind === 'opening',
  }
}

const MOST_COMMENTS = 500

/** Where a post stands in its thread's page of most helpful answers: `after` is the answer before that page. */
export async function placeOfPost(viewer: Viewer, postId: string): Promise<{ after: string | null; commentsOf: string | null }> {
  const facts = await postFacts(postId)
  if (!facts || !can(viewer, 'community.read', facts)) return { after: null, commentsOf: null }
  const parent = alias(posts, 'parent')
  const [wanted] = await db
    .select({
      postId: posts.id,
      kind: posts.kind,
      parentId: posts.parentId,
      parentKind: parent.kind,
      acceptedPostId: threads.acceptedPostId,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .leftJoin(parent, eq(parent.id, posts.parentId))
    .where(eq(posts.id, postId))
  if (!wanted) return { after: null, commentsOf: null }
  const answerId = wanted.kind === 'answer' ? wanted.postId : wanted.parentKind === 'answer' ? wanted.parentId : null
  const [place] = await db.execute<{ after: string | null; older_comments: number }>(sql`
    select (select x.id from (select o.id, row_number() over (order by o.score desc, o.created_at, o.id) as n, o.id = ${answerId}::uuid as here
        from posts o where o.thread_id = a.thread_id and o.kind = 'answer' and not o.imported_as_spam and o.id is distinct from ${wanted.acceptedPostId}::uuid
          and ${shownOf(viewer, sql`o`)}) x
      where x.n = ${ANSWERS_ON_A_PAGE} * ((select count(*) from posts b where b.thread_id = a.thread_id and b.kind = 'answer' and not b.imported_as_spam
          and b.id is distinct from ${wanted.acceptedPostId}::uuid and ${shownOf(viewer, sql`b`)}
          and (b.score > a.score or (b.score = a.score and (b.created_at, b.id) < (a.created_at, a.id)))) / ${ANSWERS_ON_A_PAGE})) as after,
      (select count(*)::int from posts c where c.parent_id = ${wanted.parentId}::uuid and c.kind = 'comment' and c.id < ${postId}::uuid) as older_comments
    from posts a where a.id = ${answerId ?? postId}`)
  const onFirst = !answerId || answerId === wanted.acceptedPostId
  const deep = wanted.kind === 'comment' && (place?.older_comments ?? 0) >= COMMENTS_UNDER_A_POST
  return { after: onFirst ? null : (place?.after ?? null), commentsOf: deep ? wanted.parentId : null }
}

// Hidden answers stay, as a gap, only while something that may be read hangs on them.
function shownOf(viewer: Viewer, row: SQL): SQL {
  const own = viewer.kind === 'person' ? viewer.handleId : null
  return sql`(${row}.hidden_by_decision_id is null or ${row}.handle_id = ${own}::uuid or exists (select 1 from posts hanging
    where hanging.parent_id = ${row}.id and hanging.kind = 'comment' and hanging.hidden_by_decision_id is null and not hanging.imported_as_spam))`
}

function ownVote(viewer: Viewer): SQL<number> {
  if (viewer.kind !== 'person') return sql<number>`0`
  return sql<number>`coalesce((select v.value from ${votes} v where v.post_id = ${posts}.id and v.handle_id = ${viewer.handleId}), 0)`
}

const postColumns = (viewer: Viewer) => ({
  postId: posts.id,
  kind: posts.kind,
  parentId: posts.parentId,
  handleId: posts.handleId,
  html: posts.html,
  score: posts.score,
  hiddenBy: posts.hiddenByDecisionId,
  editCount: posts.editCount,
  editedAt: posts.editedAt,
  source: posts.source,
  sourceUrl: posts.sourceUrl,
  licence: posts.licence,
  createdAt: posts.createdAt,
  myVote: ownVote(viewer),
})
type FoundPost = {
  postId: string
  kind: 'opening' | 'answer' | 'comment'
  parentId: string | null
  handleId: string
  html: string
  score: number
  hiddenBy: string | null
  editCount: number
  editedAt: Date | null
  source: string | null
  sourceUrl: string | null
  licence: string | null
  createdAt: Date
  myVote: number
}
type FoundThread = NonNullable<Awaited<ReturnType<typeof threadWithOpening>>>

async function threadWithOpening(viewer: Viewer, number: string) {
  if (!/^[1-9]\d{0,14}$/.test(number)) return null
  const me = viewer.kind === 'person' ? viewer.handleId : null
  const [row] = await db
    .select({
      threadId: threads.id,
      number: threads.number,
      slug: communities.slug,
      communityName: communities.name,
      communitySummary: communities.summary,
      communityId: threads.communityId,
      access: communities.access,
      title: threads.title,
      kind: threads.kind,
      handleId: threads.handleId,
      answerCount: threads.answerCount,
      followerCount: threads.followerCount,
      acceptedPostId: threads.acceptedPostId,
      acceptedBy: answerAcceptances.acceptedBy,
      acceptedAt: answerAcceptances.acceptedAt,
      lockedBy: threads.lockedByDecisionId,
      importedLocked: threads.importedLocked,
      hiddenBy: threads.hiddenByDecisionId,
      vendorName: vendors.name,
      vendorSlug: vendors.slug,
      productName: products.name,
      createdAt: threads.createdAt,
      following: sql<boolean>`exists (select 1 from ${threadFollows} f where f.thread_id = ${threads.id} and f.handle_id = ${me}::uuid)`,
      tagNames: sql<
        string | null
      >`(select string_agg(g.name, chr(31) order by g.name) from ${threadTags} tt join ${tags} g on g.id = tt.tag_id where tt.thread_id = ${threads.id})`,
      opening: postColumns(viewer),
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .innerJoin(posts, and(eq(posts.threadId, threads.id), eq(posts.kind, 'opening'), eq(posts.importedAsSpam, false)))
    .leftJoin(answerAcceptances, eq(answerAcceptances.threadId, threads.id))
    .leftJoin(vendors, eq(vendors.id, communities.hostVendorId))
    .leftJoin(products, eq(products.id, threads.productId))
    .where(and(eq(threads.number, Number(number)), sql`not ${openedAsSpam}`))
  return row ? { ...row, hidden: row.hiddenBy !== null, locked: row.lockedBy !== null || row.importedLocked } : null
}

async function answers(
  viewer: Viewer,
  thread: FoundThread,
  order: AnswerOrder,
  after: string | null,
  moderates: boolean,
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
        thread.acceptedPostId ? ne(posts.id, thread.acceptedPostId) : undefined,
        moderates ? undefined : shownOf(viewer, sql`${posts}`),
        after ? further : undefined,
      ),
    )
    .orderBy(...(order === 'newest' ? [desc(posts.createdAt), desc(posts.id)] : [desc(posts.score), asc(posts.createdAt), asc(posts.id)]))
    .limit(ANSWERS_ON_A_PAGE + 1)
}

async function post(viewer: Viewer, postId: string): Promise<FoundPost[]> {
  return db
    .select(postColumns(viewer))
    .from(posts)
    .where(and(eq(posts.id, postId), eq(posts.importedAsSpam, false)))
}

type FoundComment = FoundPost & { of: number }

// The first few under each post and how many there are, by one walk of the index for each.
async function commentsOn(viewer: Viewer, postIds: string[], most: number, moderates: boolean): Promise<FoundComment[]> {
  const own = viewer.kind === 'person' ? eq(posts.handleId, viewer.handleId) : undefined
  const readable = moderates ? undefined : or(sql`${posts.hiddenByDecisionId} is null`, own)
  const ranked = db
    .select({
      ...postColumns(viewer),
      nth: sql<number>`row_number() over (partition by ${posts.parentId} order by ${posts.createdAt}, ${posts.id})`.as('nth'),
      of: sql<number>`(count(*) over (partition by ${posts.parentId}))::int`.as('of'),
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

function drawing(viewer: Viewer, thread: FoundThread, names: Map<string, HandleInfo>, moderates: boolean, comments: FoundComment[]) {
  const under = new Map<string, FoundComment[]>()
  for (const comment of comments) under.set(comment.parentId ?? '', [...(under.get(comment.parentId ?? '') ?? []), comment])
  const me = viewer.kind === 'person' ? viewer.handleId : null
  const shown = (found: FoundPost) => found.hiddenBy === null || moderates || found.handleId === me
  const { communityId, access, locked } = thread
  const factsOf = (found: FoundPost) => ({
    ...{ communityId, access, locked },
    handleId: found.handleId,
    askerHandleId: thread.handleId,
    hidden: found.hiddenBy !== null || thread.hidden,
  })
  const comment = (found: FoundComment): CommentShown => ({
    postId: found.postId,
    html: found.html,
    by: names.get(found.handleId) ?? nobody,
    createdAt: found.createdAt,
    edited: found.editCount > 0,
    mine: found.handleId === me,
    hiddenBy: found.hiddenBy,
    sourceUrl: found.sourceUrl,
    licence: found.licence,
    may: { edit: can(viewer, 'post.edit', factsOf(found)), flag: can(viewer, 'content.flag', factsOf(found)) },
  })
  return (found: FoundPost): PostShown => {
    const facts = factsOf(found)
    const readable = shown(found)
    const mine = under.get(found.postId) ?? []
    return {
      postId: found.postId,
      html: readable ? found.html : null,
      by: readable ? (names.get(found.handleId) ?? nobody) : null,
      createdAt: found.createdAt,
      editCount: readable ? found.editCount : 0,
      score: found.score,
      myVote: Math.sign(found.myVote) as -1 | 0 | 1,
      mine: found.handleId === me,
      accepted: found.postId === thread.acceptedPostId,
      hiddenBy: found.hiddenBy,
      source: found.source,
      sourceUrl: readable ? found.sourceUrl : null,
      licence: readable ? found.licence : null,
      comments: mine.map(comment),
      moreComments: (mine[0]?.of ?? 0) - mine.length,
      may: {
        vote: can(viewer, 'post.vote', facts),
        comment: can(viewer, 'post.comment', facts),
        edit: can(viewer, 'post.edit', facts),
        accept: found.kind === 'answer' && thread.kind === 'question' && can(viewer, 'answer.accept', facts),
        flag: can(viewer, 'content.flag', facts),
      },
    }
  }
}
