import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '~/db/client'
import { posts, threads } from '~/db/schema'
import { can } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { postFacts } from './facts'
import { ANSWERS_ON_A_PAGE, COMMENTS_UNDER_A_POST, shownOf } from './posts-read'

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
