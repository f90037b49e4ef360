import { sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { isId } from '~/db/ids'
import { communities, threadClaims, threads } from '~/db/schema'
import type { Viewer } from '~/server/viewer'
import { fresh } from './claiming'
import { writer } from './facts'
import { threadsById } from './thread-list'
import { visibleTo } from './visibility'

const ON_A_PAGE = 25

/**
 * Questions that nobody has answered, of the rooms and tags that somebody follows, the newest first: not their own, and
 * none that somebody else has taken on. Each room is read by its index of unanswered threads.
 */
export async function needingAnswers(viewer: Viewer, cursor?: string | null) {
  const { handleId } = writer(viewer)
  const [at = '', id = ''] = (cursor ?? '').split('_')
  const further =
    isId(id) && /^\d{1,16}$/.test(at)
      ? sql`(${threads.createdAt}, ${threads.id}) < (to_timestamp(${at}::numeric / 1000000), ${id}::uuid)`
      : sql`true`
  const found = await db.execute<{ id: string; key: string }>(sql`
    with followed as (
      select community_id, bool_or(whole) as whole from (
        select community_id, true as whole from community_follows where handle_id = ${handleId}
        union all select g.community_id, false from tag_follows f join tags g on g.id = f.tag_id where f.handle_id = ${handleId}) f
      group by community_id)
    select n.id, (extract(epoch from n.created_at) * 1000000)::bigint::text as key from followed, lateral (
      select ${threads.id}, ${threads.createdAt} from ${threads} join ${communities} on ${communities.id} = ${threads.communityId}
      where ${threads.communityId} = followed.community_id and ${threads.answerCount} = 0 and ${threads.kind} = 'question'
        and ${threads.hiddenByDecisionId} is null and ${threads.lockedByDecisionId} is null and not ${threads.importedLocked}
        and ${threads.handleId} <> ${handleId} and ${visibleTo(viewer)} and ${further}
        and (followed.whole or exists (select 1 from thread_tags x join tag_follows f on f.tag_id = x.tag_id where x.thread_id = ${threads.id} and f.handle_id = ${handleId}))
        and not exists (select 1 from ${threadClaims} where ${threadClaims.threadId} = ${threads.id} and ${fresh()})
      order by ${threads.createdAt} desc, ${threads.id} desc limit ${ON_A_PAGE + 1}) n
    order by n.created_at desc, n.id desc limit ${ON_A_PAGE + 1}`)
  const rows = found.slice(0, ON_A_PAGE)
  const last = rows.at(-1)
  const shown = await threadsById(
    viewer,
    rows.map((row) => row.id),
  )
  return {
    threads: rows.flatMap((row) => shown.get(row.id) ?? []),
    next: found.length > ON_A_PAGE && last ? `${last.key}_${last.id}` : null,
  }
}
