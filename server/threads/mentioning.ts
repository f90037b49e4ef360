import { and, eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { postMentions, posts } from '~/db/schema'
import { picturesOf } from '~/server/attachments'
import type { FileShown } from '~/server/attachments/types'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { namesMentioned, renderMarkdown } from '~/server/platform/markdown'
import { withinRights } from '~/server/rights'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'

type Mentioned = { handleId: string; name: string }

/**
 * A post as it is written: HTML in which real handles are links. Only those who may read the room are found, so that a name
 * typed in a private room says nothing to anybody outside, and nobody is called who could not come.
 */
export async function drawPost(tx: Tx, viewer: Viewer, communityId: string, markdown: string, pictures?: Map<string, FileShown>) {
  const mentioned = await peopleMentioned(tx, communityId, markdown)
  const html = renderMarkdown(markdown, { mentioned: new Set(mentioned.map(({ name }) => name)), pictures })
  if (viewer.kind === 'person') await withinRights(tx, viewer, { mentions: mentioned.length, pictures: pictures?.size ?? 0 })
  return { html, mentioned }
}

/** Whoever is named for the first time in this post hears of it. */
export async function keepMentions(
  tx: Tx,
  viewer: Viewer | Pick<PersonViewer, 'kind' | 'handleId'>,
  post: { postId: string; threadId: string; communityId: string; vendorId: string | null },
  mentioned: Mentioned[],
) {
  if (mentioned.length === 0) return
  const { postId, threadId, communityId, vendorId } = post
  const fresh = await tx
    .insert(postMentions)
    .values(mentioned.map(({ handleId }) => ({ postId, handleId, createdAt: now() })))
    .onConflictDoNothing()
    .returning({ handleId: postMentions.handleId })
  if (fresh.length === 0) return
  const handleIds = fresh.map(({ handleId }) => handleId)
  await record(tx, viewer, 'person.mentioned', { communityId, threadId, postId, vendorId, handleIds })
}

/** Members who may read the room, among the names in a text. */
export async function peopleMentioned(reader: Pick<Tx, 'execute'>, communityId: string, markdown: string): Promise<Mentioned[]> {
  const names = namesMentioned(markdown)
  if (names.length === 0) return []
  return reader.execute<Mentioned>(sql`
    select h.id as "handleId", lower(h.handle) as name from handles h
      join people p on p.id = h.person_id and p.status = 'member' join communities c on c.id = ${communityId}
    where lower(h.handle) in ${names} and h.kind = 'member' and (c.access = 'open' or p.is_operator
      or exists (select 1 from memberships m where m.community_id = c.id and m.person_id = p.id)
      or exists (select 1 from community_moderators m where m.community_id = c.id and m.person_id = p.id and m.ended_at is null))`)
}

const BATCH = 500

/** Every post drawn anew from its markdown, as it would be drawn today; who was mentioned stays so. Returns how many changed. */
export async function renderAgain(): Promise<number> {
  let [last, changed] = ['00000000-0000-0000-0000-000000000000', 0]
  for (;;) {
    const batch = await db
      .select({
        id: posts.id,
        markdown: posts.markdown,
        html: posts.html,
        pictures: picturesOf(sql`${posts}`),
        mentioned: sql<
          string[] | null
        >`(select array_to_json(array_agg(lower(h.handle))) from ${postMentions} m join handles h on h.id = m.handle_id
          where m.post_id = ${posts}.id and h.handle is not null)`,
      })
      .from(posts)
      .where(sql`${posts.id} > ${last}::uuid`)
      .orderBy(posts.id)
      .limit(BATCH)
    for (const { id, markdown, html, mentioned, pictures } of batch) {
      const shown = new Map((pictures ?? []).map((picture) => [picture.id, picture]))
      const fresh = renderMarkdown(markdown, { mentioned: new Set(mentioned ?? []), pictures: shown })
      if (fresh === html) continue
      // Whoever edits meanwhile has drawn it already.
      await transaction(systemViewer('render-again'), (tx) =>
        tx
          .update(posts)
          .set({ html: fresh })
          .where(and(eq(posts.id, id), eq(posts.markdown, markdown))),
      )
      changed += 1
    }
    const end = batch.at(-1)
    if (!end) return changed
    last = end.id
  }
}
